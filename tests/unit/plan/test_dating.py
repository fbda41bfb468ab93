"""By what posts are dated, what came with a feed's first reading, and what is said of dates that do not count."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.models import CLAMPED, FIRST_SEEN, FeedIdentity, FeedSource, Kind, Post, dates
from generator.plan import Terms, date_notes, plan
from tests.support.entries import LARRY, NOW, SOURCE, entry, feed, only, posts_of, run

LATER = NOW + timedelta(days=1)
OLD, OTHER = FeedSource(url="https://old.example/feed", editions=()), FeedSource(url="https://l.example/2", editions=())


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (datetime(2026, 11, 1, tzinfo=UTC), None, (datetime(2026, 11, 1, tzinfo=UTC), "")),
        (date(2026, 11, 1), None, (date(2026, 11, 1), "")),
        (None, date(2026, 11, 2), (date(2026, 11, 2), "")),
        (None, None, (NOW, FIRST_SEEN)),
        (datetime(2052, 3, 5, tzinfo=UTC), None, (NOW, CLAMPED)),
        (date(2026, 11, 24), date(2026, 11, 1), (NOW, CLAMPED)),
    ],
)
def test_a_post_says_where_its_date_is_not_the_feeds(
    published: date | None, updated: date | None, expected: tuple[date, str]
) -> None:
    (post,) = posts_of(entry(published=published, updated=updated))
    assert (post.date, post.date_from) == expected


def recorded(*, source: FeedSource = SOURCE, **fields: object) -> list[Post]:
    """What the release that could not read these dates recorded."""
    posts = posts_of(entry(**fields), source=source)
    return [replace(post, date_from="", first_reading=False) for post in posts]


def test_a_recorded_post_learns_it_with_its_next_revision_only() -> None:
    known = recorded(published=None)
    assert run(entry(published=None), known=known, now=LATER).changes == ()
    assert run(entry(), known=known, now=LATER).changes == ()
    revised = only(run(entry(html="<p>Another text altogether.</p>"), known=known, now=LATER)).post
    assert (revised.date, revised.date_from, revised.first_reading) == (NOW, FIRST_SEEN, False)


def test_a_recorded_date_of_the_feed_stays_one() -> None:
    revised = only(run(entry(html="<p>Another text altogether.</p>"), known=posts_of(entry()), now=LATER)).post
    assert revised.date_from == ""
    known = recorded(published=NOW)
    revised = only(run(entry(html="<p>Another text.</p>", published=NOW), known=known, now=LATER)).post
    assert revised.date_from == ""


def test_a_date_that_is_read_now_is_no_edit_even_where_the_text_repeats_it() -> None:
    html = "<p>November 1, 2026</p><p>The text of post 1, long enough to tell.</p>"
    for known in (recorded(html=html, published=None), recorded(html=html, published=None, updated=date(2026, 11, 9))):
        now_read = entry(html=html, updated=date(2026, 11, 9))
        assert run(now_read, known=known, now=LATER).changes == ()
        edited = replace(now_read, html=html.replace("long enough", "short enough"))
        assert only(run(edited, known=known, now=LATER)).kind is Kind.REVISE


def test_a_post_that_was_dated_by_its_change_is_recognised_under_other_names() -> None:
    changed = datetime(2026, 11, 9, 8, tzinfo=UTC)
    known = recorded(published=None, updated=changed)
    renamed = entry(guid="new", link="https://new.example/", html="<p>All is other now.</p>", updated=changed)
    change = only(run(renamed, known=known, now=LATER))
    assert (change.kind, change.post.path) == (Kind.REVISE, known[0].path)


def first_readings(*entries_: object, posts: list[Post], before: FeedIdentity | None, **options: object) -> list[bool]:
    author = replace(LARRY, **options)  # type: ignore[arg-type]
    terms = Terms(before=None if before is None else {SOURCE.url: before})
    made = plan(author, [(SOURCE, feed(*entries_))], posts, LATER, terms)  # type: ignore[arg-type]
    return [change.post.first_reading for change in made.changes if change.kind is Kind.ADD]


def test_what_comes_with_a_feeds_first_reading_says_so() -> None:
    assert first_readings(entry(1), entry(2), posts=[], before=FeedIdentity()) == [True, True]
    assert first_readings(entry(1), posts=[], before=None) == [True]


def test_what_comes_later_does_not_whatever_the_cache_has_lost() -> None:
    known = posts_of(entry(1))
    for before in (FeedIdentity(), FeedIdentity(title="L", entries="0" * 64), None):
        assert first_readings(entry(1), entry(2), posts=known, before=before) == [False]


def test_a_feed_that_had_nothing_to_give_was_read_all_the_same() -> None:
    assert first_readings(entry(1), posts=[], before=FeedIdentity(title="L", entries="0" * 64)) == [False]
    assert first_readings(entry(1), posts=[], before=FeedIdentity(title="L")) == [True]  # another member's, read anew


def test_another_feed_of_the_same_author_has_a_first_reading_of_its_own() -> None:
    known = posts_of(entry(1), source=OTHER)
    both = (SOURCE, OTHER)
    assert first_readings(entry(1), entry(2), posts=known, before=FeedIdentity(), feeds=both) == [True]


def test_a_feed_that_has_moved_had_its_first_reading_elsewhere() -> None:
    known = posts_of(entry(1), source=OLD)
    assert first_readings(entry(1), entry(2), posts=known, before=FeedIdentity()) == [False]
    assert first_readings(entry(1, guid="new"), entry(2), posts=known, before=FeedIdentity()) == [False]
    assert first_readings(entry(3), entry(2), posts=known, before=FeedIdentity()) == [True, True]


def test_what_a_feed_that_is_read_already_tells_too_is_new() -> None:
    author, known = replace(LARRY, feeds=(SOURCE, OTHER)), posts_of(entry(1))
    both = [(SOURCE, feed(entry(1), entry(2))), (OTHER, feed(entry(2), entry(3)))]
    terms = Terms(before={SOURCE.url: FeedIdentity(title="L"), OTHER.url: FeedIdentity()})
    made = plan(author, both, known, LATER, terms)
    assert {change.post.title: change.post.first_reading for change in made.changes} == {
        "Post 2": False,
        "Post 3": True,
    }


def test_undated_posts_of_a_first_reading_are_recorded_before_all_others() -> None:
    posts = posts_of(entry(2), entry(3, published=None), entry(1))
    assert [post.title for post in posts] == ["Post 3", "Post 1", "Post 2"]
    later = posts_of(entry(1), entry(2, published=None), entry(3))
    assert [dates.has_unknown_age(post) for post in later] == [True, False, False]
    assert not dates.has_unknown_age(replace(later[0], first_reading=False))
    assert not dates.has_unknown_age(replace(later[0], date_from=CLAMPED))


def test_notes_say_what_of_dates_does_not_count_and_what_does() -> None:
    assert list(date_notes(feed(entry(1), entry(2, published=None)), NOW)) == []
    (unread,) = date_notes(replace(feed(entry(1)), unread_dates=("soon 9", "later 9")), NOW)
    assert unread.startswith("2 entries have a date that cannot be read, such as 'soon 9': what counts is ")
    (late,) = date_notes(feed(entry(1), entry(2, published=datetime(2052, 3, 5, tzinfo=UTC))), NOW)
    assert late.startswith("1 entry has a date in the future, such as 2052-03-05T00:00:00Z: what counts is ")
    assert list(date_notes(feed(entry(1, published=NOW + timedelta(hours=14))), NOW)) == []
