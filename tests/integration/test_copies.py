"""A story that two members tell, from their feeds to the pages: nobody takes the place of whoever wrote it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from generator.cli import main
from generator.models import Kind
from tests.support.planets import NOW, Blogs, Root, author, item, rss

TEXT = " ".join(f"word{number}" for number in range(60))
DAY = timedelta(days=1)


@pytest.fixture
def scraper() -> Iterator[Blogs]:
    """The server of Mallory's feed; another port is another host."""
    with Blogs() as blogs:
        yield blogs


@pytest.fixture
def planet(blogs: Blogs, scraper: Blogs, tmp_path: Path) -> Root:
    """A planet of Mallory, and of Larry, whose feed has nothing yet."""
    larry = blogs.put("/feed", rss())
    return Root(
        tmp_path / "planet",
        {"larry": author(larry), "mallory": author(scraper.url + "/feed", name="Mallory")},
    )


def telling(blogs: Blogs, **fields: str) -> dict[str, str]:
    """The entry of Larry's page, as anybody may tell it."""
    return item(1, **({"link": f"{blogs.url}/1", "guid": f"{blogs.url}/1", "body": f"<p>{TEXT}</p>"} | fields))


def names(root: Root) -> dict[str, tuple[str, ...]]:
    return {post.nick: post.also_at for post in root.posts() if post.is_standing}


def test_a_scraper_that_was_faster(planet: Root, blogs: Blogs, scraper: Blogs, tmp_path: Path) -> None:
    copy = telling(blogs, pubDate="Mon, 01 Nov 1999 10:00:00 GMT", guid=f"{scraper.url}/1")
    scraper.put("/feed", rss(copy, link=scraper.url))
    planet.update()
    (first,) = planet.posts()
    assert first.nick == "mallory"
    blogs.put("/feed", rss(telling(blogs)))
    report = planet.update(now=NOW + DAY)
    assert report.kinds == {Kind.ADD: 1, Kind.REVISE: 1}
    assert f"{first.path}: this is the post of larry, whose feed lies at its address; it leads to" in planet.told[-3]
    larry, mallory = planet.posts()
    assert mallory.original == larry.path
    assert mallory.body == TEXT
    assert names(planet) == {"larry": ()}
    shown = planet.git("log", "-1", "--format=%an %s%n%b", "--", mallory.path)
    assert shown.startswith('Planet Larry Revise "Post 1" (mallory)')
    assert f"It is a copy, and leads to its original, {larry.path}." in shown

    site = tmp_path / "site"
    assert main(["build", "--root", str(planet.path), "--out", str(site)]) == 0
    page = (site / mallory.path).with_suffix(".html").read_text()
    target = larry.path.removesuffix(".md") + ".html"
    assert f'content="0; url=../../../{target}"' in page
    assert TEXT[:50] not in page
    for path in ("index.html", "atom.xml", "authors/mallory/index.html", "authors/mallory/atom.xml"):
        assert "mallory/1999" not in (site / path).read_text()
    assert TEXT[:50] in (site / target).read_text()
    assert main(["verify", "--root", str(planet.path)]) == 0

    for number in range(2):
        scraper.put("/feed", rss(copy | {"body": f"<p>{TEXT} and {number}</p>"}, link=scraper.url))
        planet.update(now=NOW + (2 + number) * DAY)
        assert names(planet) == {"larry": ()}


def test_a_forger_who_comes_later(planet: Root, blogs: Blogs, scraper: Blogs) -> None:
    blogs.put("/feed", rss(telling(blogs)))
    planet.update()
    commits = planet.commits()
    for guid, date in ((f"{blogs.url}/1", "1999"), ("other", "2026")):
        scraper.put("/feed", rss(telling(blogs, guid=guid, pubDate=f"Mon, 01 Nov {date} 10:00:00 GMT", title="Mine")))
        planet.update(now=NOW + DAY)
        assert names(planet) == {"larry": ()}
        assert planet.commits() == commits


def test_other_words_under_a_strangers_address(planet: Root, blogs: Blogs, scraper: Blogs) -> None:
    blogs.put("/feed", rss(telling(blogs)))
    scraper.put("/feed", rss(telling(blogs, guid="other", body="<p>Send me your money, says Larry.</p>")))
    planet.update()
    assert names(planet) == {"larry": (), "mallory": ()}
    assert any("tells other words under the address of posts/" in line for line in planet.told)


def test_one_text_at_two_addresses(planet: Root, blogs: Blogs, scraper: Blogs) -> None:
    blogs.put("/feed", rss(telling(blogs)))
    planet.update()
    mirror = telling(blogs, link=f"{scraper.url}/mine", guid="mine", title="Another title")
    scraper.put("/feed", rss(mirror | {"pubDate": "Mon, 01 Mar 2010 10:00:00 GMT"}))
    assert planet.update(now=NOW + DAY).kinds == {Kind.REVISE: 1}
    assert names(planet) == {"larry": (f"{scraper.url}/mine",)}
    scraper.put("/feed", rss(mirror, title="New"))
    assert planet.update(now=NOW + 2 * DAY).kinds.total() == 0
