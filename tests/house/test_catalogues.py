"""The interface's texts: every catalogue says everything, in every plural, and a planet speaks its language."""

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from generator.build.theme import Theme
from generator.build.theme.i18n import Translations
from generator.errors import PlanetError

HOME = Path(__file__).parents[2]
CATALOGUES = sorted((HOME / "theme" / "locale").glob("*.po"))
NAMES = re.compile(r"%\(\w+\)s|<[^>]+>")


@pytest.fixture(scope="module")
def said():
    """Each text of the templates: one text, or one for one and one for many."""
    told = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    patterns = [(one["pattern"], one.pop("method")) for one in told]
    options = {one.pop("pattern"): one for one in told}
    found = {message for _, _, message, _, _ in extract_from_dir(HOME / "theme", patterns, options)}
    assert len(found) > 3
    return found


def test_the_languages_of_the_promise_are_there():
    assert {path.stem for path in CATALOGUES} >= {"de", "fr", "ja", "pl"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_translates_every_text_of_the_templates_and_no_other(path, said):
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem, abort_invalid=True)
    translated = {message.id: message for message in catalogue if message.id}
    assert set(translated) == said, "run `make texts` and translate what is new"
    for message in translated.values():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), f"{message.id} is not translated"
        assert not message.fuzzy, f"{message.id} is fuzzy"
        assert len(forms) == (catalogue.num_plurals if message.pluralizable else 1), message.id
        asked = set(NAMES.findall(message.id[-1] if message.pluralizable else message.id))
        for form in forms:
            assert set(NAMES.findall(form)) <= asked, f"{message.id}: {form} names what there is not"
        assert set(NAMES.findall(forms[-1])) == asked, f"{message.id}: {forms[-1]} leaves something out"


def test_dates_are_those_of_the_language():
    moment, folders = dt.datetime(2019, 10, 13, 14, 34, tzinfo=dt.UTC), [HOME / "theme" / "locale"]
    assert Translations("de", folders).day(moment) == "13. Oktober 2019"
    assert Translations("fr", folders).weekday(moment) == "dimanche"
    assert Translations("pl", folders).month(moment) == "październik 2019"
    assert Translations("ja", folders).day(moment.date()) == "2019年10月13日"


@pytest.mark.parametrize(
    ("size", "text"), [(1, "1 byte"), (999, "999 byte"), (1500, "1.5 kB"), (34_200_000, "34.2 MB")]
)
def test_sizes_are_read_by_people(size, text):
    assert Translations("en", []).size(size) == text


def test_a_catalogue_of_the_root_is_heard_first_and_completed_by_the_shipped_one(tmp_path):
    (tmp_path / "theme" / "locale").mkdir(parents=True)
    (tmp_path / "theme" / "locale" / "de.po").write_text('msgid "Archive"\nmsgstr "Früheres"\n', "utf-8")
    (tmp_path / "theme" / "x.html").write_text('{{ _("Archive") }}, {{ _("Feeds") }}, {{ _("Own words") }}', "utf-8")
    theme = Theme(tmp_path, ["de"])
    assert theme.render("x.html", {"language": "de"}) == "Früheres, Feeds, Own words"
    assert theme.render("x.html", {}) == "Archive, Feeds, Own words"
    assert not [path for path in theme.assets if path.endswith(".po")]


def test_a_language_without_texts_is_explained_before_anything_is_rendered(tmp_path):
    with pytest.raises(PlanetError, match=r"no texts in 'eo'; add theme/locale/eo\.po"):
        Theme(tmp_path, ["eo"])


def test_a_broken_catalogue_names_the_file(tmp_path):
    (tmp_path / "theme" / "locale").mkdir(parents=True)
    (tmp_path / "theme" / "locale" / "eo.po").write_text("Saluton!\n", "utf-8")
    with pytest.raises(PlanetError, match=r"theme/locale/eo\.po: "):
        Theme(tmp_path, ["eo"])


def test_what_a_text_names_is_escaped(tmp_path):
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "x.html").write_text('{{ _("by %(name)s", name=name) }}', "utf-8")
    assert Theme(tmp_path).render("x.html", {"name": "<b>"}) == "by &lt;b&gt;"
