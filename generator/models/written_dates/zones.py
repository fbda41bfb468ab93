"""Time zones as dates write them behind the time: distances, abbreviations, names of the tz database. Pure.

Main function: `take_zone`.
"""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_ABBREVIATIONS = {
    "hst": -10, "hdt": -9, "akst": -9, "akdt": -8, "pst": -8, "pdt": -7, "pt": -8, "mst": -7, "mdt": -6, "mt": -7,
    "cst": -6, "cdt": -5, "ct": -6, "est": -5, "edt": -4, "et": -5, "pet": -5, "cot": -5, "ast": -4, "adt": -3,
    "at": -4, "vet": -4, "bot": -4, "clt": -4, "clst": -3, "nst": -3.5, "ndt": -2.5, "art": -3, "brt": -3,
    "brst": -2, "uyt": -3, "ut": 0, "utc": 0, "gmt": 0, "cut": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "wat": 1,
    "cet": 1, "met": 1, "mez": 1, "cest": 2, "mest": 2, "mesz": 2, "cat": 2, "sast": 2, "eet": 2, "eest": 3, "eat": 3,
    "idt": 3, "trt": 3, "msk": 3, "msd": 4, "samt": 4, "irst": 3.5, "irdt": 4.5, "azt": 4, "aft": 4.5, "pkt": 5,
    "uzt": 5, "yekt": 5, "ist": 5.5, "npt": 5.75, "omst": 6, "mmt": 6.5, "ict": 7, "wib": 7, "novt": 7, "krat": 7,
    "sgt": 8, "hkt": 8, "myt": 8, "pht": 8, "wita": 8, "awst": 8, "irkt": 8, "ulat": 8, "jst": 9, "kst": 9,
    "wit": 9, "yakt": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "chst": 10, "vlat": 10, "magt": 11,
    "nzst": 12, "nzdt": 13, "fjt": 12, "chast": 12.75, "chadt": 13.75,
}  # fmt: skip
"""Hours ahead of UTC of names with one meaning, and of `ist`, `cst`, `bst`, `ast` as most feeds mean them."""
_DISTANCE = re.compile(
    r"[\s\[(]*(?:(?:GMT|UTC?|Z)\s?)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?![\d:])", re.IGNORECASE
)
_NAME = re.compile(r"[\s\[(]*(?P<name>[A-Za-z]+(?:/[A-Za-z_]+[\w+-]*)*)(?![^\W\d_])")
_IN_WORDS = re.compile(r"[\s\[(]*(?P<name>(?:[A-Z][a-z]+ ){1,3}Time)\b")
"""`Eastern Standard Time`, whose abbreviation are its initials; `cut` is that of Coordinated Universal Time."""
_TWICE = re.compile(r"\s?[+-]\d{4}(?!\d)")
"""What repeats the zone, and is not believed."""
_LONGEST = 5
"""Letters of an abbreviation."""


def take_zone(text: str) -> tuple[tzinfo | None, str]:
    """Return the zone with which the text begins, or None, and what follows it."""
    match = _DISTANCE.match(text)
    if match:
        return _distance(match), _rest(text, match)
    match = _IN_WORDS.match(text)
    if match:
        return _named("".join(word[0] for word in match["name"].split())), text[match.end() :]
    match = _NAME.match(text)
    zone = _named(match["name"]) if match else None
    return (zone, _rest(text, match)) if match and zone else (None, text)


def is_last_word(text: str) -> bool:
    """Return whether the text is one short word: an abbreviation that no table has."""
    match = _NAME.match(text)
    return match is not None and len(match["name"]) <= _LONGEST and not re.search(r"\w", text[match.end() :])


def _rest(text: str, zone: "re.Match[str]") -> str:
    again = _TWICE.match(text, zone.end())
    return text[again.end() if again else zone.end() :]


def _distance(match: "re.Match[str]") -> tzinfo:
    distance = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if distance >= timedelta(hours=24):
        return UTC
    return timezone(-distance if match["sign"] == "-" else distance)


def _named(name: str) -> tzinfo | None:
    """Return the zone of an abbreviation, or of a name such as `Europe/Brussels`; one that no table has is UTC."""
    if "/" not in name:
        hours = _ABBREVIATIONS.get(name.lower())
        return None if hours is None else timezone(timedelta(hours=hours))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
