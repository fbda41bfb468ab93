"""Lay out the pages of feed status (`pages`), for the feeds' authors and for everybody. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.models import FeedSource, FeedState, FeedStatus, Page, status_of, urls
from generator.site.context import Basis, frame
from generator.site.views.author import AuthorView
from generator.site.views.feed_state import TROUBLE, FeedHealth, FeedView
from generator.site.views.feed_totals import FeedKey, FeedTotals


@dataclass(frozen=True, kw_only=True)
class AuthorStatus:
    """A member with the states of all feeds."""

    author: AuthorView
    page: str
    feeds: tuple[FeedView, ...]


def pages(site: Basis, stocks: Mapping[FeedKey, FeedTotals], watched: Mapping[str, FeedHealth]) -> Iterator[Page]:
    """The states of all feeds, and a page for each member with what happened lately.

    What stands of a feed is by nick and address, what the cache knows of it by address: members may share a feed.
    """
    members = _members(site, stocks, watched)
    seen = max((health.harvests[-1].when for health in watched.values() if health.harvests), default=None)
    rows = [(member, feed) for member in members for feed in member.feeds]
    trouble = [row for row in rows if row[1].state in TROUBLE]
    asked = len({feed.url for _, feed in rows if feed.state not in (FeedStatus.PAUSED, FeedStatus.RETIRED)})
    well = [row for row in rows if row[1].state not in TROUBLE]
    counts = {"asked": asked, "troubled": len({feed.url for _, feed in trouble}), "seen": seen}
    names = {"trouble": trouble, "well": well, "faults": site.planet.faults}
    yield frame(site, "status/index.html", "pages/status.html", **names, **counts)
    for member in members:
        yield frame(site, f"status/{member.author.nick}/index.html", "pages/feed_status.html", place="", member=member)


def _members(
    site: Basis, stocks: Mapping[FeedKey, FeedTotals], watched: Mapping[str, FeedHealth]
) -> Sequence[AuthorStatus]:
    """Members with feeds, by name."""
    statuses = []
    for member in site.planet.authors:
        author = site.authors[member.nick]
        feeds = tuple(
            _faulty(
                member.fault or source.fault,
                _view(source, member.status, stocks.get((member.nick, source.url)), watched.get(source.url)),
            )
            for source in member.feeds
        )
        page = author.page.replace("authors/", "status/", 1)
        statuses.append(AuthorStatus(author=author, page=page, feeds=feeds))
    return sorted(statuses, key=lambda member: (member.author.name.casefold(), member.author.nick))


def _view(source: FeedSource, status: str, stock: FeedTotals | None, health: FeedHealth | None) -> FeedView:
    """The feed as pages show it."""
    remembered = health.remembered if health else FeedState()
    standing = remembered.standing
    state = status_of(status, health.remembered if health else None)
    return FeedView(
        url=urls.safe_url(source.url),
        state=state,
        reason=_sentence(remembered.held_reason or remembered.outcome),
        read=remembered.read,
        due=standing.due if state not in (FeedStatus.REMOVED, FeedStatus.PAUSED, FeedStatus.RETIRED) else None,
        since=standing.failing_since,
        moved_to=urls.safe_url(standing.moved_to),
        waits=standing.held_off,
        posts=stock.posts if stock else 0,
        newest=stock.newest if stock else None,
        editions=source.editions,
        filtered=bool(source.authors or source.include or source.exclude),
        excerpts=not source.full,
        harvests=tuple(reversed(health.harvests)) if health else (),
    )


def _faulty(fault: str, view: FeedView) -> FeedView:
    """The feed as it stands where the author file is wrong: it is not asked before that is mended."""
    if not fault:
        return view
    return replace(view, state=FeedStatus.FAILING, reason=_sentence(fault), due=None, since=None)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("." if words and words[-1] not in ".!?…" else "")
