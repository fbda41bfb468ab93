"""Sort the feeds of active authors by what is remembered of them: broken, well, moved or gone (`health`). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator.models import Author, FeedState, FeedStatus, Planet, as_json, dates, status_of, url_key

BROKEN_AFTER = timedelta(days=7)
"""How long a feed must have failed before its author hears of it: servers have bad days."""
UNREACHABLE_AFTER = timedelta(days=90)
"""How long all feeds of an author must have failed before they are asked no more."""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A feed that has failed for some time."""

    author: Author
    url: str
    since: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A feed whose server has sent the planet elsewhere, for good, for some time."""

    nick: str
    url: str
    to: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Health:
    """How the feeds of a planet's active authors are; those that are none of these are waited for."""

    broken: tuple[Broken, ...] = ()
    well: frozenset[str] = frozenset()
    """Addresses of feeds that were read when they were asked last."""
    moved: tuple[Moved, ...] = ()
    unreachable: tuple[Author, ...] = ()
    """Authors of whom no feed has been read for long."""


def health(planet: Planet, feeds: Mapping[str, FeedState], now: datetime) -> Health:
    """Return how the feeds are at `now`, by what the cache knows of each address."""
    active = [author for author in planet.authors if author.is_read]
    states = [
        (author, source.url, feeds[source.url]) for author in active for source in author.feeds if source.url in feeds
    ]
    broken = [
        Broken(author=author, url=url, since=since, reason=feed.outcome)
        for author, url, feed in states
        if (since := feed.standing.failing_since) and now - since >= BROKEN_AFTER
    ]
    listed = {url_key(source.url) for author in planet.authors for source in author.feeds}
    moved = [
        Moved(nick=author.nick, url=url, to=feed.standing.moved_to, since=since)
        for author, url, feed in states
        if (since := feed.standing.moved_since) and feed.standing.moved_long_ago(now) and _elsewhere(url, feed, listed)
    ]
    fine = (FeedStatus.WELL, FeedStatus.MOVED)
    old = {feed.url for feed in broken if now - feed.since >= UNREACHABLE_AFTER}
    return Health(
        broken=tuple(broken),
        well=frozenset(url for author, url, feed in states if status_of(author.status, feed) in fine),
        moved=tuple(moved),
        unreachable=tuple(author for author in active if all(source.url in old for source in author.feeds)),
    )


def _elsewhere(url: str, feed: FeedState, listed: set[str]) -> bool:
    """Return whether the new address is one that nobody lists; another spelling of the old one is."""
    new = url_key(feed.standing.moved_to)
    return new == url_key(url) or new not in listed


def to_lines(report: Health) -> Iterator[str]:
    """For a terminal."""
    for broken in report.broken:
        yield f"broken: {broken.author.nick}  {broken.url}  since {broken.since:%Y-%m-%d}: {broken.reason}"
    for moved in report.moved:
        yield f"moved: {moved.nick}  {moved.url} → {moved.to}  since {moved.since:%Y-%m-%d}"
    for author in report.unreachable:
        yield f"gone: {author.nick}  no feed could be read for {UNREACHABLE_AFTER.days} days"


def to_json(report: Health) -> str:
    """For programs: other forges have other clients."""
    data = {
        "broken": [
            {
                "nick": broken.author.nick,
                "github": broken.author.github or None,
                "feed": broken.url,
                "reason": broken.reason,
            }
            | {"since": dates.to_iso(broken.since)}
            for broken in report.broken
        ],
        "well": sorted(report.well),
        "moved": [
            {"nick": moved.nick, "feed": moved.url, "to": moved.to, "since": dates.to_iso(moved.since)}
            for moved in report.moved
        ],
        "gone": [author.nick for author in report.unreachable],
    }
    return as_json(data)
