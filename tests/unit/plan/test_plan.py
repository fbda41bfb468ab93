"""What feeds change in the archive."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import markup
from generator.models import Entry, Kind, Post
from generator.plan import Plan, Terms, plan, with_guessed_language
from tests.support.entries import LARRY, NOW, SOURCE, entries, entry, feed, only, posts_of, record, run
from tests.unit.plan.test_language import ENGLISH, JAPANESE, POLISH


def test_a_new_entry_becomes_a_post() -> None:
    change = only(run(entry(tags=("Gentoo", "gentoo", "infra"), language="pl_PL", summary="In short, this is it.")))
    post = change.post
    assert change.kind is Kind.ADD
    assert post.path.startswith("posts/larry/2026/2026-11-01-post-1-")
    assert (post.title, post.author, post.nick) == ("Post 1", "Larry the Cow", "larry")
    assert (post.tags, post.lang, post.editions) == (("Gentoo", "infra"), "pl-PL", ("universe",))
    assert (post.first_seen, post.date) == (NOW, datetime(2026, 11, 1, 10, tzinfo=UTC))
    assert post.description == "In short, this is it."
    assert post.body == "The text of post 1, long enough to tell."


@pytest.mark.parametrize(
    ("text", "told", "lang"),
    [
        (JAPANESE * 3, "en-us", "ja"),
        (ENGLISH * 3, "en-us", "en-US"),
        (POLISH * 3, "de", "de"),
        (POLISH * 3, "", "pl"),
        ("短い", "en", "en"),
        ("short", "", ""),
    ],
)
def test_the_language_is_guessed_where_nobody_told_it_for_sure(text: str, told: str, lang: str) -> None:
    before = posts_of(entry())
    for known in ([], before):
        change = with_guessed_language(only(run(entry(html=f"<p>{text}</p>", language=told), known=known)))
        assert (change.post.lang, change.unsaid) == (lang, "")


def test_what_counts_as_an_entry_is_its_whole_text_even_where_an_excerpt_is_wanted() -> None:
    part, bare = replace(SOURCE, full=False), {"title": "", "link": ""}
    picture = entry(html="<p><img src='https://larry.example/cow.png' alt='A cow'></p>", **bare)
    assert len(posts_of(picture, source=part)) == 1
    assert posts_of(entry(html="", summary="A summary of what is not there.", **bare), source=part) == []


def test_an_edition_that_is_named_twice_counts_once() -> None:
    source = replace(SOURCE, editions=("universe", "planet", "universe"))
    (post,) = posts_of(entry(), source=source)
    assert post.editions == ("universe", "planet")


def test_twice_is_once_and_absence_is_no_deletion() -> None:
    known = posts_of(entry(1), entry(2))
    assert run(entry(1), entry(2), known=known) == Plan()
    assert run(known=known) == Plan()


def test_what_was_read_before_is_not_cleaned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = run(entry(1), entry(2), entry(3))
    known, cleaned, clean = [change.post for change in before.changes], [], markup.clean
    monkeypatch.setattr(markup, "clean", lambda html, **words: cleaned.append(html) or clean(html, **words))
    told = [entry(1), entry(2, html="<p>It says something else.</p>"), entry(3), entry(4, link="")]
    found = plan(LARRY, [(SOURCE, feed(*told))], known, NOW, Terms(digests=before.digests[SOURCE.url]))
    assert [change.kind for change in found.changes] == [Kind.REVISE, Kind.ADD]
    assert set(cleaned) == {told[1].html, told[3].html}


NOISE = {
    "attributes": "<p class='x' id='n7'>The text of post 1, long enough to tell.</p>",
    "white space": "<p>The text\n   of post 1, long enough to tell.</p>\n",
    "tracker": "<p>The text of post 1, long enough to tell.</p><img src='https://t.example/p.gif' width=1 height=1>",
}


@pytest.mark.parametrize("html", NOISE.values(), ids=NOISE.keys())
def test_noise_is_no_news(html: str) -> None:
    known = posts_of(entry())
    assert run(entry(html=html, updated=NOW), known=known).changes == ()


def test_places_within_the_page_are_named_anew_and_are_no_news() -> None:
    contents = (
        '<p><a href="#org{0}">Contents</a> <a href="https://other.example/#{1}">see</a></p><h2 id="org{0}">One</h2>'
    )
    known = posts_of(entry(html=contents.format("1f", 1)))
    assert run(entry(html=contents.format("2e", 1)), known=known).changes == ()
    assert only(run(entry(html=contents.format("2e", 2)), known=known)).kind is Kind.REVISE


def test_an_edit_revises_the_post_and_never_moves_it() -> None:
    (before,) = posts_of(entry())
    told = entry(title="New title", html="<p>Other words.</p>", published=NOW, updated=NOW)
    change = only(run(told, known=[before], now=NOW + timedelta(days=1)))
    assert (change.kind, change.before) == (Kind.REVISE, before)
    after = change.post
    assert (after.path, after.date, after.first_seen) == (before.path, before.date, before.first_seen)
    assert (after.title, after.body, after.updated) == ("New title", "Other words.", NOW)


def test_a_new_guid_is_recognised_by_the_link() -> None:
    (before,) = posts_of(entry())
    change = only(run(entry(guid="urn:new", link="http://www.larry.example/1/?utm_source=x"), known=[before]))
    assert (change.post.guid, change.post.former_guids, change.post.path) == ("urn:new", ("urn:1",), before.path)
    assert run(entry(), known=[change.post]).changes[0].post.guid == "urn:1"


def test_then_by_title_and_date_then_by_content() -> None:
    (before,) = posts_of(entry())
    moved = entry(guid="urn:new", link="https://new.example/post-1", html="<p>Changed as well.</p>")
    assert only(run(moved, known=[before])).post.path == before.path
    retold = entry(guid="urn:new", link="https://new.example/a", published=NOW - timedelta(days=300))
    assert only(run(retold, known=[before])).post.path == before.path


def test_a_key_that_two_share_decides_nothing() -> None:
    home = "https://larry.example/"
    known = posts_of(entry(1, link=home, title="a"), entry(2, link=home, title="b"))
    change = only(run(entry(2, link=home, title="b"), entry(3, link=home, title="c"), known=known))
    assert (change.kind, change.post.title) == (Kind.ADD, "c")


def test_a_migration_of_all_guids_makes_no_new_posts() -> None:
    known = posts_of(*(entry(number) for number in range(1, 9)))
    found = run(*(entry(number, guid=f"https://larry.example/?p={number}") for number in range(1, 9)), known=known)
    assert {change.kind for change in found.changes} == {Kind.REVISE}
    assert [change.post.body for change in found.changes] == [post.body for post in known]


def test_a_hand_edit_is_nothing_that_a_plan_could_see() -> None:
    (before,) = posts_of(entry())
    edited = replace(before, body=before.body.replace("text", "wording"))
    assert run(entry(), known=[edited]) == Plan()


def test_an_excerpt_never_takes_the_place_of_a_full_text() -> None:
    whole = " ".join(f"word{number}" for number in range(100))
    known = posts_of(entry(html=f"<p>{whole}</p>"))
    for share in (10, 60, 90, 99):
        part = " ".join(whole.split()[:share])
        assert run(entry(html=f"<p>{part} …</p>", excerpt=True), known=known) == Plan()


def test_tombstones_and_hand_written_posts_are_left_alone() -> None:
    (before,) = posts_of(entry())
    assert run(entry(html="x"), known=[replace(before, withdrawn=NOW, body="")]) == Plan()
    assert run(entry(html="x"), known=[replace(before, guid="", digest="")]) == Plan()


def test_an_edit_that_looks_like_an_excerpt_is_an_edit() -> None:
    known = posts_of(entry())
    told = entry(html="<p>The text of post 1, long enough to tell. Read more</p>", excerpt=True)
    post = only(run(told, known=known)).post
    assert post.body.endswith("Read more")
    assert not post.excerpt


def test_a_feed_that_turns_to_excerpts_takes_nothing_away() -> None:
    known = posts_of(entry())
    assert run(entry(html="<p>The text …</p>", excerpt=True), known=known) == Plan()


def test_dates() -> None:
    assert posts_of(entry(published=None, updated=None))[0].date == NOW
    assert posts_of(entry(published=NOW + timedelta(days=400)))[0].date == NOW
    assert posts_of(entry(published=date(2026, 11, 1)))[0].date == date(2026, 11, 1)
    day = datetime(2026, 11, 5, tzinfo=UTC)
    (post,) = posts_of(entry(published=None, updated=day))
    assert (post.date, post.updated) == (day, None)


def test_two_feeds_of_an_author_tell_one_post_in_both_editions() -> None:
    other = replace(SOURCE, url="https://larry.example/gentoo", editions=("planet", "universe"))
    found = plan(LARRY, [(SOURCE, feed(entry(1), entry(2))), (other, feed(entry(2, excerpt=True, html="…")))], [], NOW)
    assert [change.post.editions for change in found.changes] == [("universe",), ("universe", "planet")]
    assert "long enough" in found.changes[1].post.body
    known = [change.post for change in found.changes]
    assert plan(LARRY, [(SOURCE, feed(entry(1), entry(2)))], known, NOW) == Plan()


def test_two_feeds_with_other_guids_are_recognised_by_link_and_title() -> None:
    other = replace(SOURCE, url="https://larry.example/gentoo", editions=("planet",))
    found = plan(LARRY, [(SOURCE, feed(entry(2))), (other, feed(entry(2, guid="x")))], [], NOW)
    assert only(found).post.editions == ("universe", "planet")


def test_filters_and_distrust() -> None:
    assert posts_of(entry(1), entry(2), source=replace(SOURCE, include=("post 2",)))[0].title == "Post 2"
    assert [post.title for post in posts_of(entry(1), entry(2), source=replace(SOURCE, exclude=("Post 2",)))] == [
        "Post 1"
    ]
    (post,) = posts_of(entry(updated=NOW), source=replace(SOURCE, trust=("updated", "guid", "language", "tags")))
    assert (post.updated, post.guid) == (None, "https://larry.example/1")
    (post,) = posts_of(entry(language="de"), source=replace(SOURCE, language="en", tags=("gentoo",)))
    assert (post.lang, post.tags) == ("en", ("gentoo",))


def test_a_feed_that_may_not_be_shown_in_full() -> None:
    (post,) = posts_of(entry(html="<p>" + "word " * 200 + "</p>"), source=replace(SOURCE, full=False))
    assert post.excerpt
    assert len(post.body) < 320
    assert post.body.startswith("word word")


def test_an_entry_of_nothing_is_no_post() -> None:
    assert posts_of(entry(title="", html="", link="")) == []


@given(st.lists(st.lists(entries, max_size=5, unique_by=lambda one: one.guid), max_size=4))
def test_whatever_a_feed_does_no_post_is_lost_doubled_or_moved(runs: list[list[Entry]]) -> None:
    known: dict[str, Post] = {}
    for number, told in enumerate(runs):
        now = NOW + timedelta(days=number)
        record(known, lambda posts, told=told, now=now: run(*told, known=posts, now=now))
        assert run(*told, known=list(known.values()), now=now).changes == ()
