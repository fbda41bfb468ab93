"""A planet whose own theme has names of the time when the theme was flat: they are read once more, and noted."""

import pytest

from generator.cli import main
from tests.support.edited_posts import add, day, new
from tests.support.planets import SETTINGS, Root, author

PAGE = f"{new().path.removesuffix('.md')}.html"
PIECES = [f"partials/{noun}.html" for noun in ("posts", "authors", "lists", "diffs")]
MACROS = f"macros.html in it is {', '.join(PIECES)}"
POST = """{% extends "base.html" %}
{% set place = "" %}
{% import "macros.html" as show %}
{% block title %}Mine{% endblock %}
{% block main %}{% include "mine.html" %}<h1>{{ show.named(post) }}</h1>{{ show.face(post.author, root) }}{% endblock %}
"""
FRAME = "My frame at {{ place|default(here) }}: {% block main %}{% endblock %}"
FACE = '{% import "short.html" as short %}{% macro face(author, root) %}<i>{{ author.nick }}</i>{% endmacro %}'
NAMED = "{% macro named(post) %}No. 1{% endmacro %}"
WHEN = "{% macro when(date, class='') %}long ago{% endmacro %}"
GERMAN = 'msgid "Archive"\nmsgstr "Früheres"\n'


@pytest.fixture
def root(tmp_path) -> Root:
    settings = SETTINGS.replace('title = "Planet Larry"', 'title = "Planet Larry"\nlanguage = "de"', 1)
    planet = Root(tmp_path / "planet", {"larry": author("https://larry.example/feed")}, settings=settings)
    add(planet, new(), at=day(6))
    return planet


def put(root: Root, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root.path / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def built(root: Root, path: str) -> str:
    """The one file that goes by this path or pattern in a new build."""
    assert main(["build", "--root", str(root.path)]) == 0
    (file,) = (root.path / "_site").glob(path)
    return file.read_text("utf-8")


def notes(lines: str) -> list[str]:
    return [line.removeprefix("warning: ") for line in lines.splitlines() if "old names" in line or "not read" in line]


@pytest.mark.parametrize(
    ("files", "path", "shows", "noted"),
    [
        (
            {"post.html": POST, "mine.html": "Mine:"},
            PAGE,
            'Mine:<h1>Post 1</h1><svg class="face',
            {"post.html": f"this is now theme/pages/post.html; base.html in it is partials/base.html; {MACROS}"},
        ),
        (
            {"contributors.html": "All of us."},
            "authors/index.html",
            "All of us.",
            {"contributors.html": "this is now theme/pages/authors.html"},
        ),
        (
            {"base.html": FRAME},
            "about/index.html",
            "My frame at about/index.html: <h1>",
            {"base.html": "this is now theme/partials/base.html"},
        ),
        (
            {"macros.html": FACE},
            "authors/index.html",
            "<i>larry</i>",
            {
                "macros.html": f"this is now {', '.join(f'theme/{piece}' for piece in PIECES)}; "
                "short.html in it is partials/posts.html"
            },
        ),
        (
            {"short.html": WHEN},
            PAGE,
            '<p class="meta">\n  long ago',
            {"short.html": "this is now theme/partials/posts.html"},
        ),
        ({"style.css": "b { }"}, "style.*.css", "b { }", {"style.css": "this is now theme/static/style.css"}),
        ({"img/x.svg": "<svg/>"}, "img/x.svg", "<svg/>", {"img/x.svg": "this is now theme/static/img/x.svg"}),
        (
            {"texts/de.po": GERMAN},
            "archives/index.html",
            "<h1>Früheres</h1>",
            {"texts/de.po": "this is now theme/locale/de.po"},
        ),
        ({"atom.xml": "<feed/>"}, "universe/atom.xml", "<feed/>", {"atom.xml": "this is now theme/feeds/atom.xml"}),
        (
            {"pages/post.html": POST, "mine.html": ""},
            PAGE,
            "<h1>Post 1</h1>",
            {"pages/post.html": f"base.html in it is partials/base.html; {MACROS}"},
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_file_is_read_by_its_old_name_and_noted_in_build_and_check(root, capsys, files, path, shows, noted):
    put(root, files)
    assert shows in built(root, path)
    told = [f"theme/{name}: {text}; old names are read for one more release" for name, text in noted.items()]
    assert notes(capsys.readouterr().out) == told
    assert main(["check", "--offline", "--root", str(root.path)]) == 0
    assert notes(capsys.readouterr().out) == told


def test_macros_that_others_call_are_the_planet_s_own_as_well(root):
    """Those of the old macros.html for what is shipped; those of the old short.html for the shipped macros."""
    put(root, {"macros.html": FACE + NAMED, "short.html": WHEN})
    page = built(root, "archives/2019/2019-10.html")
    assert "No. 1</a>" in page
    assert "long ago" in built(root, "authors/index.html")


def test_old_macros_may_ask_for_a_piece_by_its_new_name(root):
    put(root, {"macros.html": FACE.replace("short.html", "partials/posts.html") + NAMED, "post.html": POST})
    put(root, {"mine.html": ""})
    assert "<h1>No. 1</h1><i>larry</i>" in built(root, PAGE)


def test_what_has_its_new_name_is_not_noted_and_comes_before_an_old_one(root, capsys):
    put(root, {"pages/about.html": "new", "about.html": "old", "static/style.css": "b { }", "style.css": "i { }"})
    assert built(root, "about/index.html") == "new"
    assert built(root, "style.*.css") == "b { }"
    assert set(notes(capsys.readouterr().out)) == {
        "theme/about.html: this is now theme/pages/about.html; it is not read, because that is there; remove this",
        "theme/style.css: this is now theme/static/style.css; it is not read, because that is there; remove this",
    }
    (root.path / "theme/about.html").unlink()
    (root.path / "theme/style.css").unlink()
    built(root, "about/index.html")
    assert notes(capsys.readouterr().out) == []


def test_a_mistake_is_said_to_be_in_the_file_that_has_it(root, capsys):
    put(root, {"about.html": "fine\n{{ nothing }}"})
    built(root, "about/index.html")
    assert "theme/about.html:2: 'nothing' is undefined" in capsys.readouterr().out
    put(root, {"about.html": "fine\n{% if %}"})
    assert main(["build", "--root", str(root.path)]) != 0
    assert "theme/about.html:2: " in capsys.readouterr().out
    put(root, {"texts/de.po": "Saluton!"})
    (root.path / "theme/about.html").unlink()
    assert main(["build", "--root", str(root.path)]) != 0
    assert "theme/texts/de.po: " in capsys.readouterr().out


def test_attributes_are_found_by_their_old_names_and_noted(root, capsys):
    put(root, {"pages/statistics.html": "{{ figures.told.posts }}", "pages/post.html": "{{ post.life.known }}"})
    assert built(root, "stats/index.html") == "1"
    assert built(root, PAGE) == "True"
    assert notes(capsys.readouterr().out)[:2] == [
        "theme/pages/post.html: .known in it is .has_history; old names are read for one more release",
        "theme/pages/statistics.html: .told in it is .listed or .result; old names are read for one more release",
    ]
