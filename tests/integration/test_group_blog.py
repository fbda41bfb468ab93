"""A blog of several people, from its feed to git, `history`, the site and the exports."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from generator import config
from generator.cli import main
from tests.support.planets import NOW, Blogs, Root, author, item, rss
from tests.support.sample_site import build

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content'
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def feed(*names: str, **fields: str) -> str:
    """An item by each of those; `fields` are of the first."""
    items = [item(number, **{"dc:creator": name}) for number, name in enumerate(names, 1)]
    text = rss(items[0] | fields, *items[1:]).replace("xmlns:content", DC)
    return text.replace("<item>", f"<copyright>{LICENCE}</copyright><item>", 1)


@pytest.fixture
def blogs() -> Iterator[Blogs]:
    with Blogs() as blogs:
        yield blogs


@pytest.fixture
def root(tmp_path: Path, blogs: Blogs) -> Root:
    more = "email: larry@larry.example\n"
    return Root(tmp_path / "planet", {"larry": author(blogs.put("/feed", feed("Kim Guest", "Larry")), more=more)})


def authors(root: Root) -> list[str]:
    """Who the commits after the planet's first are by."""
    return root.git("log", "--reverse", "--format=%an <%ae> %s", "--", "posts").splitlines()[1:]


def test_a_guests_post_is_the_guests_in_git_and_history(root: Root, capsys: pytest.CaptureFixture[str]) -> None:
    root.update()
    assert authors(root) == [
        'Kim Guest <larry@planet.invalid> Add "Post 1" (larry)',
        'Larry the Cow <larry@larry.example> Add "Post 2" (larry)',
    ]
    guests, own = sorted(root.posts(), key=lambda post: post.title)
    assert (guests.byline, guests.author, own.byline) == ("Kim Guest", "Larry the Cow", "")
    assert main(["history", "--root", str(root.path), guests.path]) == 0
    assert '"Post 1" by Kim Guest, in the feed of Larry the Cow\n' in capsys.readouterr().out
    assert main(["verify", "--root", str(root.path)]) == 0


def test_another_name_alone_is_no_news_and_a_revision_is_by_whoever_is_named_then(root: Root, blogs: Blogs) -> None:
    root.update()
    blogs.put("/feed", feed("Pat Guest", "Larry"))
    root.update(now=NOW + timedelta(days=1))
    assert len(authors(root)) == 2
    blogs.put("/feed", feed("Pat Guest", "Larry", title="Other words"))
    root.update(now=NOW + timedelta(days=2))
    assert authors(root)[2:] == ['Pat Guest <larry@planet.invalid> Revise "Other words" (larry)']


def test_a_planet_from_before_revises_nothing_and_takes_names_with_the_next_edit(root: Root, blogs: Blogs) -> None:
    blogs.put("/feed", feed("", ""))
    root.update()
    blogs.put("/feed", feed("Kim Guest", "Larry", comments="https://larry.example/1#comments"))
    root.update(now=NOW + timedelta(days=1))
    assert len(authors(root)) == 2
    blogs.put("/feed", feed("Kim Guest", "Larry", title="Other words", comments="https://larry.example/1#comments"))
    root.update(now=NOW + timedelta(days=2))
    (revised,) = [post for post in root.posts() if post.title == "Other words"]
    assert (revised.byline, revised.comments) == ("Kim Guest", "https://larry.example/1#comments")


def test_site_and_exports_name_the_guest(root: Root, tmp_path: Path) -> None:
    root.update()
    (guests,) = [post for post in root.posts() if post.byline]
    build(config.load(root.path), root.posts(), root=root.path, out=tmp_path / "site")
    page = (tmp_path / "site" / guests.path).with_suffix(".html").read_text("utf-8")
    assert "by <bdi>Kim Guest</bdi>" in page
    assert f'href="{LICENCE}">CC BY 4.0</a>' in page
    assert main(["export", "json", "--root", str(root.path), "--out", str(tmp_path / "planet.json")]) == 0
    told = json.loads((tmp_path / "planet.json").read_text("utf-8"))
    assert [post.get("byline", "") for post in told["posts"] if post["title"] == "Post 1"] == ["Kim Guest"]
    assert main(["export", "sqlite", "--root", str(root.path), "--out", str(tmp_path / "planet.db")]) == 0
    with sqlite3.connect(tmp_path / "planet.db") as database:
        assert database.execute("SELECT byline, rights FROM posts WHERE title = 'Post 1'").fetchall() == [
            ("Kim Guest", LICENCE)
        ]


def test_names_that_are_not_trusted_are_none(tmp_path: Path, blogs: Blogs) -> None:
    text = author(blogs.put("/feed", feed("Kim Guest", "Larry"))) + "    trust: [author]\n"
    root = Root(tmp_path / "planet", {"larry": text})
    root.update()
    assert [post.byline for post in root.posts()] == ["", ""]
