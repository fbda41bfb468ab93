"""Count the posts by time, author and language (`statistics`), and lay out the page of figures (`pages`). Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from generator.models import Page
from generator.site import editions
from generator.site.context import Site, frame
from generator.site.views.author import AuthorView
from generator.site.views.post import PostView

MEMBERS = 12
"""Newest members that are told."""
MONTHS = 360
"""Months that a chart shows: a post that claims to be of 1970 would press all others into its last corner."""
_MONDAY = date(2001, 1, 1)
FigureKey = TypeVar("FigureKey", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Bar(Generic[FigureKey]):
    """One figure of a chart."""

    key: FigureKey
    count: int
    share: float
    """In percent of the largest of the chart."""


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """The months of one year with posts; None before the planet's first month and after its newest."""

    number: int
    months: tuple[int | None, ...]
    posts: int
    authors: int
    """Members who wrote in it."""


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """The planet in figures. Days and hours are those of its time zone.

    Withdrawn posts do not count, and where time counts, neither do those whose date nobody knows: they stand at the
    moment when they were found, and a first import of them would tower over all else.
    """

    posts: int
    authors: int
    """Members who wrote at least one post."""
    first: date | None
    """The day of the oldest post."""
    months: tuple[Bar[date], ...]
    """Each of the last months up to the newest post's, by its first day, those without posts too."""
    years: tuple[YearFigures, ...]
    """Newest first."""
    writers: tuple[Bar[int], ...]
    """Authors a year, oldest year first."""
    weekdays: tuple[Bar[date], ...]
    """Monday to Sunday, each by a day that it is."""
    hours: tuple[Bar[int], ...]
    """0 to 23; only posts whose feed told a time."""
    timed: int
    """How many those are."""
    undated: int
    """Posts whose date nobody knows."""
    languages: tuple[Bar[str], ...]
    """By primary subtag, the most used first; the empty key where nobody knows."""
    newest: tuple[tuple[AuthorView, PostView], ...]
    """The newest members, and the post by which the planet saw each first."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of a planet, counted when they are asked for."""

    standing: Sequence[PostView]
    timezone: str

    @cached_property
    def result(self) -> Statistics:
        """All of them."""
        return statistics(self.standing, ZoneInfo(self.timezone))


def pages(site: Site) -> Iterator[Page]:
    """The page of figures."""
    figures = Figures(standing=site.standing, timezone=site.planet.timezone)
    yield frame(site, "stats/index.html", "pages/statistics.html", figures=figures)


def statistics(standing: Sequence[PostView], zone: ZoneInfo) -> Statistics:
    """The figures of the posts, newest first."""
    dated = [post for post in standing if not post.undated]
    by_month = Counter(post.day.replace(day=1) for post in dated)
    writers: dict[int, set[str]] = {}
    for post in dated:
        writers.setdefault(post.day.year, set()).add(post.author.nick)
    hours = [_hour(post.date, zone) for post in dated if isinstance(post.date, datetime)]
    weekdays = Counter(_MONDAY.replace(day=1 + post.day.weekday()) for post in dated)
    spoken = Counter(editions.primary_language(post.language) for post in standing)
    years = sorted(writers)
    return Statistics(
        posts=len(standing),
        authors=len({post.author.nick for post in standing}),
        first=dated[-1].day if dated else None,
        months=_bars(by_month, _every_month(by_month)),
        years=tuple(_year(year, by_month, len(writers[year])) for year in reversed(years)),
        writers=_bars({year: len(nicks) for year, nicks in writers.items()}, years),
        weekdays=_bars(weekdays, [_MONDAY.replace(day=day) for day in range(1, 8)]),
        hours=_bars(Counter(hours), range(24)),
        timed=len(hours),
        undated=len(standing) - len(dated),
        languages=_bars(spoken, sorted(spoken, key=lambda tag: (-spoken[tag], tag))),
        newest=_newest(standing),
    )


def _bars(counts: Mapping[FigureKey, int], keys: Iterable[FigureKey]) -> tuple[Bar[FigureKey], ...]:
    most = max(counts.values(), default=0) or 1
    return tuple(
        Bar(key=key, count=count, share=round(100 * count / most, 2)) for key in keys for count in [counts.get(key, 0)]
    )


def _every_month(first_days: Iterable[date]) -> Iterable[date]:
    months = sorted(first_days)
    if not months:
        return []
    last = 12 * months[-1].year + months[-1].month
    numbers = range(max(12 * months[0].year + months[0].month - 1, last - MONTHS), last)
    return (date(number // 12, number % 12 + 1, 1) for number in numbers)


def _hour(when: datetime, zone: ZoneInfo) -> int:
    try:
        return when.astimezone(zone).hour
    except OverflowError:  # within a day of the calendar's ends
        return when.hour


def _year(number: int, by_month: Mapping[date, int], authors: int) -> YearFigures:
    first, last = min(by_month), max(by_month)
    months = [date(number, month, 1) for month in range(1, 13)]
    counts = tuple(by_month.get(month, 0) if first <= month <= last else None for month in months)
    return YearFigures(number=number, months=counts, posts=sum(count or 0 for count in counts), authors=authors)


def _newest(standing: Iterable[PostView]) -> tuple[tuple[AuthorView, PostView], ...]:
    """Members by when the planet saw the first of their posts; a post of unknown coming says nothing about it."""
    first: dict[str, tuple[datetime, PostView]] = {}
    for post in standing:
        seen = post.source.first_seen
        nick = post.author.nick
        if seen and (nick not in first or (seen, post.published) < (first[nick][0], first[nick][1].published)):
            first[nick] = seen, post
    ordered = sorted(first.items(), key=lambda item: (-item[1][0].timestamp(), item[0]))
    return tuple((post.author, post) for _nick, (_seen, post) in ordered[:MEMBERS])
