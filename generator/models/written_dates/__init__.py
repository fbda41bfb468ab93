"""Read dates as strangers wrote them: a moment in UTC, a day, or honestly nothing. Pure. Main function: `read`.

Feeds write RFC 822, RFC 3339 and much else, in many languages; a day without a time stays a day. There is no list of
shapes: a date has a time of day with its zone behind it (`clock`, `zones`), and what is left are three numbers, or two
and the name of a month, among small words (`days`, `names`). What can be read in two ways (`03/04/2020`, a month alone)
is no date, unless the weekday beside it decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from html import unescape
from unicodedata import category, normalize

from generator.models.feed import Entry, When
from generator.models.written_dates import names
from generator.models.written_dates.clock import Clock, clocks
from generator.models.written_dates.days import LATEST, day

EARLIEST = 1970
_EPOCH = date(1969, 12, 31), date(1970, 1, 1)
"""The days that a zero means, somewhere on Earth."""
_LONGEST = 1000
"""Characters of a date with its markup."""
_SHOWN = 60
"""Characters of one that a note shows."""
_CLOCK = re.compile(r"(?<!\d)\d\d:\d\d(:\d\d)?")
_VALUE = re.compile(r"\b(?:datetime|content|title)\s*=\s*[\"']([^\"'<>]*)", re.IGNORECASE)
_MARKUP = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]*>")
_ONE_SIGN = str.maketrans("‐‑‒–—−،؛、。", "------,,,,")
_SECONDS = re.compile(r"(1\d{9})(?:\d{3}){0,3}(?:\.\d+)?")
"""Seconds since 1970, or thousandths, millionths, billionths of one."""
_AT_LENGTH = tuple(
    (re.compile(short), long)
    for short, long in (
        (r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일號号]?", r" \1-\2-\3 "),
        (r"(?<!\d)(\d{8})(\d\d)(\d\d)(\d\d)(?!\d)", r"\1T\2:\3:\4"),
        (r"(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)", r"\1-\2-\3"),
        (r"(?<=\d)T(\d\d)(\d\d)(\d\d)(?!\d)", r"T\1:\2:\3"),
        (r"(?<=\d)T(\d\d)(\d\d)(?!\d)", r"T\1:\2"),
    )
)
"""Dates whose parts are told by signs or by their places alone, and how ISO 8601 writes them at length."""
_NOTHING = re.compile(r"(?:\D|0)*|.*(?<!\d)000[01](?!\d).*", re.DOTALL)


def read(text: str, zone: tzinfo = UTC) -> When | None:
    """Return the moment or day in `text`; None where it is no date between 1970 and 2200.

    A time that does not tell its zone is one of `zone`.
    """
    readings = (when for when in _readings(text, zone) if _EPOCH[-1] < _day(when) and when.year <= LATEST)
    return next(readings, None)


def says_nothing(text: str) -> bool:
    """Return whether the text is what programs write for no date: `false`, a zero, the year 0 or 1, the epoch."""
    return bool(_NOTHING.fullmatch(text)) or any(_day(when) in _EPOCH for when in _readings(text, UTC))


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when


def _readings(text: str, zone: tzinfo) -> Iterator[When]:
    """Yield the dates in the values of the text's markup that machines read, then that in its words."""
    text = unescape(text) if len(text) <= _LONGEST else ""
    values = _VALUE.findall(text) if "<" in text else []
    for telling in (*values, _MARKUP.sub(" ", text)):
        when = _when(_plain(telling), zone)
        if when is not None:
            yield when


def _plain(text: str) -> str:
    """Return the text with one sign for what several mean (widths, dashes, spaces), and at length."""
    text = normalize("NFKC", text).translate(_ONE_SIGN)
    text = text if text.isascii() else "".join(sign for sign in text if category(sign) != "Cf")
    for short, long in _AT_LENGTH:
        text = short.sub(long, text)
    return " ".join(text.split())


def _when(text: str, zone: tzinfo) -> When | None:
    seconds = _SECONDS.fullmatch(text)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    try:
        readings = (_timed(clock, zone) for clock in clocks(text))
        return next((when for when in readings if when is not None), None)
    except (ValueError, OverflowError):
        return None


def _timed(clock: Clock, zone: tzinfo) -> When | None:
    date_ = day(clock.rest)
    if date_ is None or clock.after_midnight is None:
        return date_
    midnight = datetime(date_.year, date_.month, date_.day, tzinfo=clock.zone or zone)
    return (midnight + clock.after_midnight).astimezone(UTC)


def unread(entry: Entry, published: str, updated: str) -> str:
    """Return the text from which the entry's publication should have been read and was not; else nothing.

    Both texts are those of the feed. The second says when an entry was published where the first is empty.
    """
    text = published or ("" if entry.updated else updated)
    return "" if entry.published or says_nothing(text) else " ".join(text[:_SHOWN].split())


def is_month(name: str, day: date) -> bool:
    """Return whether a word, in lower case and without a full stop, is a name of the day's month in some language."""
    return names.is_month(name, day.month)


def is_weekday(name: str, day: date) -> bool:
    """Return whether a word, in lower case and without a full stop, is a name of the day of the week in some
    language.
    """
    return names.is_weekday(name, day.weekday())


def without_times(entries: Sequence[Entry], texts: Sequence[str]) -> list[Entry]:
    """Return the entries with days for dates, where each of two or more dates stands at midnight of its own zone.

    Such a publisher keeps no time (the news of gentoo.org is one): showing "00:00 UTC" would be a lie. `texts` are the
    dates as written.
    """
    clocks = [_CLOCK.search(text) for text in texts if text]
    if len(clocks) < 2 or any(clock is None or clock[0].strip("0:") for clock in clocks):
        return list(entries)
    days = [read(re.sub(r"[Tt ] ?\d\d:\d\d.*$", "", " ".join(text.split()))) for text in texts]
    return [_of_day(entry, day) for entry, day in zip(entries, days, strict=True)]


def _of_day(entry: Entry, day: When | None) -> Entry:
    updated = None if entry.updated == entry.published else entry.updated
    return entry if day is None else replace(entry, published=day, updated=updated)
