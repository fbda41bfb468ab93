"""Posts without a date, or with one in the future: what the archive says of them, and where the site shows them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from generator import config
from generator.feeds import state
from tests.support.planets import NOW, Blogs, Root, author, item, rss
from tests.support.sample_site import build

DAY = timedelta(days=1)


def undated(number: int, **fields: str) -> dict[str, str]:
    """The item with that number, without a date unless one is given."""
    name = {"title": f"Undated {number}", "guid": f"u{number}", "link": f"https://kim.example/{number}"}
    return item(number, **{"pubDate": ""} | name | fields)


@pytest.fixture
def planet(blogs: Blogs, tmp_path: Path) -> Root:
    """Two blogs, one of which dates nothing."""
    feeds = {
        "larry": blogs.put("/larry", rss(item(1), item(2))),
        "kim": blogs.put("/kim", rss(undated(1), undated(2), title="K", link="https://kim.example/")),
    }
    root = Root(tmp_path / "planet", {nick: author(url, name=nick) for nick, url in feeds.items()})
    root.update()
    return root


def titles(root: Root, path: str) -> list[str]:
    """The titles on a page, or in a feed, from the top down."""
    build(config.load(root.path), root.posts(), root=root.path, out=root.path / "_site")
    text = (root.path / "_site" / path).read_text("utf-8")
    return list(dict.fromkeys(re.findall(r"(?:Undated|Post) \d", text.partition("contributors")[0])))


def heads(root: Root, nick: str) -> dict[str, tuple[str, bool]]:
    return {post.title: (post.date_from, post.first_reading) for post in root.posts() if post.nick == nick}


def test_undated_posts_of_a_first_reading_are_below_all_others(planet: Root) -> None:
    assert heads(planet, "kim") == {"Undated 1": ("first_seen", True), "Undated 2": ("first_seen", True)}
    assert heads(planet, "larry") == {"Post 1": ("", True), "Post 2": ("", True)}
    for path in ("index.html", "universe/index.html", "headlines.html", "atom.xml", "rss20.xml", "feed.json"):
        assert titles(planet, path)[:2] == ["Post 2", "Post 1"], path
    subjects = planet.git("log", "--format=%s").splitlines()
    assert [re.findall(r"(?:Undated|Post) \d", line) for line in subjects[:2]] == [["Post 2"], ["Post 1"]]


def test_what_comes_undated_later_is_new_whatever_the_cache_has_lost(planet: Root, blogs: Blogs) -> None:
    for number, lost in ((3, False), (4, True)):
        if lost:
            (planet.path / state.FILE).unlink()
        blogs.put("/kim", rss(*(undated(n) for n in range(1, number + 1)), title="K", link="https://kim.example/"))
        planet.update(now=NOW + number * DAY)
        assert heads(planet, "kim")[f"Undated {number}"] == ("first_seen", False)
        assert titles(planet, "index.html")[0] == f"Undated {number}"
        assert titles(planet, "atom.xml")[0] == f"Undated {number}"


def test_a_new_feed_of_a_member_has_a_first_reading_of_its_own(planet: Root, blogs: Blogs) -> None:
    second = blogs.put("/notes", rss(undated(7), title="N", link="https://larry.example/"))
    (planet.path / "authors" / "larry.yaml").write_text(author(f"{blogs.url}/larry", second, name="larry"))
    planet.commit("Add a feed")
    planet.update(now=NOW + DAY)
    assert heads(planet, "larry")["Undated 7"] == ("first_seen", True)
    assert titles(planet, "index.html")[:2] == ["Post 2", "Post 1"]


def test_a_date_that_can_be_read_later_changes_no_post(planet: Root, blogs: Blogs) -> None:
    before = planet.git("rev-parse", "HEAD")
    now_dated = [undated(n, pubDate=f"{n} Nov 2026 10:00 GMT") for n in (1, 2)]
    blogs.put("/kim", rss(*now_dated, title="K", link="https://kim.example/"))
    planet.update(now=NOW + DAY)
    assert planet.git("rev-parse", "HEAD") == before


def test_the_report_tells_which_dates_do_not_count(planet: Root, blogs: Blogs) -> None:
    some = [
        undated(3, pubDate="03/04/2020"),
        undated(4, pubDate="0001-01-01T00:00:00Z"),
        undated(5, pubDate="5 Mar 2052"),
    ]
    blogs.put("/kim", rss(*some, title="K", link="https://kim.example/"))
    report = planet.update(now=NOW + DAY)
    unread, late = [note for note in report.notes if note.startswith(f"{blogs.url}/kim: ")]
    assert "1 entry has a date that cannot be read, such as '03/04/2020'" in unread
    assert "1 entry has a date in the future, such as 2052-03-05" in late
    assert heads(planet, "kim")["Undated 5"] == ("clamped", False)
    assert 'date_from: "clamped"' in next((planet.path / "posts/kim").rglob("*undated-5*")).read_text("utf-8")
