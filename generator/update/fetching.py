"""Fetch the feeds that are due and sort their responses by author: `Calls`. Memory and report are kept up.

A feed that several members list is asked and counted once, and its response is sorted to each of them.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator.errors import FeedError
from generator.feeds.fetch import FetchError, FetchRequest, fetch_all
from generator.models import Author, Failure, FeedFetch, Planet, Response
from generator.update.feed_states import Memory
from generator.update.report import Progress, UpdateReport
from generator.update.subscriptions import RunFeeds


@dataclass(frozen=True, kw_only=True)
class FetchOptions:
    """What a person wants of a round beyond what is due."""

    force: bool = False
    """Feeds are asked before they are due; never before a moment that their server named itself."""
    backfill: bool = False
    """Every feed is read to its last page."""
    named: bool = False
    """The person has named the author: a feed that is not asked is told."""


class Calls:
    """One round of calls on the servers of `feeds`, begun at `now`."""

    def __init__(
        self,
        planet: Planet,
        feeds: RunFeeds,
        *,
        memory: Memory,
        report: UpdateReport,
        watch: Progress,
        now: datetime,
        wish: FetchOptions,
    ) -> None:
        self._planet, self._memory, self._report, self._watch = planet, memory, report, watch
        self._now, self._wish = now, wish
        self._began = time.monotonic()
        self._feeds = feeds
        self.answers: dict[str, list[FeedFetch]] = {}
        """New bodies, by nick."""
        self.unreadable: set[str] = set()
        """Addresses of those that turned out to be no feeds."""

    def make(self) -> Iterator[Author]:
        """Asks every feed that is due. An author with news comes as soon as all of the author's feeds have answered."""
        due = [url for url in self._feeds.by_url if self._is_due(url)]
        missing = Counter(own.author.nick for url in due for own in self._feeds.by_url[url])
        self._report.skipped += len(self._feeds.by_url) - len(due)
        self._watch.begin("fetching", len(due))
        for ask, outcome in fetch_all([self._ask(url) for url in due], self._planet.fetch):
            self._take(ask.url, outcome)
            for own in self._feeds.by_url[ask.url]:
                nick = own.author.nick
                missing[nick] -= 1
                if not missing[nick] and nick in self.answers:
                    yield own.author

    def fail_reading(self, url: str, reason: str) -> None:
        """A body that was taken for news turns out to be no feed, which is told once."""
        if url in self.unreadable:
            return
        self.unreadable.add(url)
        self._report.ok -= 1
        self._report.failures.append(Failure(feed=url, nick=self._feeds.nicks_of(url), reason=reason))
        self._memory.unreadable(url, reason)

    def _is_due(self, url: str) -> bool:
        before = self._memory.before(url)
        standing = before.standing
        due = standing.is_due(self._now, hints=before.hints, force=self._wish.force)
        if not due and self._wish.named:
            until = f"not asked before {standing.due:%Y-%m-%d %H:%M} UTC" if standing.due else "not asked any more"
            why = "its server wants that" if standing.held_off else "--force asks it now"
            self._watch.step(f"{url} is {until}; {why}")
        return due

    def _ask(self, url: str) -> FetchRequest:
        before = self._memory.before(url)
        return FetchRequest(url=url, validators=before.validators, origin=before.origin)

    def _when(self) -> datetime:
        """The time of day, to the second: a round may take minutes, and waiting counts from an answer."""
        return self._now + timedelta(seconds=int(time.monotonic() - self._began))

    def _take(self, url: str, outcome: Response | FeedError) -> None:
        if isinstance(outcome, Response):
            self._answered(url, outcome)
            self._watch.step()
            return
        error, nicks = (
            outcome if isinstance(outcome, FetchError) else FetchError(str(outcome)),
            self._feeds.nicks_of(url),
        )
        self._report.requests += error.requests
        self._report.failures.append(Failure(feed=url, nick=nicks, reason=str(error)))
        self._memory.failed(url, error, self._when())
        self._watch.step(f"{nicks}: {error}")

    def _answered(self, url: str, response: Response) -> None:
        self._report.requests += response.requests
        self._report.bytes += response.wire_bytes
        before = self._memory.before(url).body
        body = hashlib.sha256(response.body).hexdigest() if response.status == 200 else before
        self._memory.answered(url, response, body, self._when())
        self._moved(url)
        if body == before:
            self._report.unchanged += 1
            return
        self._report.ok += 1
        listed = self._feeds.by_url[url]
        older = self._older(listed[0].author, response) if self._wish.backfill else ()
        for own in listed:
            answer = FeedFetch(
                source=own.source,
                response=response,
                before=self._memory.facts(url),
                older=older,
                listed=self._feeds.listed[url],
            )
            self.answers.setdefault(own.author.nick, []).append(answer)

    def _moved(self, url: str) -> None:
        moved = self._memory.moved(url, self._now)
        if moved:
            files = " and ".join(f"authors/{own.author.nick}.yaml" for own in self._feeds.by_url[url])
            note = f"{url} has moved to {moved}; write that into {files}"
            self._report.notes.append(note)
            self._watch.step(f"{self._feeds.nicks_of(url)}: {note}")

    def _older(self, author: Author, response: Response) -> tuple[Response, ...]:
        from generator.feeds.pagination import older_pages  # only here: most runs read no feed
        from generator.update.reading import page

        def get(url: str) -> Response:
            _, outcome = next(iter(fetch_all([FetchRequest(url=url)], self._planet.fetch)))
            self._report.requests += 1
            if isinstance(outcome, Response):
                self._report.bytes += outcome.wire_bytes
                return outcome
            raise outcome

        return older_pages(response, get=get, read=lambda response: page(response, author))
