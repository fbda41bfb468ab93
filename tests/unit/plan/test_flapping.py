"""A post that changes again and again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from generator.models import Change, Kind, Post
from generator.plan.flapping import RecordedRevision, RevisionVerdict, verdict
from tests.support.entries import NOW, entry, posts_of


def past_of(*states: tuple[Post, datetime]) -> list[RecordedRevision]:
    return [RecordedRevision(post=post, when=when, by_planet=True) for post, when in reversed(states)]


def revision(before: Post, digest: str, **fields: str) -> Change:
    return Change(kind=Kind.REVISE, post=replace(before, digest=digest, **fields), before=before)  # type: ignore[arg-type]


def flapping(hours: range, digest_at: Callable[[int], str]) -> list[int]:
    """The hours in which a post that has `digest_at(hour)` is recorded."""
    (post,) = posts_of(entry())
    states, recorded = [(post, NOW)], []
    for hour in hours:
        now, before = NOW + timedelta(hours=hour), states[-1][0]
        change = revision(before, digest_at(hour))
        if change.post != before and verdict(change, past_of(*states), now) is RevisionVerdict.RECORD:
            states.append((change.post, now))
            recorded.append(hour)
    return recorded


def test_a_counter_is_recorded_once_a_day_and_24_times_in_all() -> None:
    recorded = flapping(range(1, 24 * 60), str)
    assert len(recorded) == 24
    assert recorded[:4] == [1, 2, 3, 27]
    assert {later - earlier for earlier, later in pairwise(recorded[2:])} == {24}


def test_a_daily_counter_stops_too() -> None:
    assert len(flapping(range(24, 24 * 60, 24), str)) == 24


def test_who_edits_now_and_then_is_never_held() -> None:
    weekly = range(0, 24 * 7 * 60, 24 * 7)
    assert flapping(weekly, lambda hour: str(hour)) == list(weekly)


def test_an_edit_taken_back_a_day_later_is_recorded_at_once() -> None:
    assert flapping(range(1, 31), lambda hour: "a" if hour < 3 else "b" if hour < 28 else "a") == [1, 3, 28]


def test_identifiers_that_swing_back_are_no_news() -> None:
    (post,) = posts_of(entry())
    moved = replace(post, guid="other", former_guids=(post.guid,))
    back = Change(kind=Kind.REVISE, post=replace(moved, guid=post.guid, former_guids=("other",)), before=moved)
    assert verdict(back, past_of((post, NOW), (moved, NOW)), NOW + timedelta(days=9)) is RevisionVerdict.IGNORE


def test_a_person_s_edit_is_seen_in_any_field() -> None:
    (post,) = posts_of(entry())
    edited = replace(post, lang="pl")
    past = [RecordedRevision(post=edited, when=NOW, by_planet=False), *past_of((post, NOW))]
    assert verdict(revision(edited, "new"), past, NOW) is RevisionVerdict.KEEP
    reformatted = [RecordedRevision(post=post, when=NOW, by_planet=False), *past_of((post, NOW))]
    assert verdict(revision(post, "new"), reformatted, NOW) is RevisionVerdict.RECORD
