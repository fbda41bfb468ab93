"""What a run reports adds up."""

import json

import pytest

from generator.errors import PlanetError
from generator.feeds.fetch import FetchError
from generator.models import Change, Kind
from generator.update.feed_states import FeedOutcome, FeedVerdict, FetchResult
from generator.update.recording import Decision, Recorded
from generator.update.report import UpdateReport
from tests.support.entries import NOW, entry, posts_of
from tests.support.runs import RESPONSE, context


def test_a_report_adds_up_or_fails() -> None:
    (post,) = posts_of(entry())
    change = Change(kind=Kind.ADD, post=post)
    with pytest.raises(PlanetError, match="1 changes but 0 files"):
        UpdateReport.of(context(), [], [Recorded(decision=Decision(changes=(change,)))], {})
    refused = Recorded(decision=Decision(changes=(change,)), refused={post.path: "too large"})
    report = UpdateReport.of(context(), [], [refused], {})
    assert (report.kinds.total(), report.held, report.notes) == (
        0, 1, [f"{post.path}: held, because the remote refuses it: too large"],
    )  # fmt: skip


def test_every_feed_counts_once() -> None:
    outcomes = {"b": FeedOutcome(verdict=FeedVerdict.UNREADABLE, reason="This is no feed.")}
    results = [
        FetchResult(url="a", at=NOW, outcome=FetchError("It is gone.", status=410), requests=2),
        FetchResult(url="b", at=NOW, outcome=RESPONSE, is_news=True, requests=1, bytes=7),
        FetchResult(url="c", at=NOW, outcome=RESPONSE, is_news=True, requests=1, bytes=7),
        FetchResult(url="d", at=NOW, outcome=RESPONSE, requests=1),
    ]
    report = UpdateReport.of(context(*"abcde"), results, [Recorded(decision=Decision(feeds=outcomes))], {})
    assert (report.planned, report.ok, report.unchanged, report.skipped) == (5, 1, 1, 1)
    assert [(failure.feed, failure.reason) for failure in report.failures] == [
        ("a", "It is gone."), ("b", "This is no feed."),
    ]  # fmt: skip
    assert (report.requests, report.bytes) == (5, 14)
    assert report.summary() == "2 of 5 feeds read (1 unchanged), 2 failed: no news"


def test_the_report_as_json() -> None:
    report = UpdateReport(planned=1, ok=1, seconds={"fetch": 0.12345}, bytes=7, requests=2)
    assert json.loads(report.to_json()) == {
        "feeds": {"ok": 1, "unchanged": 0, "failed": 0, "skipped": 0},
        "posts": {"new": 0, "revised": 0, "withdrawn": 0, "repaired": 0, "held": 0},
        "requests": 2,
        "bytes": 7,
        "seconds": {"fetch": 0.123},
        "failures": [],
        "faults": [],
        "kept_away": 0,
        "notes": [],
        "removed": {},
        "commit": None,
    }
