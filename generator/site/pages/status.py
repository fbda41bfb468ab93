"""What the archive and the cache know of each feed → its state in plain words, for its author and everybody. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from generator.models import FeedSource, Harvest, Page, urls
from generator.models.feed_state import Remembered
from generator.site.context import Basis, frame
from generator.site.views.feed_totals import Newest, Stock
from generator.site.views.post import AuthorView

HELD = "held: "
"""What the outcome of a feed begins with from which nothing is taken before a person has looked at it."""


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What the cache knows of one feed."""

    remembered: Remembered
    harvests: Sequence[Harvest] = ()
    """How it went lately, oldest first."""


class State(StrEnum):
    """How a feed is, the worst first."""

    FAILING = "failing"
    GONE = "gone"
    HELD = "held"
    MOVED = "moved"
    UNKNOWN = "unknown"
    WELL = "well"
    PAUSED = "paused"
    RETIRED = "retired"


TROUBLE = (State.FAILING, State.GONE, State.HELD, State.MOVED)
"""States in which somebody should do something."""


@dataclass(frozen=True, kw_only=True)
class FeedView:
    """A feed as the pages of states show it. Addresses are http(s)."""

    url: str
    state: State
    reason: str
    """Why nothing was taken from it the last time, in one sentence; empty where all was well."""
    read: datetime | None
    """When all was well last."""
    due: datetime | None
    """Not asked again before; None where nobody knows, or where it is asked no more."""
    since: datetime | None
    """Since when it has been failing."""
    moved_to: str
    waits: bool
    """Whether the server itself asked to be left alone until then."""
    posts: int
    newest: Newest | None
    editions: tuple[str, ...]
    """Keys of the editions that it belongs to; empty means all."""
    filtered: bool
    """Whether the author file takes only some of its entries, or leaves some out."""
    excerpts: bool
    harvests: Sequence[Harvest]
    """How it went lately, newest first."""

    @property
    def failed(self) -> int:
        """How many of the harvests brought nothing."""
        return sum(bool(harvest.reason) for harvest in self.harvests)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member with the states of all feeds."""

    author: AuthorView
    page: str
    feeds: tuple[FeedView, ...]


def pages(site: Basis, stocks: Mapping[str, Stock], watched: Mapping[str, Watched]) -> Iterator[Page]:
    """The states of all feeds, and a page for each member with what happened lately.

    What stands of each feed, and what the cache knows of it, is by address.
    """
    members = _members(site, stocks, watched)
    seen = max((each.harvests[-1].when for each in watched.values() if each.harvests), default=None)
    rows = [(member, feed) for member in members for feed in member.feeds]
    trouble = [row for row in rows if row[1].state in TROUBLE]
    asked = sum(row[1].state not in (State.PAUSED, State.RETIRED) for row in rows)
    well = [row for row in rows if row[1].state not in TROUBLE]
    yield frame(site, "status/index.html", "status.html", trouble=trouble, well=well, asked=asked, seen=seen)
    for member in members:
        yield frame(site, f"status/{member.author.nick}/index.html", "state.html", member=member)


def _members(site: Basis, stocks: Mapping[str, Stock], watched: Mapping[str, Watched]) -> Sequence[Member]:
    """Members with feeds, by name."""
    found = []
    for member in site.planet.authors:
        author = site.authors[member.nick]
        feeds = tuple(
            _view(source, member.status, stocks.get(source.url), watched.get(source.url)) for source in member.feeds
        )
        page = author.page.replace("authors/", "status/", 1)
        found.append(Member(author=author, page=page, feeds=feeds))
    return sorted(found, key=lambda member: (member.author.name.casefold(), member.author.nick))


def _view(source: FeedSource, status: str, stock: Stock | None, known: Watched | None) -> FeedView:
    """The feed as pages show it."""
    remembered = known.remembered if known else Remembered()
    standing = remembered.standing
    state = _state(status, known)
    return FeedView(
        url=urls.web(source.url),
        state=state,
        reason=_sentence(remembered.outcome.removeprefix(HELD)),
        read=remembered.read,
        due=standing.due if state not in (State.GONE, State.PAUSED, State.RETIRED) else None,
        since=standing.failing_since,
        moved_to=urls.web(standing.moved_to),
        waits=standing.held_off,
        posts=stock.posts if stock else 0,
        newest=stock.newest if stock else None,
        editions=source.editions,
        filtered=bool(source.include or source.exclude),
        excerpts=not source.full,
        harvests=tuple(reversed(known.harvests)) if known else (),
    )


def _state(status: str, known: Watched | None) -> State:
    if status != "active":
        return State(status)
    if known is None:
        return State.UNKNOWN
    remembered = known.remembered
    if remembered.outcome.startswith(HELD):
        return State.HELD
    if remembered.standing.is_gone:
        return State.GONE
    if remembered.outcome:
        return State.FAILING
    if remembered.standing.moved_to:
        return State.MOVED
    return State.WELL if remembered.read else State.UNKNOWN


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("." if words and words[-1] not in ".!?…" else "")
