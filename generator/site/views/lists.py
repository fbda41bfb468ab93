"""Group a list of posts, newest first, by days, months, years (`Days`, `Years`) and numbered pages (`numbered`). Pure.

What pages show is told when they are printed: most of them stand as they are, and then their posts are enough to know.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from generator.site.views.author import AuthorView
from generator.site.views.post import PostView

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Posts of one author that follow one another within a day."""

    author: AuthorView
    posts: tuple[PostView, ...]


@dataclass(frozen=True, kw_only=True)
class Day:
    """The posts of one calendar day in the planet's time zone."""

    date: date
    path: str
    """Below the edition's folder; the address that planets have always had."""
    posts: tuple[PostView, ...]
    dated: bool = True
    """False for posts of unknown age, whichever day they were found."""

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its posts by runs of one author."""
        by_author = groupby(self.posts, key=lambda post: post.author.nick)
        runs = (tuple(posts) for _nick, posts in by_author)
        return tuple(Run(author=posts[0].author, posts=posts) for posts in runs)


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days of some posts, newest first."""

    posts: Sequence[PostView]
    by_finding: bool = False
    """Whether posts of unknown age are among those of the day on which they were found, and not below all others."""

    def __iter__(self) -> Iterator[Day]:
        for (day, dated), posts in groupby(self.posts, key=self._place):
            own = tuple(posts)
            day = day or own[0].day
            path = f"archives/{day.isoformat()[:4]}/{day.isoformat()}.html"
            yield Day(date=day, path=path, posts=own, dated=dated)

    def _place(self, post: PostView) -> tuple[date | None, bool]:
        dated = self.by_finding or not post.unknown_age
        return post.day if dated else None, dated

    def __bool__(self) -> bool:
        return bool(self.posts)


@dataclass(frozen=True, kw_only=True)
class Month:
    """The posts of one month; `date` is its first day."""

    date: date
    path: str
    """Below the edition's folder."""
    posts: tuple[PostView, ...]


@dataclass(frozen=True, kw_only=True)
class Year:
    """The months of one year, newest first."""

    number: int
    """0 for posts of unknown age, whichever month they were found."""
    months: tuple[Month, ...]


@dataclass(frozen=True, kw_only=True)
class Years:
    """The years of some posts, newest first."""

    posts: Sequence[PostView]

    def __iter__(self) -> Iterator[Year]:
        yield from years(months(post for post in self.posts if not post.unknown_age))
        rest = [post for post in self.posts if post.unknown_age]
        if rest:
            yield Year(number=0, months=months(by_day(rest)))


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """One page of a long list. The links to its neighbours are below the edition's folder, or empty."""

    path: str
    posts: tuple[PostView, ...]
    newer: str = ""
    older: str = ""


def by_day(posts: Iterable[PostView]) -> list[PostView]:
    """The posts in the order of their days, newest first: those of unknown age end the day on which they were found."""
    return sorted(posts, key=lambda post: post.day, reverse=True)


def months(posts: Iterable[PostView]) -> tuple[Month, ...]:
    """The posts by calendar month."""
    return tuple(
        Month(date=first, path=f"archives/{first.isoformat()[:4]}/{first.isoformat()[:7]}.html", posts=tuple(group))
        for first, group in groupby(posts, key=lambda post: post.day.replace(day=1))
    )


def years(of_months: Iterable[Month]) -> tuple[Year, ...]:
    """The months by year."""
    return tuple(
        Year(number=number, months=tuple(group))
        for number, group in groupby(of_months, key=lambda month: month.date.year)
    )


def neighbours(newest_first: Sequence[T]) -> Iterator[tuple[T, T | None, T | None]]:
    """Each, with the newer and the older one beside it."""
    return zip(newest_first, (None, *newest_first), (*newest_first[1:], None), strict=False)


def numbered(posts: Sequence[PostView], size: int) -> tuple[Numbered, ...]:
    """The front page with the newest `size` posts, then the numbered pages, newest first.

    Pages are counted from the oldest post and are full, so a new post changes the front page only. The newest of them
    overlaps with the front page; the link to older posts leads to the first post that the front page does not show.
    """
    last = max(0, len(posts) - 1) // size
    oldest_first = posts[::-1]
    unseen = posts[size : size + 1]
    older = f"page/{last}.html#{unseen[0].anchor}" if len(posts) % size and unseen else f"page/{last}.html"
    pages = [Numbered(path="index.html", posts=tuple(posts[:size]), older=older if last else "")]
    for number in range(last, 0, -1):
        chunk = oldest_first[(number - 1) * size : number * size]
        pages.append(
            Numbered(
                path=f"page/{number}.html",
                posts=tuple(reversed(chunk)),
                newer=f"page/{number + 1}.html" if number < last else "index.html",
                older=f"page/{number - 1}.html" if number > 1 else "",
            )
        )
    return tuple(pages)
