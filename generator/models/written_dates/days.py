"""Days in dates: three numbers, or two and the name of a month, among small words. Pure. Main function: `day`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date

from generator.models.written_dates import names

_NUMBERS = re.compile(
    r"(?<![A-Za-z\d.])(?:"
    r"(?P<year>\d{4})\s?(?P<between>[-/.])\s?(?P<month>\d{1,2})\s?(?P=between)\s?(?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})(?P<sign>[-/.]\s?| )(?P<second>\d{1,2})(?P=sign)(?P<last>\d{4}|\d\d)"
    r")(?!\d)"
)
_NOTES = re.compile(r"[(\[][^()\[\]]*[)\]]")
_TOKEN = re.compile(r"\d+|[^\W\d_][^\s\d,;:/()\[\]+.|_'’-]*")
_GAP = re.compile(r"[^\d,;:]{0,12}")
"""What may stand between the day and its month: a full stop, a hyphen, `th of`, `de`."""
_SMALL = 3
"""Letters of words that every language has around the parts of a date."""
_MOST_TOKENS, _MOST_WORDS = 16, 4
"""What a date has at most: of a longer text nobody knows what it says."""
_NUMBERS_BESIDE = (2, 3)
"""Numbers in a date with the name of a month: day and year, and that of the month where its name has one."""
Token = re.Match[str]
Span = tuple[int, int]
LATEST = 2200
"""The last year that a date has."""
_BUDDHIST = 543
"""Years by which the calendar of Thailand is ahead."""


def day(text: str) -> date | None:
    """Return the day in a text that has no time of day any more; None where it tells none, or may mean several."""
    text = _NOTES.sub(" ", text)
    match = _NUMBERS.search(text)
    rest = f"{text[: match.start()]} {text[match.end() :]}" if match else text
    tokens = list(_TOKEN.finditer(rest))
    words = [token for token in tokens if not token[0].isdecimal()]
    if len(tokens) > _MOST_TOKENS or sum(len(word[0]) > _SMALL for word in words) > _MOST_WORDS:
        return None
    if match is None:
        return _day_of_month(rest, tokens, words)
    possible = list(dict.fromkeys(_by_numbers(match))) if len(words) == len(tokens) else []
    right = possible if len(possible) == 1 else _of_weekday(possible, words)
    return right[0] if len(right) == 1 else None


def _by_numbers(match: Token) -> Iterator[date]:
    """Yield what three numbers can mean; with full stops or spaces between them, the day comes first."""
    if match["year"]:
        orders = [(match["year"], match["month"], match["day"])]
    elif len(match["last"]) == 2 and match["sign"] not in ("/", ".", " "):
        return  # some write the year first
    else:
        orders = [(match["last"], match["second"], match["first"])]
        if match["sign"][0] in "/-":
            orders.append((match["last"], match["first"], match["second"]))
    for year, month, number in orders:
        with suppress(ValueError):
            yield date(_year(year), int(month), int(number))


def _of_weekday(possible: Iterable[date], words: Iterable[Token]) -> list[date]:
    """Return those of the days that are the day of the week which one of the words names."""
    return [day for day in possible if any(day.weekday() in names.weekdays(word[0]) for word in words)]


def _day_of_month(text: str, tokens: Sequence[Token], words: Sequence[Token]) -> date | None:
    for place, months in _months(tokens, words) if len(tokens) - len(words) in _NUMBERS_BESIDE else ():
        outside = [token for token in tokens if token[0].isdecimal() and not place[0] <= token.start() < place[1]]
        possible = list(_with_month(text, place, months, outside)) if len(outside) == 2 else []
        right = _of_weekday(possible, words) if len(possible) > 1 else possible
        if possible:
            return right[0] if right else possible[-1]
    return None


def _months(tokens: Sequence[Token], words: Sequence[Token]) -> list[tuple[Span, tuple[int, ...]]]:
    """Return where names of months stand, and what they can mean; days of the week that are also months come last."""
    text = tokens[0].string
    for search in names.SEARCHES:
        possible = []
        for first, last in ((start, end) for size in range(search.words, 0, -1) for start, end in _rows(tokens, size)):
            place = first.start(), last.end()
            beside = [word[0] for word in words if not place[0] <= word.start() < place[1]]
            months = names.months(text[slice(*place)], beside, search)
            possible += [(place, months)] if months else []
        if possible:
            return (
                sorted(possible, key=lambda item: bool(names.weekdays(text[slice(*item[0])])))
                if possible[1:]
                else possible
            )
    return []


def _rows(tokens: Sequence[Token], size: int) -> Iterable[tuple[Token, Token]]:
    """Return the first and the last token of each `size` in a row."""
    return zip(tokens, tokens[size - 1 :], strict=False)


def _with_month(text: str, place: Span, months: Iterable[int], numbers: Sequence[Token]) -> Iterator[date]:
    """Yield what day and year beside the month can mean; fewer than four digits are a year only behind the month."""
    day, year = numbers
    if len(day[0]) == 4:
        day, year = year, day
    elif len(year[0]) != 4 and not day.end() <= place[0] < year.start():
        return
    gap = text[day.end() : place[0]] if day.end() <= place[0] else text[place[1] : day.start()]
    if len(day[0]) > 2 or len(year[0]) > 4 or not _GAP.fullmatch(gap):
        return
    for month in months:
        with suppress(ValueError):
            yield date(_gregorian(_year(year[0]), text), month, int(day[0]))


def _gregorian(year: int, text: str) -> int:
    return year - _BUDDHIST if year > LATEST and any("\u0e00" <= sign <= "\u0e7f" for sign in text) else year


def _year(text: str) -> int:
    """Return the year that two or three digits mean (RFC 2822 §4.3); four are meant as they stand."""
    year = int(text)
    return year if len(text) > 3 else year + (2000 if year < 50 and len(text) < 3 else 1900)
