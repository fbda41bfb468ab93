"""State of each feed between two runs: `Memory` loads it, notes what this run learns, and saves it for the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
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
    PollState,
    Response,
    Subscription,
    subscriptions,
)


class Memory:
    """What is known of feeds, by address. Nothing of this run counts before `save` or `abandon`."""

    def __init__(self, root: Path, repository: Repository, authors: Iterable[Author], now: datetime) -> None:
        self._root, self._repository = root, repository
        self._settings = {url: _settings(listed) for url, listed in subscriptions(authors).items()}
        self._before = {url: feed.ready_to_confirm(now) for url, feed in self._recall().items()}
        self._answered: dict[str, FeedState] = {}
        self._now: dict[str, FeedState] = {}
        self._harvests: dict[str, FetchRecord] = {}
        self._headers: dict[str, Mapping[str, str]] = {}

    def _recall(self) -> dict[str, FeedState]:
        """What the cache knows and may be believed: a history without its commit has not got those posts.

        What people changed since is read at once, unless the server wants to be left alone.
        """
        stored = state.load(self._root)
        feeds = dict(stored.feeds)
        if not stored.commit or not self._repository.contains(stored.commit):
            return {url: FeedState(hints=feed.hints, standing=feed.standing.at_once()) for url, feed in feeds.items()}
        pending = [url for url, feed in feeds.items() if feed.pending]
        if pending and not self._repository.changed_files(stored.commit, self._repository.tip, tree.FOLDER):
            pending = []
        other = [url for url, feed in feeds.items() if feed.settings != self._settings.get(url)]
        return feeds | {url: feeds[url].unread() for url in {*pending, *other}}

    def before(self, url: str) -> FeedState:
        """What earlier runs knew."""
        return self._before.get(url, FeedState())

    def facts(self, url: str) -> FeedIdentity:
        """What the feed said of itself when it was last believed."""
        before = self.before(url)
        return FeedIdentity(**{field.name: getattr(before, field.name) for field in fields(FeedIdentity)})

    @property
    def doubts(self) -> dict[str, Doubt]:
        """The doubts of earlier runs, by path of the post."""
        return {doubt.path: doubt for feed in self._before.values() for doubt in feed.doubts}

    def doubt(self, url: str, doubts: Iterable[Doubt]) -> None:
        """These posts of a feed that was read wait for a later reading to confirm what they lost; no others do."""
        self._now[url] = replace(self._now[url], doubts=tuple(doubts))

    def moved(self, url: str, now: datetime) -> str:
        """The feed's new address, where it has stood long enough to be told; else nothing."""
        standing = self._now[url].standing
        return standing.moved_to if standing.moved_long_ago(now) else ""

    def unread(self, urls: Iterable[str]) -> None:
        """These feeds are to be read in full."""
        self._before |= {url: self.before(url).unread() for url in urls}

    def answered(self, url: str, response: Response, body: str, when: datetime) -> None:
        """The server has answered at `when`, and `body` is the hash of what the feed is now.

        A 304 without a field leaves that field as it was: RFC 9111 §4.3.4.
        """
        before = self.before(url)
        headers = dict(response.headers)
        if response.status == 304:
            earlier = {name: getattr(before, name.replace("-", "_")) for name in state.HEADERS}
            headers = {name: value for name, value in earlier.items() if value} | headers
        self._headers[url] = headers
        self._harvests[url] = FetchRecord(
            when=when,
            status=response.status,
            bytes=response.wire_bytes,
            milliseconds=response.milliseconds,
            redirects=response.requests - 1,
        )
        standing = schedule.after_success(
            before.standing, now=when, headers=headers, hints=before.hints, moved_to=response.moved_to
        )
        self._now[url] = self._answered[url] = replace(
            before,
            etag=headers.get("etag", ""),
            last_modified=headers.get("last-modified", ""),
            cache_control=headers.get("cache-control", ""),
            expires=headers.get("expires", ""),
            origin=response.final_url,
            body=body,
            outcome="",
            settings=self._settings[url],
            read=when,
            standing=standing,
        )

    def failed(self, url: str, error: FetchError, when: datetime) -> None:
        """No feed came at `when`."""
        reason = str(error)
        self._harvests[url] = FetchRecord(
            when=when,
            status=error.status,
            milliseconds=error.milliseconds,
            redirects=max(0, error.requests - 1),
            reason=reason,
        )
        standing = schedule.after_failure(
            self.before(url).standing, now=when, url=url, status=error.status, headers=error.headers
        )
        self._now[url] = self._as_before(url, reason, standing)

    def unreadable(self, url: str, reason: str) -> None:
        """What the server sent is no feed: its validators are not believed, or a 304 would freeze the fault."""
        harvest = self._harvests[url]
        standing = schedule.after_failure(self.before(url).standing, now=harvest.when, url=url, status=200, headers={})
        self._now[url] = self._as_before(url, reason, standing)
        self._harvests[url] = replace(harvest, reason=reason)

    def learn(self, url: str, facts: FeedIdentity, hints: PollHints) -> None:
        """The feed was believed."""
        now, when = self._answered[url], self._harvests[url].when
        standing = schedule.after_success(
            self.before(url).standing,
            now=when,
            headers=self._headers[url],
            hints=hints,
            moved_to=now.standing.moved_to,
        )
        self._now[url] = replace(now, **asdict(facts), hints=hints, standing=standing, pending=False)

    def note(self, url: str, note: str) -> None:
        """Something else is to be known of the feed."""
        harvest = self._harvests[url]
        self._harvests[url] = replace(harvest, notes=tuple(dict.fromkeys((*harvest.notes, note))))

    def wait(self, url: str) -> None:
        """A change of the feed is pending: it is read again once posts/ has changed."""
        self._now[url] = replace(self._now[url], pending=True)

    def forgo(self, url: str, reason: str) -> None:
        """Nothing was taken for that reason: when the feed is due again, it is read as if this run had not been."""
        standing = self._now[url].standing if url in self._now else self.before(url).standing
        self._now[url] = self._as_before(url, reason, standing)
        if url in self._harvests and reason:
            self._harvests[url] = replace(self._harvests[url], reason=reason)

    def _as_before(self, url: str, reason: str, standing: PollState) -> FeedState:
        """What was known, which no setting has changed but for what `before` tells already."""
        return replace(self.before(url), outcome=reason, settings=self._settings[url], standing=standing)

    def save(self) -> None:
        """Writes what is known of the authors' feeds, and forgets all others."""
        self._write(self._before | self._now, self._repository.tip)

    def abandon(self) -> None:
        """The run came to nothing: only when to call again is kept, which is soon where there was news."""
        standings = {url: _soon(self.before(url), feed, self._harvests.get(url)) for url, feed in self._now.items()}
        feeds = {url: replace(self.before(url), standing=standing) for url, standing in standings.items()}
        self._write(self._before | feeds, state.load(self._root).commit)

    def _write(self, feeds: Mapping[str, FeedState], commit: str) -> None:
        subscribed = {url: feed for url, feed in feeds.items() if url in self._settings}
        state.save(self._root, Cache(commit=commit, feeds=subscribed))
        fetch_log.add_records(self._root, self._harvests, keep=self._settings.keys())


def _soon(before: FeedState, now: FeedState, harvest: FetchRecord | None) -> PollState:
    """When to call again though the news was lost: after an hour, unless the server asked for more."""
    if harvest is None or now.standing.held_off or now.body == before.body:
        return now.standing
    return replace(now.standing, due=harvest.when + schedule.SHORTEST)


def _settings(listed: Sequence[Subscription]) -> str:
    """A hash of all in author files that decides what becomes of a feed's entries."""
    words = [
        repr((own.source, *own.source.authors, own.author.timezone, own.author.language, own.author.licence))
        for own in listed
    ]
    if len(listed) > 1:  # what the others read meanwhile has passed by a member who is active again
        words += [f"{own.author.nick} {own.author.is_read} {own.source.fault}" for own in listed]
    return sha256("\n".join(words).encode()).hexdigest()[:16]
