"""A date as a stranger wrote it → a moment in UTC, a day, or honestly nothing. Pure.

Feeds write RFC 822, RFC 3339 and much else, in many languages; a day without a time stays a day.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from generator.model import Entry, When

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "cet": 1, "cest": 2, "met": 1, "mest": 2, "bst": 1, "wet": 0, "west": 1, "eet": 2, "eest": 3, "msk": 3,
    "jst": 9, "ist": 5.5, "aest": 10, "aedt": 11,
}  # fmt: skip
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d+)?\s*(?P<half>[ap]m)?"
_ZONE = r"\s*(?P<zone>[+-]\d\d:?(?:\d\d)?|[a-z]{1,5})?(?:\s*\([^)]*\))?"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:(?:t|\s+|,\s*){_TIME}{_ZONE})?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_DAY_FIRST = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-](?P<name>[^\W\d]+)\.?,?[\s-](?P<year>\d{{4}}|\d\d)"
    rf"(?:,?\s+(?:at\s+)?{_TIME}{_ZONE})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(?P<name>[^\W\d]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"(?:,?\s+(?:at\s+)?{_TIME}{_ZONE})?",
    re.IGNORECASE,
)
_ASCTIME = re.compile(
    rf"[a-z]+\s+(?P<name>[a-z]+)\s+(?P<day>\d{{1,2}})\s+{_TIME}\s*(?P<zone>[a-z]{{1,5}}|[+-]\d{{4}})?\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<!\d)\d\d:\d\d(:\d\d)?")
_SHAPES = (_ISO, _COMPACT, _DAY_FIRST, _MONTH_FIRST, _ASCTIME)
EARLIEST, LATEST = 1970, 2200


def read(text: str) -> When | None:
    """The moment or day in `text`; None where it is no date between 1970 and 2200. A time without a zone is UTC."""
    folded = re.sub(r"\s+", " ", text).strip()
    for shape in _SHAPES:
        found = shape.fullmatch(folded)
        if found:
            return _when(found.groupdict())
    return None


def _when(parts: dict[str, str | None]) -> When | None:
    month = _month(parts)
    year = _year(parts["year"] or "")
    if month is None or not EARLIEST <= year <= LATEST:
        return None
    try:
        day = date(year, month, int(parts["day"] or 0))
        return _timed(day, parts) if parts.get("hour") else day
    except (ValueError, OverflowError):
        return None


def _year(text: str) -> int:
    """Two digits are those of 1970 to 2069 (RFC 2822 §4.3 draws such a line); four are meant as they stand."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 70 else 1900)


def _month(parts: dict[str, str | None]) -> int | None:
    if parts.get("month"):
        return int(parts["month"] or 0)
    return _MONTHS.get((parts["name"] or "").lower()[:3])


def _timed(day: date, parts: dict[str, str | None]) -> datetime | None:
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if parts.get("half"):
        hour = hour % 12 + (12 if (parts["half"] or "").lower() == "pm" else 0)
    midnight = datetime(day.year, day.month, day.day, tzinfo=_zone(parts.get("zone") or ""))
    if hour > 24 or minute > 59 or second > 61:
        return None
    return (midnight + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)


def _zone(text: str) -> timezone:
    if text[:1] in ("+", "-"):
        digits = text[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if text[0] == "-" else offset) if offset < timedelta(hours=24) else UTC
    return timezone(timedelta(hours=_ZONES.get(text.lower(), 0)))


def from_struct(parsed: object) -> datetime | None:
    """feedparser's own reading of a date, a UTC `struct_time`; None where it is nothing or out of range."""
    if not isinstance(parsed, tuple) or not EARLIEST <= parsed[0] <= LATEST:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None


def without_times(entries: Sequence[Entry], texts: Sequence[str]) -> list[Entry]:
    """The entries with days for dates, where each of two or more dates stands at midnight of its own zone.

    Such a publisher keeps no time (the news of gentoo.org is one): showing "00:00 UTC" would be a lie. `texts` are the
    dates as written.
    """
    clocks = [_CLOCK.search(text) for text in texts if text]
    if len(clocks) < 2 or any(clock is None or clock[0].strip("0:") for clock in clocks):
        return list(entries)
    days = [read(re.sub(r"[Tt\s]\s*\d\d:\d\d.*$", "", text.strip())) for text in texts]
    return [_of_day(entry, day) for entry, day in zip(entries, days, strict=True)]


def _of_day(entry: Entry, day: When | None) -> Entry:
    updated = None if entry.updated == entry.published else entry.updated
    return entry if day is None else replace(entry, published=day, updated=updated)
