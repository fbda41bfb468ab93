"""What becomes of a feed's state, by what was fetched and what a run made of that."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from generator.feeds.fetch import FetchError
from generator.models import Doubt, FeedIdentity, FeedState, PollHints, PollState, Response
from generator.update.feed_states import NO_NEWS, FeedOutcome, FeedVerdict, FetchResult, abandon, advance, record
from tests.support.entries import NOW
from tests.support.runs import RESPONSE

URL = RESPONSE.url
HOUR = timedelta(hours=1)
BEFORE = FeedState(
    etag="old",
    last_modified="Mon, 01 Nov 1999 10:00:00 GMT",
    body="hash before",
    settings="settings",
    title="Before",
    pending=True,
    doubts=(Doubt(path="posts/larry/x.md", digest="1", since=NOW),),
    read=NOW - 9 * HOUR,
    standing=PollState(failures=2, failing_since=NOW - 9 * HOUR),
)
NEWS = FetchResult(url=URL, at=NOW, outcome=RESPONSE, body="hash now", is_news=True)
SAME = FetchResult(url=URL, at=NOW, outcome=replace(RESPONSE, status=304, headers={}), body="hash before")
FAILED = FetchResult(url=URL, at=NOW, outcome=FetchError("It is away.", status=503), body="hash before")
IDENTITY = FeedIdentity(title="Now", entries="all of them")
LEARNT = {"title", "entries", "hints", "pending", "doubts"}
TAKEN = FeedOutcome(identity=IDENTITY, hints=PollHints(ttl="600"))


def differences(before: FeedState, after: FeedState) -> set[str]:
    """Names of the fields that differ."""
    return {field.name for field in fields(FeedState) if getattr(before, field.name) != getattr(after, field.name)}


@pytest.mark.parametrize(
    ("result", "outcome", "changed"),
    [
        (FAILED, NO_NEWS, {"outcome", "standing"}),
        (SAME, NO_NEWS, {"origin", "read", "standing"}),
        (NEWS, FeedOutcome(verdict=FeedVerdict.UNREADABLE, reason="No feed."), {"outcome", "standing"}),
        (NEWS, replace(TAKEN, verdict=FeedVerdict.FORGONE), {"standing"}),
        (NEWS, replace(TAKEN, verdict=FeedVerdict.FORGONE, reason="held"), {"outcome", "standing"}),
        (
            NEWS,
            TAKEN,
            {"etag", "last_modified", "body", "origin", "read", "standing", *LEARNT},
        ),
        (NEWS, NO_NEWS, {"etag", "last_modified", "body", "origin", "read", "standing"}),
    ],
    ids=["failed", "same", "unreadable", "forgone", "held", "taken", "not read"],
)  # fmt: skip
def test_what_changes(result: FetchResult, outcome: FeedOutcome, changed: set[str]) -> None:
    assert differences(BEFORE, advance(BEFORE, result, outcome)) == changed


@pytest.mark.parametrize("result", [FAILED, NEWS])
def test_what_gave_no_feed_is_a_failure(result: FetchResult) -> None:
    outcome = FeedOutcome(verdict=FeedVerdict.UNREADABLE, reason="No feed.") if result is NEWS else NO_NEWS
    after = advance(BEFORE, result, outcome)
    assert (after.standing.failures, after.outcome) == (3, "No feed." if result is NEWS else "It is away.")
    assert after.standing.failing_since == BEFORE.standing.failing_since
    assert after.standing.due is not None
    assert after.standing.due > NOW + 3 * HOUR


def test_a_feed_that_is_taken_says_when_it_is_due() -> None:
    assert advance(BEFORE, NEWS, TAKEN).standing.due == NOW + 10 * HOUR
    assert advance(BEFORE, NEWS, TAKEN).standing.failures == 0


def test_a_304_keeps_the_fields_that_it_does_not_repeat() -> None:
    after = advance(replace(BEFORE, cache_control="max-age=7200"), SAME)
    assert (after.etag, after.cache_control, after.standing.due) == ("old", "max-age=7200", NOW + 6 * HOUR)
    again = replace(SAME, outcome=replace(RESPONSE, status=304, headers={"etag": "newer"}))
    assert advance(BEFORE, again).etag == "newer"


@pytest.mark.parametrize("result", [FAILED, SAME, NEWS], ids=["failed", "same", "news"])
def test_of_an_abandoned_run_only_when_to_ask_again_is_left(result: FetchResult) -> None:
    after = abandon(BEFORE, result)
    assert differences(BEFORE, after) == {"standing"}
    assert after.standing.due is not None
    assert (after.standing.due == NOW + HOUR) == (result is NEWS)


def test_an_abandoned_run_obeys_what_the_server_asked_for() -> None:
    away = FetchError("It is away.", status=503, headers={"retry-after": "86400"})
    after = abandon(BEFORE, replace(FAILED, outcome=away))
    assert (after.standing.due, after.standing.held_off) == (NOW + 24 * HOUR, True)


def test_the_line_of_the_log() -> None:
    moved = replace(RESPONSE, requests=3, milliseconds=12)
    line = record(replace(NEWS, outcome=moved), FeedOutcome(reason="held: it floods", notes=("a", "b")))
    assert (line.status, line.bytes, line.milliseconds, line.redirects) == (200, 6, 12, 2)
    assert (line.reason, line.notes) == ("held: it floods", ("a", "b"))
    line = record(FAILED)
    assert (line.status, line.bytes, line.redirects, line.reason) == (503, 0, 0, "It is away.")
    assert isinstance(NEWS.outcome, Response)
