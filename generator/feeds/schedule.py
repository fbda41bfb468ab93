"""Decide when to fetch a feed again. Pure. Main functions: `after_success` and `after_failure`.

Polling manners after RFC 9111 (freshness), RFC 9110 §10.2.3 (Retry-After), RSS 2.0 (ttl, skipHours, skipDays) and the
syndication module of RSS 1.0. Never sooner than an hour, at most a day, unless the server asks for more.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

from generator.models import DAY, HOUR, PollHints, PollState, after_skipped

SHORTEST, LONGEST = HOUR, DAY
LONGEST_WISH = timedelta(days=7)
"""The longest that a Retry-After is obeyed."""
UNHINTED = timedelta(hours=6)
_PERIODS = {"hourly": HOUR, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}


def after_success(
    before: PollState, *, now: datetime, headers: Mapping[str, str], hints: PollHints, moved_to: str = ""
) -> PollState:
    """Return the standing after a 200 that could be read, or a 304."""
    conditional = bool(headers.get("etag") or headers.get("last-modified"))
    wait = max(SHORTEST if conditional else LONGEST, _freshness(headers, now), _wished(hints), _rhythm(hints))
    due = after_skipped(now + min(wait, LONGEST), hints)
    since = before.moved_since if moved_to and moved_to == before.moved_to else now if moved_to else None
    return PollState(due=due, moved_to=moved_to, moved_since=since)


def after_failure(before: PollState, *, now: datetime, url: str, status: int, headers: Mapping[str, str]) -> PollState:
    """Return the standing after anything else; `status` is 0 where no answer came."""
    failures = before.failures + 1
    asked = _retry_after(headers, now) if status in (429, 503) else None
    wait = asked or (DAY if status == 429 else _back_off(failures, url))
    gone_dates = before.gone_dates
    if status == 410 and now.date().isoformat() not in gone_dates:
        gone_dates = (*gone_dates, now.date().isoformat())
    return replace(
        before,
        due=now + wait,
        held_off=asked is not None,
        failures=failures,
        failing_since=before.failing_since or now,
        gone_dates=gone_dates if status == 410 else (),
    )


def _freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long the answer stays fresh, less than nothing where it is stale: RFC 9111 §4.2, for a private
    cache.
    """
    control = headers.get("cache-control", "").lower()
    if re.search(r"\b(no-cache|no-store)\b", control):
        return timedelta(0)
    max_age = re.search(r"(?<![\w-])max-age\s*=\s*\"?(\d{1,10})", control)
    if max_age:
        age = re.fullmatch(r"\s*(\d{1,10})\s*", headers.get("age", ""))
        return timedelta(seconds=int(max_age[1]) - (int(age[1]) if age else 0))
    expires = _http_date(headers.get("expires", ""))
    return expires - (_http_date(headers.get("date", "")) or now) if expires else timedelta(0)


def _wished(hints: PollHints) -> timedelta:
    """Return the interval that the feed asks for."""
    ttl = timedelta(minutes=int(hints.ttl)) if re.fullmatch(r"\d{1,6}", hints.ttl.strip()) else timedelta(0)
    period = _PERIODS.get(hints.period.strip().lower(), timedelta(0))
    often = int(hints.frequency) if re.fullmatch(r"[1-9]\d{0,4}", hints.frequency.strip()) else 1
    return max(ttl, period / often)


def _rhythm(hints: PollHints) -> timedelta:
    """Return a twelfth of the usual gap between the newest entries: who writes weekly is asked twice a day."""
    newest = sorted(hints.dates, reverse=True)[:11]
    gaps = sorted(later - earlier for later, earlier in pairwise(newest))
    return gaps[len(gaps) // 2] / 12 if gaps else UNHINTED


def _back_off(failures: int, url: str) -> timedelta:
    """Return one hour, then twice as long each time, to a day; with up to a tenth more, so that feeds do not come
    in step.
    """
    wait: timedelta = min(HOUR * 2 ** min(failures - 1, 10), DAY)
    share = hashlib.sha256(f"{url} {failures}".encode()).digest()[0] / 2560
    return wait + wait * share


def _retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return what the server asks for, at least an hour and at most a week; None where it says nothing that can be
    read.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,12}", text):
        return min(max(timedelta(seconds=int(text)), SHORTEST), LONGEST_WISH)
    until = _http_date(text)
    if until is None:
        return None
    wait = until - (_http_date(headers.get("date", "")) or now)
    return min(max(wait, SHORTEST), LONGEST_WISH) if wait > timedelta(0) else None


def _http_date(text: str) -> datetime | None:
    """Return a date in one of HTTP's three forms (RFC 9110 §5.6.7)."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date
