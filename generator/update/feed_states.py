"""State of each feed between two runs: `load` and `save`, and what a run makes of it, pure: `advance` and `abandon`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from generator.archive import tree
from generator.feeds import Cache, fetch_log, schedule, state
from generator.feeds.fetch import FetchError
from generator.git import Repository
from generator.models import (
    Author,
    Doubt,
    FeedIdentity,
    FeedState,
    FetchRecord,
    PollHints,
    Response,
    Subscription,
    subscriptions,
)


class FeedVerdict(StrEnum):
    """What a run made of a feed's new body."""

    TAKEN = "taken"
    FORGONE = "forgone"
    """Nothing: when the feed is due again, it is read as if this run had not been."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class FetchResult:
    """What became of asking for one feed."""

    url: str
    at: datetime
    outcome: Response | FetchError
    body: str = ""
    """SHA-256 of what the feed is now, in hex; of a 304 and of a failure what it was before."""
    is_news: bool = False
    """Whether that is another body than before."""
    older: tuple[Response, ...] = ()
    """The feed's further pages, where they were asked for."""
    requests: int = 0
    bytes: int = 0
    """Bytes of bodies received, as they came over the wire."""


@dataclass(frozen=True, kw_only=True)
class FeedOutcome:
    """What a run made of the new body of one feed."""

    verdict: FeedVerdict = FeedVerdict.TAKEN
    reason: str = ""
    """Why nothing was taken, where a person should know."""
    identity: FeedIdentity | None = None
    """What the feed says of itself; None where it was not read."""
    hints: PollHints | None = None
    """What it says of its rhythm; None where it was not read."""
    pending: bool = False
    """A change waits for a person: the feed is read again once posts/ has changed."""
    doubts: tuple[Doubt, ...] = ()
    """Its posts whose loss of text a later reading has to confirm."""
    notes: tuple[str, ...] = ()


NO_NEWS = FeedOutcome()


def load(root: Path, repository: Repository, authors: Iterable[Author], now: datetime) -> Cache:
    """Return what earlier runs knew of the authors' feeds, as far as it may be believed.

    A history without the commit of the last run has not got its posts. What people changed since is read at once,
    unless the server wants to be left alone.
    """
    stored = state.load(root)
    is_valid = bool(stored.commit) and repository.contains(stored.commit)
    feeds = {
        url: feed if is_valid else FeedState(hints=feed.hints, standing=feed.standing.at_once())
        for url, feed in stored.feeds.items()
    }
    is_pending = is_valid and any(feed.pending for feed in feeds.values())
    is_edited = is_pending and repository.changed_files(stored.commit, repository.tip, tree.FOLDER) > 0
    states = {}
    for url, listed in subscriptions(authors).items():
        settings, feed = _settings(listed), feeds.get(url, FeedState())
        if is_valid and url in feeds and (feed.settings != settings or (feed.pending and is_edited)):
            feed = feed.unread()
        states[url] = replace(feed.ready_to_confirm(now), settings=settings)
    return Cache(commit=stored.commit, feeds=states)


def advance(before: FeedState, result: FetchResult, outcome: FeedOutcome = NO_NEWS) -> FeedState:
    """Return the feed's next state."""
    answer = result.outcome
    if outcome.verdict is FeedVerdict.UNREADABLE:  # its validators are not believed: a 304 would freeze the fault
        answer = FetchError(outcome.reason, status=200)
    if isinstance(answer, FetchError):
        poll = schedule.after_failure(
            before.standing, now=result.at, url=result.url, status=answer.status, headers=answer.headers
        )
        return replace(before, outcome=str(answer), standing=poll)
    headers = _headers(before, answer)
    hints = before.hints if outcome.hints is None else outcome.hints
    poll = schedule.after_success(
        before.standing, now=result.at, headers=headers, hints=hints, moved_to=answer.moved_to
    )
    if outcome.verdict is FeedVerdict.FORGONE:
        return replace(before, outcome=outcome.reason, standing=poll)
    after = replace(
        before,
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        cache_control=headers.get("cache-control", ""),
        expires=headers.get("expires", ""),
        origin=answer.final_url,
        body=result.body,
        outcome="",
        read=result.at,
        standing=poll,
    )
    if outcome.identity is None:
        return after
    return replace(after, **asdict(outcome.identity), hints=hints, pending=outcome.pending, doubts=outcome.doubts)


def abandon(before: FeedState, result: FetchResult) -> FeedState:
    """Return the feed's state where the run came to nothing: only when to ask again is remembered.

    Where there was news that is after an hour, unless the server asked for more.
    """
    poll = advance(before, result).standing
    if result.is_news and not poll.held_off:
        poll = replace(poll, due=result.at + schedule.SHORTEST)
    return replace(before, standing=poll)


def record(result: FetchResult, outcome: FeedOutcome = NO_NEWS) -> FetchRecord:
    """Return the line of the log for this fetch."""
    answer = result.outcome
    return FetchRecord(
        when=result.at,
        status=answer.status,
        bytes=answer.wire_bytes if isinstance(answer, Response) else 0,
        milliseconds=answer.milliseconds,
        redirects=max(0, answer.requests - 1),
        reason=str(answer) if isinstance(answer, FetchError) else outcome.reason,
        notes=outcome.notes,
    )


def save(root: Path, states: Mapping[str, FeedState], commit: str) -> None:
    """Replace what is remembered by `states`, whose posts are in `commit`."""
    state.save(root, Cache(commit=commit, feeds=states))


def log(root: Path, records: Mapping[str, FetchRecord], states: Mapping[str, FeedState]) -> None:
    """Add to the log of the feeds of which there are `states`."""
    fetch_log.add_records(root, records, keep=states.keys())


def _headers(before: FeedState, response: Response) -> dict[str, str]:
    """Return the header fields that hold now: a 304 keeps those that it does not repeat (RFC 9111 §4.3.4)."""
    if response.status != 304:
        return dict(response.headers)
    earlier = {name: getattr(before, name.replace("-", "_")) for name in state.HEADERS}
    return {name: value for name, value in earlier.items() if value} | dict(response.headers)


def _settings(listed: Sequence[Subscription]) -> str:
    """Return a hash of all in author files that decides what becomes of a feed's entries."""
    words = [
        repr((own.source, *own.source.authors, own.author.timezone, own.author.language, own.author.licence))
        for own in listed
    ]
    if len(listed) > 1:  # what the others read meanwhile has passed by a member who is active again
        words += [f"{own.author.nick} {own.author.is_read} {own.source.fault}" for own in listed]
    return sha256("\n".join(words).encode()).hexdigest()[:16]
