"""Read what a feed says of its own rhythm, in its head and by its entries' dates. Main function: `hints`."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from generator.models import Entry, PollHints

NEWEST = 11
"""Dates that are looked at: the ten gaps between them are the rhythm."""
_BLOCK = 2000
"""Bytes of a list of hours or days that are looked at; the longest real one has some 600."""
_VALUE = re.compile(rb"<(?:hour|day)\b[^<>]*>\s*(\w{1,9})\s*<", re.IGNORECASE)


def hints(body: bytes, channel: Mapping[str, Any], entries: Iterable[Entry]) -> PollHints:
    """Return what the feed in `body` asks for; `channel` is feedparser's reading of its head.

    `skipHours` and `skipDays` are read from the bytes, because feedparser keeps only the last hour and day.
    """
    return PollHints(
        ttl=_word(channel, "ttl"),
        period=_word(channel, "sy_updateperiod"),
        frequency=_word(channel, "sy_updatefrequency"),
        skip_hours=_listed(body, rb"<skipHours\b"),
        skip_days=_listed(body, rb"<skipDays\b"),
        dates=newest(entries),
    )


def newest(entries: Iterable[Entry]) -> tuple[datetime, ...]:
    """Return when the newest entries were published, newest first; a day counts from midnight."""
    dates = (entry.published or entry.updated for entry in entries)
    moments = (when if isinstance(when, datetime) else datetime.combine(when, time(), UTC) for when in dates if when)
    return tuple(sorted(moments, reverse=True)[:NEWEST])


def _word(channel: Mapping[str, Any], key: str) -> str:
    value = channel.get(key)
    return value.strip()[:20] if isinstance(value, str) else ""


def _listed(body: bytes, name: bytes) -> tuple[str, ...]:
    match = re.search(name, body, re.IGNORECASE)
    if not match:
        return ()
    block = re.split(rb"</skip", body[match.end() : match.end() + _BLOCK], maxsplit=1, flags=re.IGNORECASE)[0]
    return tuple(value.decode("ascii", "replace") for value in _VALUE.findall(block))
