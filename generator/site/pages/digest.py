"""Lay out each edition's weekly digest (`pages`): its pages and its feed. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import accumulate, groupby, islice

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.views.lists import Run, neighbours
from generator.site.views.post import PostView

FED, LISTED = 13, 26
"""Weeks that a feed holds at most, and that the page of the newest one lists."""
FULL = 500
"""Posts that a feed of several weeks holds at most: no reader takes one of many megabytes."""


@dataclass(frozen=True, kw_only=True)
class Week:
    """The posts of one ISO 8601 week, Monday to Sunday in the planet's time zone.

    The newest week is told from its first post on, and grows until it is over; an older one grows where a post is found
    late, and shrinks where one is withdrawn. Its address stays in any case.
    """

    first: date
    """Its Monday."""
    posts: tuple[PostView, ...]
    """Newest first."""

    @property
    def last(self) -> date:
        """Its Sunday; the calendar's last day, where that comes before it."""
        return date.fromordinal(min(self.first.toordinal() + 6, date.max.toordinal()))

    @property
    def number(self) -> int:
        """Its ISO number, 1 to 53."""
        return self.first.isocalendar().week

    @property
    def year(self) -> int:
        """The year that it is counted in, which is that of its Thursday."""
        return self.first.isocalendar().year

    @property
    def path(self) -> str:
        """Where its page stands, below the edition's folder."""
        return f"digest/{self.year:04}/{self.year:04}-W{self.number:02}.html"

    @cached_property
    def authors(self) -> tuple[Run, ...]:
        """Its posts by author: the authors by name, each one's posts as they were written."""
        by_nick: dict[str, list[PostView]] = {}
        for post in reversed(self.posts):
            by_nick.setdefault(post.author.nick, []).append(post)
        runs = (Run(author=posts[0].author, posts=tuple(posts)) for posts in by_nick.values())
        return tuple(sorted(runs, key=lambda run: (run.author.name.casefold(), run.author.nick)))

    @property
    def seen(self) -> datetime:
        """When the planet saw the newest of them: what a feed reader is told as the digest's last change."""
        return max(post.source.first_seen or post.published for post in self.posts)


def pages(site: Site) -> Iterator[Page]:
    """The weekly digests of all editions: each week at its address, the newest at that of the folder, and a feed."""
    for edition, shown in site.editions:
        all_weeks = weeks(shown)
        names = {"edition": edition, "newer": None, "older": None, "recent": ()}
        newest = all_weeks[0] if all_weeks else None
        path = f"{edition.prefix}digest/index.html"
        yield frame(site, path, "pages/digest.html", **names | {"week": newest, "recent": all_weeks[1 : LISTED + 1]})
        for week, newer, older in neighbours(all_weeks):
            week_names = names | {"week": week, "newer": newer, "older": older}
            yield frame(site, edition.prefix + week.path, "pages/digest.html", **week_names)
        fed = _fed(all_weeks)
        updated = max((week.seen for week in fed), default=datetime(1970, 1, 1, tzinfo=UTC))
        path = f"{edition.prefix}digest.xml"
        yield frame(site, path, "feeds/digest.xml", root=site.planet.url, edition=edition, weeks=fed, updated=updated)


def _fed(newest_first: Sequence[Week]) -> Sequence[Week]:
    """The newest weeks: the first of them whole, however much was written in it."""
    counts = accumulate(len(week.posts) for week in newest_first[:FED])
    return newest_first[: 1 + sum(count <= FULL for count in islice(counts, 1, None))]


def weeks(shown: Iterable[PostView]) -> tuple[Week, ...]:
    """The weeks in which anything was written, newest first; `shown` is newest first.

    Nobody knows in which week a post of unknown age was written.
    """
    written = (post for post in shown if not post.unknown_age)
    by_week = groupby(written, key=lambda post: post.day - timedelta(days=post.day.weekday()))
    return tuple(Week(first=monday, posts=tuple(group)) for monday, group in by_week)
