"""Describe the state of each feed in a line (`format_status`), and its last fetches (`format_fetches`). Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from generator.models import Author, FeedState, FetchRecord, Planet, Post, dates


def format_status(planet: Planet, archive: Iterable[Post], feeds: Mapping[str, FeedState]) -> Iterator[str]:
    """A line a feed, authors in order: is it read, held or failing, what has come of it, and when it is asked next."""
    by_feed: dict[tuple[str, str], list[Post]] = {}
    for post in archive:
        by_feed.setdefault((post.nick, post.feed), []).append(post)
    yield from (str(fault) for fault in planet.faults)
    for author in planet.authors:
        for source in author.feeds:
            state = _state(author.nick, feeds.get(source.url)) if author.status == "active" else author.status
            fault = author.fault or source.fault
            state = f"not read: {fault}" if fault else state
            yield f"{author.nick}  {source.url}  {_posts(by_feed.get((author.nick, source.url), []))}  {state}"


def format_fetches(author: Author, harvests: Mapping[str, Sequence[FetchRecord]]) -> Iterator[str]:
    """What the servers of an author's feeds answered the last times, newest first."""
    for source in author.feeds:
        yield source.url
        for record in reversed(harvests.get(source.url, ())):
            answer = str(record.status) if record.status else "no answer"
            redirects = (
                f", {record.redirects} redirect{'' if record.redirects == 1 else 's'}" if record.redirects else ""
            )
            remarks = " ".join((record.reason, *record.notes)).strip()
            cost = f"{record.bytes:,} bytes, {record.milliseconds} ms{redirects}"
            yield f"  {_time(record.when)}  {answer}, {cost}  {remarks}".rstrip()


def _posts(own: Sequence[Post]) -> str:
    if not own:
        return "no posts"
    newest = max(dates.moment(post.date) for post in own).date()
    return f"{len(own)} post{'' if len(own) == 1 else 's'}, newest {newest}"


def _state(nick: str, state: FeedState | None) -> str:
    if state is None or (state.read is None and not state.outcome):
        return "not read yet, or not since the cache was lost"
    standing = state.standing
    moved = f"; has moved to {standing.moved_to}: write that into authors/{nick}.yaml" if standing.moved_to else ""
    if standing.is_gone:
        return f"gone, not asked any more: {state.outcome}"
    due = f"; asked next from {_time(standing.due)} on" if standing.due else ""
    return f"{_how(nick, state)}{moved}{due}"


def _how(nick: str, state: FeedState) -> str:
    read = f", read {_time(state.read)}" if state.read else ""
    if state.outcome.startswith("held: "):
        return f"{state.outcome}; see it, then run `gitplanet release {nick}`"
    if not state.outcome:
        return f"ok{read}{_doubts(state)}"
    since = f" since {_time(state.standing.failing_since)}" if state.standing.failing_since else ""
    return f"failing{since}: {state.outcome.rstrip('.')}{read.replace(', read', ', last read')}"


def _doubts(state: FeedState) -> str:
    if not state.doubts:
        return ""
    what = "1 text has lost most of its words" if len(state.doubts) == 1 else "some texts have lost most of their words"
    until = max(doubt.until for doubt in state.doubts)
    return f"; {what}, which is to be confirmed after {_time(until)}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
