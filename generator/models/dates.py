"""Dates as the archive holds them, `When`: moments or days, their order and their texts."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from generator.models.feed import When
from generator.models.post import FIRST_SEEN, Post, PostHead

_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def moment(when: When) -> datetime:
    """Return the moment itself, or midnight UTC of a day: for sorting and comparing."""
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)


def has_unknown_age(post: PostHead) -> bool:
    """Return whether a post is of nobody knows when: it had no date, and came with the first reading of its feed.

    All that is certain is that it is older than that. What comes undated later is new when it comes.
    """
    return post.first_reading and post.date_from == FIRST_SEEN


def sort_key(post: Post) -> tuple[bool, datetime, str]:
    """Return the order in which posts are recorded: those of unknown age, then oldest first, then by path."""
    return not has_unknown_age(post), moment(post.date), post.path


def to_iso(when: When) -> str:
    """ISO 8601: seconds in UTC, or the day alone where no time is known."""
    if not isinstance(when, datetime):
        return when.isoformat()
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def from_iso(text: str) -> When:
    """ISO 8601 text as written by `write_when` or by a person; a time without a zone is UTC. Raises ValueError."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    when = datetime.fromisoformat(text)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def moment_in(when: When, zone: ZoneInfo) -> datetime:
    """Return the moment that a date stands for, in UTC: where only a day is known, the start of that day in `zone`."""
    if isinstance(when, datetime):
        return when
    try:
        return datetime.combine(when, time(), zone).astimezone(UTC)
    except OverflowError:  # within a day of the calendar's ends
        return datetime.combine(when, time(), UTC)


def day_in(when: When, zone: ZoneInfo) -> date:
    """Return the calendar day in `zone` under which a date is shown; a plain date is its own day."""
    if not isinstance(when, datetime):
        return when
    try:
        return when.astimezone(zone).date()
    except OverflowError:
        return when.date()


def sort_key_in(post: PostHead, zone: ZoneInfo) -> tuple[bool, datetime, str]:
    """Return the order of posts on pages: those of unknown age before all others, then by their date.

    Within a moment it is by path, so that it never depends on the disk.
    """
    return not has_unknown_age(post), moment_in(post.date, zone), post.path


def iso(when: When) -> str:
    """`2019-10-13T14:34:00Z` (RFC 3339), or `2019-10-13` for a plain date."""
    if not isinstance(when, datetime):
        return when.isoformat()
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")  # HTML knows no microseconds


def rfc822(when: When) -> str:
    """`Sun, 13 Oct 2019 14:34:00 +0000`; a plain date counts from midnight."""
    at = when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S %z}"
