"""Names of months, days of the week and halves of the day in many languages, as the CLDR has them. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from unicodedata import category, normalize

from babel import Locale
from babel.core import get_global
from babel.localedata import exists

LANGUAGES = (
    *"en de fr es it pt nl pl ru uk cs sv da nb fi hu tr el ro ar bg".split(),
    *"ca et fa he id is ja ko lt lv sk sl sr th vi zh".split(),
)
"""Asked first, in this order. Croatian is not among them: its `listopad` is another month than the Polish one."""
SPOKEN = (*LANGUAGES, "hr")
"""Those whose days of the week are known."""
_VARIANTS = ("de_AT", "es_UY", "ar_LB", "ar_DZ", "ar_MA")
"""Where months have other names than elsewhere."""
_SHORTEST = 3
"""Letters by which a month is known without the rest of its name: `Lok` for the Finnish `lokakuuta`."""
_STEM, _ENDING = 4, 3
"""Letters that a word shares with a name at least, and that it has beyond them at most: `marta` for `mart`."""
_NOON = 12 * 3600


@dataclass(frozen=True)
class Search:
    """How far to go for the name of a month."""

    words: int
    """How many a name may have: `tháng 3` has two."""
    rare: bool
    """Whether to ask languages that are not among `LANGUAGES`."""
    begun: bool
    """Whether a beginning is enough."""


SEARCHES = (
    Search(words=1, rare=False, begun=False),
    *(Search(words=3, rare=rare, begun=begun) for begun in (False, True) for rare in (False, True)),
)
"""The nearest first."""


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Return the text as names are compared: in one form of Unicode, without case and signs that nobody sees."""
    text = normalize("NFKC", text).casefold()
    return text if text.isascii() else "".join(sign for sign in text if category(sign) != "Cf")


def is_month(name: str, number: int) -> bool:
    """Return whether a word without a full stop names this month in one of `LANGUAGES`."""
    key = fold(name)
    return _months(LANGUAGES).get(key, (9 if key == "sept" else 0,))[0] == number


def is_weekday(name: str, number: int) -> bool:
    """Return whether a word without a full stop names this day of the week (Monday is 0) in one of `LANGUAGES`."""
    return number in weekdays(name, LANGUAGES)


def weekdays(name: str, languages: Collection[str] = SPOKEN) -> frozenset[int]:
    """Return the days of the week that a word names in the languages: Monday is 0."""
    key = fold(name)
    return frozenset(number for language in languages for number in _weekdays(language).get(key, ()))


def months(name: str, beside: Iterable[str], search: Search) -> tuple[int, ...]:
    """Return the months that a name can mean; of most words that is none.

    First comes what it means in the language of the days of the week `beside` it (after `Ke` a `Mar` is the Finnish
    November), last what it means by itself. Of rare languages those that have the name must agree.
    """
    key = fold(name).rstrip(".")
    if search.rare:
        numbers = _named(key, _others(), begun=search.begun)
        return numbers if len(numbers) == 1 and (len(key) >= _SHORTEST or not key.isascii()) else ()
    english = _named(key, ("en",), begun=search.begun)
    spoken = dict.fromkeys(language for word in beside for language in _languages(word))
    local = spoken if "en" not in spoken and (not english or len(spoken) == 1) else ()
    meant = (
        number for language in local for begun in (False, True) for number in _named(key, (language,), begun=begun)
    )
    return tuple(dict.fromkeys((*meant, *(english or _named(key, LANGUAGES, begun=search.begun)[:1]))))


@lru_cache(maxsize=1024)
def _languages(word: str) -> tuple[str, ...]:
    """Return the languages that have the word for a day of the week; English alone where that has it."""
    key = fold(word)
    return ("en",) if key in _weekdays("en") else tuple(name for name in SPOKEN if key in _weekdays(name))


def half(name: str) -> str:
    """Return `a` or `p` where the words, without spaces and full stops, name a time before or after noon; else ``."""
    key = fold(name)
    return _halves(LANGUAGES).get(key) or _halves(_others()).get(key, "")


def _named(key: str, languages: tuple[str, ...], *, begun: bool) -> tuple[int, ...]:
    """Return the months of that name, or of names that begin so, with or without an ending unknown to the CLDR."""
    if not begun:
        by_name = _months(languages)
        return by_name.get(key, ()) or (() if key.isascii() else by_name.get(key[1:], ()))  # Hebrew's "in" has no space
    stems = (key[:end] for end in range(len(key) - 1, max(_STEM - 1, len(key) - 1 - _ENDING), -1))
    begun_so = (_beginnings(languages).get(word, ()) for word in (key, *stems))
    return next(filter(None, begun_so), ())


@cache
def _others() -> tuple[str, ...]:
    """Further languages that are official somewhere: they are loaded where none of the first knows a word."""
    official = {
        language.partition("_")[0]
        for spoken in get_global("territory_languages").values()
        for language, facts in spoken.items()
        if facts.get("official_status")
    }
    return (*_VARIANTS, *(language for language in sorted(official.difference(LANGUAGES)) if exists(language)))


@cache
def _months(languages: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """Return the months by name, those of the first language first."""
    names: dict[str, dict[int, None]] = {}
    for language in languages:
        for number, name in _forms(Locale.parse(language).months):
            names.setdefault(name, {})[number] = None
    return {name: tuple(numbers) for name, numbers in names.items()}


@cache
def _beginnings(languages: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """Return the months whose names begin so; in a language where several do, the beginning means none."""
    begun: dict[str, dict[int, None]] = {}
    for language in languages:
        of_one: dict[str, set[int]] = {}
        for name, numbers in _months((language,)).items():
            for end in range(_SHORTEST, len(name) + 1):
                of_one.setdefault(name[:end], set()).update(numbers)
        for beginning, meant in of_one.items():
            if len(meant) == 1:
                begun.setdefault(beginning, {}).update(dict.fromkeys(meant))
    return {beginning: tuple(numbers) for beginning, numbers in begun.items()}


def _forms(names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield number and name, wide and short, within a sentence and alone."""
    for forms in names.values():
        for number, name in [*forms["wide"].items(), *forms["abbreviated"].items()]:
            yield number, fold(name).rstrip(".")


@cache
def _weekdays(language: str) -> Mapping[str, frozenset[int]]:
    """Return the numbers of the days of that name, Monday is 0."""
    days: dict[str, frozenset[int]] = {}
    for number, name in _forms(Locale.parse(language).days):
        days[name] = days.get(name, frozenset()) | {number}
    return days


@cache
def _halves(languages: tuple[str, ...]) -> Mapping[str, str]:
    """`a` or `p` by name; a name that is before noon in one language and after it in another says nothing."""
    sides: dict[str, set[str]] = {}
    for language in languages:
        locale = Locale.parse(language)
        rules = locale.day_period_rules.get(None) or {}
        for forms in locale.day_periods.values():
            for period, name in [*forms.get("wide", {}).items(), *forms.get("abbreviated", {}).items()]:
                side = period[0] if period in ("am", "pm") else _side(rules.get(period) or [{}])
                sides.setdefault("".join(fold(name).replace(".", "").split()), set()).add(side)
    return {name: side for name, both in sides.items() if len(both) == 1 for side in both if side}


def _side(spans: list[Mapping[str, int]]) -> str:
    """Return the half of the day in which a period lies; nothing of one that reaches over noon or midnight."""
    begin, end = spans[0].get("from", 0), spans[0].get("before", 0)
    if not begin < end:
        return ""
    return "a" if end <= _NOON else "p" if begin >= _NOON else ""
