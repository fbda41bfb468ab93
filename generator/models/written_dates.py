"""Read dates as strangers wrote them: a moment in UTC, a day, or honestly nothing. Pure. Main function: `read`.

Feeds write RFC 822, RFC 3339 and much else, in many languages; a day without a time stays a day. What can be read in
two ways (`03/04/2020`, a month alone) is no date, unless the weekday beside it decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from html import unescape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

from generator.models.feed import Entry, When

EARLIEST, LATEST = 1970, 2200
_LANGUAGES = (
    "en de fr es it pt nl pl ru uk cs sv da nb fi hu tr el ro ar bg ca et fa he id is ja ko lt lv sk sl sr sv th vi zh"
)
"""Whose names of months are known. Croatian is not among them: its `listopad` is another month than the Polish one."""
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2,
    "eet": 2, "eest": 3, "msk": 3, "ist": 5.5, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "ast": -4, "adt": -3,
    "at": -4, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "ct": -6, "mst": -7, "mdt": -6, "mt": -7,
    "pst": -8, "pdt": -7, "pt": -8,
}  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(?<!\d)\d\d:\d\d(:\d\d)?")
_TIME = (
    r"(?:[\s,T-]|at|um|à)*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d+)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?:(?:GMT|UTC)?(?P<zone>[+-]\d\d:?(?:\d\d)?)Z?|(?P<named>[a-z]{1,5}|[a-z]+/[a-z_/]+))?"
    r"(?:\s*\([^)]*\)|\s[+-]\d{4})?"
)
_DAY = r"(?:(?P<weekday>[^\W\d]+)(?:\.?,\s*|\.?\s))?"
_NAME = r"(?P<name>[^\W\d_]+)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_DAY}(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:{_TIME})?",
        rf"(?P<year>\d{{4}})\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일](?:{_TIME})?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_DAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|er)?[\s-]{_NAME}\.?,?[\s-](?P<year>\d{{4}}|\d\d)(?:{_TIME}|\sGMT)?",
        rf"{_DAY}{_NAME}\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?:{_TIME})?",
        rf"[a-z]+\s{_NAME}\s(?P<day>\d{{1,2}})(?:{_TIME})\s(?P<year>\d{{4}})",
        rf"{_DAY}(?P<day>\d{{1,2}})(?:\.|\s)(?P<month>\d{{1,2}})(?:\.|\s)(?P<year>\d{{4}}|\d\d)(?:{_TIME})?",
        rf"{_DAY}(?P<first>\d{{1,2}})/(?P<other>\d{{1,2}})/(?P<year>\d{{4}}|\d\d)(?:{_TIME})?",
    )
)
Parts = dict[str, str | None]


def read(text: str, zone: tzinfo = UTC) -> When | None:
    """Return the moment or day in `text`; None where it is no date between 1970 and 2200.

    A time that does not tell its zone is one of `zone`.
    """
    folded = re.sub(r"\s+", " ", unescape(text)).strip()
    if re.fullmatch(r"1\d{9}", folded):
        return datetime.fromtimestamp(int(folded), UTC)
    for shape in _SHAPES:
        match = shape.fullmatch(folded)
        if match:
            return _when(match.groupdict(), zone)
    return None


def _when(parts: Parts, zone: tzinfo) -> When | None:
    days = list(_days(parts))
    if len(days) > 1 and parts.get("weekday"):
        days = [day for day in days if _is_weekday(day, parts["weekday"] or "")]
    if len(days) != 1 or not EARLIEST <= days[0].year <= LATEST:
        return None
    try:
        return _timed(days[0], parts, zone) if parts.get("hour") else days[0]
    except (ValueError, OverflowError):
        return None


def _days(parts: Parts) -> Iterator[date]:
    """Yield every day that the parts can mean: two where day and month could change places."""
    year, day, month = _year(parts["year"] or ""), parts.get("day"), parts.get("month")
    if parts.get("name"):
        month = str(_month((parts["name"] or "").lower()))
    for first, second in {
        (day, month),
        (parts.get("first"), parts.get("other")),
        (parts.get("other"), parts.get("first")),
    }:
        try:
            yield date(year, int(second or 0), int(first or 0))
        except ValueError:
            continue


def _year(text: str) -> int:
    """Two digits are those of 1970 to 2069 (RFC 2822 §4.3 draws such a line); four are meant as they stand."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 70 else 1900)


def _month(name: str) -> int:
    """Return the number of a month by its name, 0 where no language has it. Most feeds are dated in English."""
    return _months("en").get(name) or _months(_LANGUAGES).get(name, 0)


def is_month(name: str, day: date) -> bool:
    """Return whether a word, in lower case and without a full stop, is a name of the day's month in some language."""
    return _month(name) == day.month


def is_weekday(name: str, day: date) -> bool:
    """Whether a word, in lower case and without a full stop, is a name of the day of the week in some language."""
    return name in _weekdays()[day.weekday()]


@cache
def _weekdays() -> tuple[frozenset[str], ...]:
    """Names of the days from Monday, wide and short, in all of the languages."""
    names: tuple[set[str], ...] = tuple(set() for _ in range(7))
    for language in _LANGUAGES.split():
        for forms in Locale.parse(language).days.values():
            for number, name in [*forms["wide"].items(), *forms["abbreviated"].items()]:
                names[number].add(name.lower().rstrip("."))
    return tuple(map(frozenset, names))


@cache
def _months(languages: str) -> dict[str, int]:
    """Names of months, wide and short, in all of the languages; the first that knows a name wins."""
    names: dict[str, int] = {}
    for language in languages.split():
        for forms in Locale.parse(language).months.values():
            for number, name in [*forms["wide"].items(), *forms["abbreviated"].items()]:
                names.setdefault(name.lower().rstrip("."), number)
    return names | {"sept": 9}


def _is_weekday(day: date, name: str) -> bool:
    return _WEEKDAYS[day.weekday()] == name.lower()[:3]


def _timed(day: date, parts: Parts, zone: tzinfo) -> datetime | None:
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60:
        return None
    midnight = datetime(day.year, day.month, day.day, tzinfo=_zone(parts, zone))
    return (midnight + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)


def _zone(parts: Parts, default: tzinfo) -> tzinfo:
    offset, name = parts.get("zone") or "", (parts.get("named") or "").lower()
    if offset:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-distance if offset[0] == "-" else distance) if distance < timedelta(hours=24) else UTC
    if "/" in name:
        try:
            return ZoneInfo(parts["named"] or "")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return UTC
    return timezone(timedelta(hours=_ZONES.get(name, 0))) if name else default


def without_times(entries: Sequence[Entry], texts: Sequence[str]) -> list[Entry]:
    """Return the entries with days for dates, where each of two or more dates stands at midnight of its own zone.

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
