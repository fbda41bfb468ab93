"""Describe the state of each feed in a line (`format_status`), and its last fetches (`format_fetches`). Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from generator.models import Author, FeedState, FeedStatus, FetchRecord, Planet, Post, dates, status_of


def format_status(planet: Planet, archive: Iterable[Post], feeds: Mapping[str, FeedState]) -> Iterator[str]:
    """Yield a line a feed, authors in order: is it read, held or failing, what has come of it, and when it is asked
    next.
    """
    by_feed: dict[tuple[str, str], list[Post]] = {}
    for post in archive:
        by_feed.setdefault((post.nick, post.feed), []).append(post)
    yield from (str(fault) for fault in planet.faults)
    for author in planet.authors:
        for source in author.feeds:
            state = _state(author, feeds.get(source.url))
            fault = author.fault or source.fault
            state = f"not read: {fault}" if fault else state
            yield f"{author.nick}  {source.url}  {_posts(by_feed.get((author.nick, source.url), []))}  {state}"


def format_fetches(author: Author, harvests: Mapping[str, Sequence[FetchRecord]]) -> Iterator[str]:
    """Yield what the servers of an author's feeds answered the last times, newest first."""
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


def _state(author: Author, state: FeedState | None) -> str:
    status = status_of(author.status, state)
    if status in (FeedStatus.PAUSED, FeedStatus.RETIRED):
        return str(status)
    if state is None or status is FeedStatus.UNKNOWN:
        return "not read yet, or not since the cache was lost"
    if status is FeedStatus.REMOVED:
        return f"gone, not asked any more: {state.outcome}"
    moved = state.standing.moved_to
    hint = f"; has moved to {moved}: write that into authors/{author.nick}.yaml" if moved else ""
    due = f"; asked next from {_time(state.standing.due)} on" if state.standing.due else ""
    return f"{_how(author.nick, status, state)}{hint}{due}"


def _how(nick: str, status: FeedStatus, state: FeedState) -> str:
    if status is FeedStatus.HELD:
        return f"{state.outcome}; see it, then run `gitplanet release {nick}`"
    read = f"read {_time(state.read)}" if state.read else ""
    if status is FeedStatus.FAILING:
        since = f" since {_time(state.standing.failing_since)}" if state.standing.failing_since else ""
        return f"failing{since}: {state.outcome.rstrip('.')}" + (f", last {read}" if read else "")
    return "ok" + (f", {read}" if read else "") + _doubts(state)


def _doubts(state: FeedState) -> str:
    if not state.doubts:
        return ""
    what = "1 text has lost most of its words" if len(state.doubts) == 1 else "some texts have lost most of their words"
    until = max(doubt.until for doubt in state.doubts)
    return f"; {what}, which is to be confirmed after {_time(until)}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
