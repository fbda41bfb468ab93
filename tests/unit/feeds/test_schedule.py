"""When to call again: the table of polling manners."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.feeds import schedule
from generator.feeds.schedule import PollHints
from generator.models import feed_state
from generator.models.feed_state import DAY, HOUR, PollState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
KIND = {"etag": '"1"'}
DAILY = PollHints(dates=[NOW - DAY * number for number in range(12)])
HOURLY = PollHints(dates=[NOW - HOUR * number for number in range(12)])
AGES = [0, 24, 48, 72, 96, 120, 168, 216, 264, 312, 360, 361, 362, 363, 364, 365]
"""Hours: five gaps of a day, five of two, and below them older ones that do not count."""
UNEVEN = PollHints(dates=tuple(NOW - HOUR * age for age in reversed(AGES)))
URL = "https://larry.example/feed"


def wait(headers: dict[str, str] | None = None, hints: PollHints = HOURLY) -> timedelta:
    due = schedule.after_success(PollState(), now=NOW, headers=KIND | (headers or {}), hints=hints).due
    assert due is not None
    return due - NOW


def failed(status: int, headers: dict[str, str] | None = None, before: PollState | None = None) -> PollState:
    return schedule.after_failure(before or PollState(), now=NOW, url=URL, status=status, headers=headers or {})


def test_an_unknown_address_is_due_and_has_no_past() -> None:
    assert PollState().is_due(NOW)
    assert (PollState().moved_to, PollState().failures, PollState().gone_dates) == ("", 0, ())


def test_never_sooner_than_an_hour() -> None:
    assert wait() == HOUR


@pytest.mark.parametrize(
    ("headers", "hours"),
    [
        ({"cache-control": "max-age=7200"}, 2),
        ({"cache-control": "public, Max-Age=7200, s-maxage=60"}, 2),
        ({"cache-control": "s-maxage=36000"}, 1),
        ({"cache-control": "max-age=7200", "age": "3600"}, 1),
        ({"cache-control": "max-age=10800", "age": "3600"}, 2),
        ({"cache-control": "max-age=31536000"}, 24),
        ({"cache-control": "max-age=99999999999999"}, 24),
        ({"cache-control": "max-age=7200", "age": "soon"}, 2),
        ({"cache-control": "max-age=7200", "age": "9999999999"}, 1),
        ({"cache-control": 'max-age = "7200"'}, 2),
        ({"cache-control": "max-age=0"}, 1),
        ({"cache-control": "no-cache, max-age=7200"}, 1),
        ({"cache-control": "no-store"}, 1),
        ({"cache-control": "rubbish"}, 1),
        ({"expires": "Mon, 23 Nov 2026 15:00:00 GMT"}, 3),
        ({"expires": "Mon, 23 Nov 2026 15:00:00 GMT", "date": "Mon, 23 Nov 2026 10:00:00 GMT"}, 5),
        ({"expires": "0"}, 1),
        ({"expires": "Mon, 23 Nov 2020 15:00:00 GMT"}, 1),
        ({"expires": "Mon, 23 Nov 2026 15:00:00 GMT", "cache-control": "max-age=7200"}, 2),
    ],
)
def test_freshness_is_a_floor(headers: dict[str, str], hours: int) -> None:
    assert wait(headers) == HOUR * hours


@pytest.mark.parametrize(
    ("hints", "hours"),
    [
        (PollHints(ttl="180", dates=HOURLY.dates), 3),
        (PollHints(ttl="99999", dates=HOURLY.dates), 24),
        (PollHints(ttl="-5 minutes", dates=HOURLY.dates), 1),
        (PollHints(period="daily", frequency="4", dates=HOURLY.dates), 6),
        (PollHints(period="hourly", dates=HOURLY.dates), 1),
        (PollHints(period="daily", dates=HOURLY.dates), 24),
        (PollHints(period="weekly", frequency="0", dates=HOURLY.dates), 24),
        (PollHints(period="weekly", frequency="14", dates=HOURLY.dates), 12),
        (PollHints(period="monthly", frequency="60", dates=HOURLY.dates), 12),
        (PollHints(period="yearly", frequency="730", dates=HOURLY.dates), 12),
        (PollHints(period=" Daily ", frequency=" 2 ", dates=HOURLY.dates), 12),
        (UNEVEN, 4),
        (PollHints(period="sometimes", dates=HOURLY.dates), 1),
        (DAILY, 2),
        (PollHints(dates=[NOW - 7 * DAY * number for number in range(12)]), 14),
        (PollHints(dates=[NOW - 90 * DAY * number for number in range(12)]), 24),
        (PollHints(), 6),
        (PollHints(dates=[NOW]), 6),
    ],
)
def test_the_feeds_own_rhythm(hints: PollHints, hours: int) -> None:
    assert wait(hints=hints) == HOUR * hours


@pytest.mark.parametrize(
    ("hints", "due"),
    [
        (PollHints(skip_hours=("13", "14"), dates=HOURLY.dates), NOW + 3 * HOUR),
        (PollHints(skip_hours=("24", "x"), dates=HOURLY.dates), NOW + HOUR),
        (PollHints(skip_days=("Monday",), dates=HOURLY.dates), NOW + 12 * HOUR),
        (PollHints(skip_hours=tuple(map(str, range(24))), dates=HOURLY.dates), NOW + HOUR),
        (PollHints(skip_days=tuple(day.title() for day in feed_state._WEEKDAYS), dates=HOURLY.dates), NOW + HOUR),
    ],
)
def test_hours_and_days_that_a_feed_skips(hints: PollHints, due: datetime) -> None:
    assert NOW + wait(hints=hints) == due


def test_a_skipped_hour_is_skipped_though_the_feed_is_due() -> None:
    standing, hints = PollState(due=NOW), PollHints(skip_hours=("12",))
    assert standing.is_due(NOW)
    assert not standing.is_due(NOW, hints=hints)
    assert not standing.is_due(NOW + HOUR / 2, hints=hints)
    assert standing.is_due(NOW + HOUR, hints=hints)
    assert standing.is_due(NOW, hints=hints, force=True)
    assert not PollState(due=NOW, held_off=True).is_due(NOW - HOUR, hints=hints, force=True)


@pytest.mark.parametrize("day", range(7))
def test_each_day_of_the_week_can_be_skipped(day: int) -> None:
    now = NOW + DAY * day
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", " SUNDAY ")
    hints = PollHints(skip_days=(names[day],), dates=HOURLY.dates)
    assert schedule.after_success(PollState(), now=now, headers=KIND, hints=hints).due == now + 12 * HOUR


def test_the_hour_24_is_the_first_of_the_day() -> None:
    now = NOW + 11 * HOUR + timedelta(minutes=7, seconds=8, microseconds=9)
    hints = PollHints(skip_hours=(" 24 ",), dates=HOURLY.dates)
    assert schedule.after_success(PollState(), now=now, headers=KIND, hints=hints).due == NOW + 13 * HOUR


@pytest.mark.parametrize("name", ["etag", "last-modified"])
def test_one_validator_suffices(name: str) -> None:
    assert schedule.after_success(PollState(), now=NOW, headers={name: "x"}, hints=HOURLY).due == NOW + HOUR


def test_a_server_without_validators_is_asked_once_a_day() -> None:
    assert schedule.after_success(PollState(), now=NOW, headers={}, hints=HOURLY).due == NOW + DAY


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("86400", DAY),
        ("7200", 2 * HOUR),
        ("1", HOUR),
        ("999999999", 7 * DAY),
        ("Mon, 23 Nov 2026 15:00:00 GMT", 3 * HOUR),
        ("Monday, 23-Nov-26 15:00:00 GMT", 3 * HOUR),
        ("Mon Nov 23 15:00:00 2026", 3 * HOUR),
    ],
)
def test_retry_after_is_obeyed_even_by_force(status: int, text: str, wanted: timedelta) -> None:
    standing = failed(status, {"retry-after": text})
    assert standing.due == NOW + wanted
    assert not standing.is_due(NOW + wanted - timedelta(seconds=1), force=True)
    assert standing.is_due(NOW + wanted)


def test_retry_after_counts_from_the_servers_own_clock() -> None:
    told = {"retry-after": "Sun, 22 Nov 2026 15:00:00 GMT", "date": "Sun, 22 Nov 2026 12:00:00 GMT"}
    assert failed(503, told).due == NOW + 3 * HOUR


@pytest.mark.parametrize("text", ["", "soon", "Mon, 23 Nov 2020 15:00:00 GMT", "-5"])
def test_a_retry_after_that_says_nothing(text: str) -> None:
    assert failed(429, {"retry-after": text}).due == NOW + DAY
    due = failed(503, {"retry-after": text}).due
    assert due is not None
    assert HOUR <= due - NOW <= HOUR * 1.1


def test_a_retry_after_of_this_moment_says_nothing() -> None:
    told = {"retry-after": "Mon, 23 Nov 2026 12:00:00 GMT", "date": "Mon, 23 Nov 2026 12:00:00 GMT"}
    assert failed(429, told).due == NOW + DAY
    assert not failed(429, told).held_off


def test_a_time_of_no_zone_is_one_of_utc() -> None:
    assert failed(503, {"retry-after": "Mon, 23 Nov 2026 15:00:00 -0000"}).due == NOW + 3 * HOUR


@pytest.mark.parametrize("status", [0, 404, 500])
def test_retry_after_counts_only_for_those_who_may_say_it(status: int) -> None:
    standing = failed(status, {"retry-after": "86400"})
    assert standing.due is not None
    assert standing.due < NOW + 2 * HOUR
    assert not standing.held_off


@pytest.mark.parametrize("status", [0, 401, 403, 404, 451, 500, 502])
def test_failures_back_off_to_a_day_and_success_forgets_them(status: int) -> None:
    standing, waits = PollState(), []
    for _ in range(8):
        standing = failed(status, before=standing)
        assert standing.due is not None
        waits.append((standing.due - NOW) / HOUR)
        assert standing.is_due(NOW, force=True)
    assert all(low <= hours <= low * 1.1 for hours, low in zip(waits, [1, 2, 4, 8, 16, 24, 24, 24], strict=True))
    assert standing.failing_since == NOW
    assert schedule.after_success(standing, now=NOW, headers=KIND, hints=HOURLY).failures == 0


def test_gone_is_believed_on_the_third_day() -> None:
    standing = PollState()
    for day in range(3):
        assert not standing.is_gone
        for _ in range(2):
            now = NOW + DAY * day
            standing = schedule.after_failure(standing, now=now, url=URL, status=410, headers={})
    assert standing.is_gone
    assert not standing.is_due(NOW + 365 * DAY)
    assert standing.is_due(NOW + 3 * DAY, force=True)
    assert standing.at_once().is_due(NOW + 3 * DAY)
    again = schedule.after_failure(PollState(gone_dates=("a", "b")), now=NOW, url=URL, status=404, headers={})
    assert again.gone_dates == ()


def test_a_move_is_told_after_a_week_of_the_same_answer() -> None:
    first = schedule.after_success(PollState(), now=NOW, headers=KIND, hints=HOURLY, moved_to="https://new.example/")
    assert not first.moved_long_ago(NOW)
    same = schedule.after_success(first, now=NOW + 7 * DAY, headers=KIND, hints=HOURLY, moved_to="https://new.example/")
    assert same.moved_long_ago(NOW + 7 * DAY)
    other = schedule.after_success(same, now=NOW + 7 * DAY, headers=KIND, hints=HOURLY, moved_to="https://x.example/")
    assert not other.moved_long_ago(NOW + 7 * DAY)
    assert schedule.after_success(same, now=NOW, headers=KIND, hints=HOURLY).moved_since is None


names = st.sampled_from(["cache-control", "expires", "age", "date", "etag", "retry-after"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(names, st.text(max_size=30) | st.from_regex(r"max-age=\d{1,20}", fullmatch=True)),
    st.builds(
        PollHints, ttl=st.text(max_size=8), period=st.text(max_size=8), skip_hours=st.tuples(st.text(max_size=3))
    ),
    st.integers(0, 599),
)
def test_whatever_a_server_says_the_next_call_is_in_an_hour_to_a_week(
    headers: dict[str, str], hints: PollHints, status: int
) -> None:
    success = schedule.after_success(PollState(), now=NOW, headers=headers, hints=hints).due
    failure = schedule.after_failure(PollState(), now=NOW, url=URL, status=status, headers=headers).due
    assert success is not None
    assert failure is not None
    assert NOW + HOUR <= success <= NOW + DAY + HOUR
    assert NOW + HOUR <= failure <= NOW + 7 * DAY
