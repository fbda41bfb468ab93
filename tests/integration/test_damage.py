"""Damaged feeds: what a post was stays, until the feed has said twice that it is something else."""

from datetime import timedelta

import pytest

from generator.cli import main
from generator.feeds import state
from generator.models import Kind
from tests.support.planets import NOW, Blogs, Root, author, item, rss

HOUR = timedelta(hours=1)
LONG = " ".join(f"This is sentence {number} of a text that is long enough." for number in range(60))
HALF = " ".join(LONG.split()[:260])


def long(number: int, text: str = LONG, **fields: str) -> dict[str, str]:
    """An item with a text of over a thousand characters."""
    return item(number, body=f"<p>{text}</p>" if text else "", **fields)


@pytest.fixture
def planet(larry: Root, blogs: Blogs) -> Root:
    """Has read two long posts and a short one."""
    blogs.put("/feed", rss(long(1), long(2), item(3)))
    larry.update()
    return larry


def words(root: Root) -> list[int]:
    return [len(post.body.split()) for post in root.posts()]


@pytest.mark.parametrize("text", ["", "Fatal error: Allowed memory size exhausted", " ".join(LONG.split()[:200])])
def test_a_text_that_loses_over_half_waits_for_a_second_reading(planet: Root, blogs: Blogs, text: str) -> None:
    before = words(planet)
    blogs.put("/feed", rss(long(1, text), long(2), item(3)))
    report = planet.update(now=NOW + 24 * HOUR)
    assert (report.kinds.total(), report.held, words(planet)) == (0, 1, before)
    assert "gitplanet release larry" in report.notes[0]
    report = planet.update(now=NOW + 28 * HOUR)
    assert (report.unchanged, words(planet)) == (1, before)
    blogs.log.clear()
    assert planet.update(now=NOW + 30 * HOUR).kinds == {Kind.REVISE: 1}
    assert "If-None-Match" not in blogs.log[0][1]
    assert words(planet)[0] == len(text.split())


def test_a_short_text_that_becomes_empty_waits_and_one_that_is_rewritten_does_not(planet: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(long(1), long(2), item(3, body="<p>Rewritten.</p>")))
    assert planet.update(now=NOW + 24 * HOUR).kinds == {Kind.REVISE: 1}
    blogs.put("/feed", rss(long(1), long(2), item(3, body="")))
    assert planet.update(now=NOW + 48 * HOUR).held == 1
    assert planet.posts()[2].body == "Rewritten."


def test_an_edit_that_leaves_half_is_an_edit(planet: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(long(1, HALF + " " + HALF), long(2), item(3)))
    planet.update(now=NOW + 24 * HOUR)
    blogs.put("/feed", rss(long(1, HALF + " and so on"), long(2), item(3)))
    assert planet.update(now=NOW + 48 * HOUR).kinds == {Kind.REVISE: 1}


def test_another_loss_is_another_doubt(planet: Root, blogs: Blogs) -> None:
    for hours, text in ((24, "First fault"), (30, "Second fault"), (33, "Second fault")):
        blogs.put("/feed", rss(long(1, text), long(2), item(3)))
        assert planet.update(now=NOW + hours * HOUR).kinds.total() == 0
    assert planet.update(now=NOW + 36 * HOUR).kinds == {Kind.REVISE: 1}


def test_what_is_doubted_does_not_delay_what_is_new(planet: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(long(1, ""), long(2), item(3), item(4)))
    report = planet.update(now=NOW + 24 * HOUR)
    assert (report.kinds, report.held) == ({Kind.ADD: 1}, 1)


def test_a_text_that_returns_is_taken_at_once(planet: Root, blogs: Blogs) -> None:
    """Before its loss was believed nothing has happened; after it, no waiting for another day."""
    whole, cut = rss(long(1), long(2), item(3)), rss(long(1, "Gone"), long(2), item(3))
    for hours, body in ((24, cut), (25, whole)):
        blogs.put("/feed", body)
        planet.update(now=NOW + hours * HOUR)
    assert not any(feed.doubts for feed in state.load(planet.path).feeds.values())
    for hours, body, revised in ((30, cut, 0), (36, cut, 1), (37, whole, 1), (38, cut, 0), (44, cut, 0)):
        blogs.put("/feed", body)
        assert planet.update(now=NOW + hours * HOUR).kinds[Kind.REVISE] == revised, hours


def test_three_losses_at_once_hold_the_feed_until_a_person_has_looked(planet: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(long(1, ""), long(2, "x"), item(3, body=""), item(4)))
    for hours in (24, 48):
        report = planet.update(now=NOW + hours * HOUR)
        assert (report.kinds.total(), report.held) == (0, 4)
        assert "3 of its posts would lose most of their text at once" in report.notes[0]
    assert main(["release", "larry", "--root", str(planet.path)]) == 0
    assert words(planet) == [0, 1, 0, 9]


def test_a_release_takes_what_waits_at_once(planet: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(long(1, ""), long(2), item(3)))
    planet.update(now=NOW + 24 * HOUR)
    assert main(["release", "larry", "--root", str(planet.path)]) == 0
    assert words(planet)[0] == 0


def test_without_the_cache_the_wait_begins_anew(planet: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(long(1, ""), long(2), item(3)))
    planet.update(now=NOW + 24 * HOUR)
    (planet.path / state.FILE).unlink()
    assert planet.update(now=NOW + 31 * HOUR).held == 1
    assert planet.update(now=NOW + 37 * HOUR).kinds == {Kind.REVISE: 1}


def test_each_feed_of_an_author_keeps_its_own_doubts(larry: Root, blogs: Blogs) -> None:
    other = blogs.put("/other", rss(long(7, guid="other", link="https://larry.example/o"), link="https://o.example/"))
    (larry.path / "authors/larry.yaml").write_text(author(blogs.url + "/feed", other))
    larry.commit("Two feeds")
    blogs.put("/feed", rss(long(1)))
    larry.update()
    blogs.put("/feed", rss(long(1, "")))
    assert larry.update(now=NOW + 24 * HOUR).held == 1
    blogs.put("/other", rss(long(7, "", guid="other", link="https://larry.example/o"), link="https://o.example/"))
    report = larry.update(now=NOW + 30 * HOUR)
    assert (report.kinds, report.held) == ({Kind.REVISE: 1}, 1)


@pytest.mark.parametrize("end", ["</rss>", "</item></channel></rss>", "</channel></rss>"])
def test_a_document_without_its_end_revises_nothing(planet: Root, blogs: Blogs, end: str) -> None:
    """Its last entry is not believed; new ones before it are."""
    before = words(planet)
    whole = rss(item(5), long(1, LONG.replace("sentence", "line")), long(2, "Cut" + LONG))
    blogs.put("/feed", whole.partition(end)[0])
    report = planet.update(now=NOW + 24 * HOUR)
    assert (report.kinds, words(planet)[:3]) == ({Kind.ADD: 1}, before)
    assert any("end" in note for note in report.notes)
    blogs.put("/feed", whole)
    assert planet.update(now=NOW + 48 * HOUR).kinds == {Kind.REVISE: 2}


def test_a_cut_document_is_read_again_though_its_server_says_that_nothing_changed(planet: Root, blogs: Blogs) -> None:
    whole = rss(long(1, LONG + " More."), long(2), item(3))
    blogs.put("/feed", whole[: len(whole) // 2], ETag='"always-the-same"')
    planet.update(now=NOW + 24 * HOUR)
    blogs.put("/feed", whole, ETag='"always-the-same"')
    blogs.log.clear()
    planet.update(now=NOW + 48 * HOUR)
    assert blogs.log[0][1].get("If-None-Match") != '"always-the-same"'
    assert planet.posts()[0].body.endswith("More.")


def test_a_cut_in_a_tag_that_begins_like_another_root_is_a_cut(planet: Root, blogs: Blogs) -> None:
    """`</feed` may be the beginning of `</feedburner:origLink>`."""
    name = "feedburner:origLink"
    whole = rss(item(5), long(1) | {name: "https://larry.example/1"}, long(2)).replace(
        "<rss ", '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    )
    blogs.put("/feed", whole.partition("burner:origLink></item>")[0])
    report = planet.update(now=NOW + 24 * HOUR)
    assert (report.kinds, planet.posts()[0].guid) == ({Kind.ADD: 1}, "tag:larry,2026:1")
