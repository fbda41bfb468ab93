"""Templates: which one is taken, what they may not do, how dates read."""

import datetime as dt
import gzip
import re

import pytest

from generator.build.theme import Theme
from generator.build.theme.i18n import Translations
from generator.errors import PlanetError
from generator.models.dates import iso, rfc822

MOMENT = dt.datetime(2019, 10, 13, 14, 34, 5, tzinfo=dt.UTC)
PLAIN = dt.date(2019, 10, 3)


def overriding(root, templates):
    for name, text in templates.items():
        path = root / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Theme(root)


def test_a_template_of_the_root_is_taken_and_the_others_stay(tmp_path):
    theme = overriding(tmp_path, {"pages/notice.html": "Mine: {{ title }}"})
    assert theme.render("pages/notice.html", {"title": "a"}) == "Mine: a"
    names = {"title": "a", "up": "", "updated": MOMENT, "edition": {}, "outlines": []}
    assert theme.render("feeds/opml.xml", {**names, "planet": {"title": "p", "url": "https://x.example/"}})


@pytest.mark.parametrize("template", ["x.html", "x.xml"])
def test_everything_is_escaped(tmp_path, template):
    theme = overriding(tmp_path, {template: "{{ text }}"})
    assert theme.render(template, {"text": "<b a='\"'>&"}) == "&lt;b a=&#39;&#34;&#39;&gt;&amp;"


def test_text_is_never_a_template(tmp_path):
    theme = overriding(tmp_path, {"x.html": "{{ text }}"})
    assert theme.render("x.html", {"text": "{{ 7 * 7 }}{% raw %}"}) == "{{ 7 * 7 }}{% raw %}"


def test_a_syntax_error_names_file_and_line_before_anything_is_rendered(tmp_path):
    theme = overriding(tmp_path, {"pages/post.html": "fine\n{% if %}"})
    with pytest.raises(PlanetError, match=r"theme/pages/post\.html:2: "):
        theme.check()


def test_a_name_that_is_not_there_names_file_and_line(tmp_path):
    theme = overriding(tmp_path, {"pages/x.html": "fine\n{{ ttile }}"})
    with pytest.raises(PlanetError, match=r"theme/pages/x\.html:2: 'ttile' is undefined"):
        theme.render("pages/x.html", {"title": "a"})


def test_characters_that_xml_forbids_never_come_out(tmp_path):
    theme = overriding(tmp_path, {"x.xml": "<a>{{ text }}</a>"})
    every = "".join(map(chr, (*range(0x20), 0x7F, 0x9B, 0xD800, 0xFFFE, 0xFFFF)))
    assert theme.render("x.xml", {"text": every + "é日𝄞"}) == "<a>\t\n\ré日𝄞</a>"


def test_the_stylesheet_is_named_by_its_content_and_may_be_replaced(tmp_path):
    shipped = Theme(tmp_path / "nothing")
    own = overriding(tmp_path, {"static/style.css": "body { color: red }"})
    (name,) = [path for path in own.assets if path.startswith("style.")]
    assert own.assets[name] == b"body { color: red }"
    assert name not in shipped.assets
    assert "favicon.svg" in own.assets


def test_the_stylesheet_is_small(tmp_path):
    (style,) = [content for path, content in Theme(tmp_path).assets.items() if path.startswith("style.")]
    assert len(gzip.compress(style)) <= 12 * 1024


def test_the_scripts_are_small_and_ask_nobody_else(tmp_path):
    assets = {path.split(".")[0]: content for path, content in Theme(tmp_path).assets.items() if path.endswith(".js")}
    assert sorted(assets) == ["script", "search", "sw"]
    assert len(gzip.compress(assets["script"])) <= 6 * 1024
    assert not [name for name, content in assets.items() if b"//" in re.sub(rb"(^|\s)//.*", b"", content)]
    assert not [
        name for name, content in assets.items() if re.search(rb"innerHTML|outerHTML|insertAdjacent|eval\(", content)
    ]


def test_dates_are_read_by_people_and_machines():
    day, clock = (texts := Translations("en", [])).day, texts.clock
    assert [day(MOMENT), clock(MOMENT), iso(MOMENT)] == ["October 13, 2019", "14:34 UTC", "2019-10-13T14:34:05Z"]
    assert [day(PLAIN), clock(PLAIN), iso(PLAIN)] == ["October 3, 2019", "", "2019-10-03"]
    assert iso(MOMENT.replace(microsecond=333_333)) == "2019-10-13T14:34:05Z"  # HTML knows no finer
    assert iso(MOMENT.replace(microsecond=83_333)) == "2019-10-13T14:34:05Z"  # HTML knows milliseconds only
    assert rfc822(MOMENT) == "Sun, 13 Oct 2019 14:34:05 +0000"
    assert rfc822(PLAIN) == "Thu, 03 Oct 2019 00:00:00 +0000"
