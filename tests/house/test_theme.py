"""The theme fits the pages: each kind has a template that says what it is given, and no template is left over."""

import re
from pathlib import Path

import pytest

from generator import config, site
from generator.archive.history import index
from generator.models import Page
from tests.support.edited_posts import add, day, new, revise
from tests.support.planets import Root, author

THEME = Path(__file__).parents[2] / "theme"
FOLDERS = {"pages", "feeds", "partials", "static", "locale"}
TEMPLATES = {path.relative_to(THEME).as_posix() for folder in ("pages", "feeds") for path in THEME.glob(f"{folder}/*")}
NOTICE = "pages/notice.html"
"""What a page becomes that cannot be rendered: no page of its own."""
FRAME = {"edition", "root"}
"""Names that all templates see, whether a page gives them or not."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """All pages of a planet that has every kind of page."""
    names = {"larry": "Larry the Cow", "amina": "Amina"}
    authors = {nick: author(f"https://{nick}.example/feed", name=name) for nick, name in names.items()}
    root = Root(tmp_path_factory.mktemp("planet") / "root", authors)
    posts = [new(1, tags=("moo",)), new(2, nick="amina", author="Amina", tags=("moo",))]
    add(root, *posts, at=day(6))
    revise(root, posts[0], at=day(7), title="Another", body="Other words.")
    lives = dict(index.lives(root.path, "HEAD"))
    return list(
        site.lay_out(config.load(root.path), root.posts(), bodies=site.render_body, extras=site.Extras(histories=lives))
    )


def test_each_kind_of_page_has_a_template_and_each_template_a_page(pages: list[Page]) -> None:
    assert {page.template for page in pages} == TEMPLATES - {NOTICE}


def test_every_file_lies_in_its_folder() -> None:
    assert {path.name for path in THEME.iterdir()} == FOLDERS
    suffixes = {folder: {path.suffix for path in (THEME / folder).iterdir()} for folder in FOLDERS}
    assert suffixes["pages"] == suffixes["partials"] == {".html"}
    assert suffixes["locale"] == {".po"}
    assert not suffixes["feeds"] & {".html", ".css", ".js"}


def test_every_partial_is_used() -> None:
    text = "".join(path.read_text("utf-8") for path in THEME.glob("*/*") if path.suffix in (".html", ".xml", ".json"))
    asked = set(re.findall(r'{% (?:extends|import|include) "([^"]+)"', text))
    assert asked == {f"partials/{path.name}" for path in (THEME / "partials").iterdir()}


@pytest.mark.parametrize("template", sorted(TEMPLATES - {NOTICE}))
def test_a_template_says_on_top_which_names_a_page_gives_it(template: str, pages: list[Page]) -> None:
    """A template whose names are those of another one says whose."""
    said = own_names(template)
    if other := re.match(r"those of (\S+)\.$", said):
        said = own_names(other[1])
    given = {name for page in pages if page.template == template for name in page.own}
    assert set(re.findall(r"`(\w+)`", said)) - FRAME >= given - FRAME
    every = {name for page in pages for name in page.own}
    assert set(re.findall(r"`(\w+)`", said)) <= every


def own_names(template: str) -> str:
    text = (THEME / template).read_text("utf-8")
    found = re.match(r"{#.*?\nOwn names: (.*?)\sNames\sof\sall\spages:\ssee\spartials/base\.html\. #}", text, re.DOTALL)
    assert found, f"say on top of theme/{template}: Own names: … Names of all pages: see partials/base.html."
    return " ".join(found[1].split())
