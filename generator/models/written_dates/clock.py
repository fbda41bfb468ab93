"""Times of day in dates, with their half of the day and their zone. Pure. Main function: `clocks`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo

from generator.models.written_dates import names
from generator.models.written_dates.zones import is_last_word, take_zone

_HOURS = r"(?:h|hs|hrs?|uhr|uur|[時时點点시чน])(?![^\W\d_])\.?"
_COLONS = re.compile(
    rf"(?<![\d:.+])(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d+)?(?![\d:])(?:\s?{_HOURS})?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?<![\d:.])(?P<hour>\d{{1,2}})(?:\s?{_HOURS}"
    r"(?:\s?(?P<minute>\d\d|\d(?=\s?[分분]))(?!\d)(?:\s?(?:min|m|мин|[分분])(?![^\W\d_])\.?)?"
    r"(?:\s?(?P<second>\d{1,2})\s?(?:sec|s|с|[秒초])(?![^\W\d_])\.?)?)?"
    r"|(?=\s?[ap]\.?\s?m\b))",
    re.IGNORECASE,
)
_DOTS = re.compile(rf"(?<![\d.])(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?:\.(?P<second>\d\d))?(?![\d.])(?:\s?{_HOURS})?")
_ENGLISH = re.compile(r"\s?(?P<half>[ap])\.?\s?m\b\.?", re.IGNORECASE)
_ENGLISH_BEFORE = re.compile(r"\b(?P<half>[AP])\.?M\.?\s*$")
_DAY_ZONE = re.compile(r"(?<=\d)\+\d\d:\d\d$")
"""The zone of a day, which says nothing of its date."""
_MOST = 4
"""Words that name a half of the day: `de la tarde`."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time of day, and the text without it."""

    rest: str
    after_midnight: timedelta | None = None
    """None where the text tells no time."""
    zone: tzinfo | None = None
    """None where the time does not tell its zone."""


def clocks(text: str) -> Iterator[Clock]:
    """Yield the ways to read a time of day from the text: `10.15` may be one, or a part of a date.

    Raises:
        ValueError: The text has a time that no clock shows.
    """
    match = _COLONS.search(text) or _WORDS.search(text)
    if match:
        yield _clock(match)
        return
    yield Clock(rest=_DAY_ZONE.sub("", text))
    dotted = list(_DOTS.finditer(text))
    if dotted:
        yield _clock(dotted[-1])


def _clock(match: "re.Match[str]") -> Clock:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError(match[0])
    before, after = match.string[: match.start()], match.string[match.end() :]
    half, before, after = _english(before, after)
    zone, after = take_zone(after)
    if not half and hour <= 12:
        half, before, after = _half(before, after, has_zone=zone is not None)
    if zone is None:
        zone, after = take_zone(after)
    if zone is None and is_last_word(after):  # an abbreviation that nobody knows: most are a program's fault
        zone, after = UTC, ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(
        rest=f"{before} {after}", after_midnight=timedelta(hours=hour, minutes=minute, seconds=second), zone=zone
    )


def _english(before: str, after: str) -> tuple[str, str, str]:
    """Take `a` or `p` from behind the time, or from before it."""
    behind, ahead = _ENGLISH.match(after), _ENGLISH_BEFORE.search(before)
    if behind:
        return behind["half"].lower(), before, after[behind.end() :]
    return (ahead["half"].lower(), before[: ahead.start()], after) if ahead else ("", before, after)


def _half(before: str, after: str, *, has_zone: bool) -> tuple[str, str, str]:
    """Return the same in other languages. A word in plain letters before a time is more likely a day of the week."""
    words = [] if has_zone else after.replace(".", "").split()
    for number in range(min(len(words), _MOST), 0, -1):
        half = names.half("".join(words[:number]))
        if half:
            return half, before, " ".join(words[number:])
    word = (before.split() or [""])[-1]
    if word.isascii():
        return "", before, after
    half = names.half(word) or names.half(word[-2:])  # Chinese writes the day of the week before it without a space
    return half, before, after
