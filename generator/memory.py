"""The cache between two runs → what is believed of each feed now, and what the next run shall know."""

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from hashlib import sha256
from pathlib import Path

from generator import archive, cache
from generator.cache import Cache, Remembered
from generator.model import Author, FeedSource, Response
from generator.plan import Facts
from generator.repository import Repository


class Memory:
    """What is known of feeds, by address. Nothing of this run counts before `save`."""

    def __init__(self, root: Path, repository: Repository, authors: Iterable[Author]) -> None:
        self._root, self._repository = root, repository
        self._settings = {source.url: _settings(source, author) for author in authors for source in author.feeds}
        self._before = self._recall()
        self._now: dict[str, Remembered] = {}

    def _recall(self) -> dict[str, Remembered]:
        """What the cache knows and may be believed: a history without its commit has not got those posts."""
        found = cache.load(self._root)
        if not found.commit or not self._repository.contains(found.commit):
            return {}
        feeds = dict(found.feeds)
        pending = [url for url, feed in feeds.items() if feed.pending]
        if pending and not self._repository.changed_files(found.commit, self._repository.tip, archive.FOLDER):
            pending = []
        other = [url for url, feed in feeds.items() if feed.settings != self._settings.get(url)]
        return feeds | {url: feeds[url].unread() for url in {*pending, *other}}

    def before(self, url: str) -> Remembered:
        """What earlier runs knew."""
        return self._before.get(url, Remembered())

    def facts(self, url: str) -> Facts:
        """What the feed said of itself when it was last believed."""
        known = self.before(url)
        return Facts(**{field.name: getattr(known, field.name) for field in fields(Facts)})

    def unread(self, urls: Iterable[str]) -> None:
        """These feeds are to be read in full."""
        self._before |= {url: self.before(url).unread() for url in urls}

    def answered(self, url: str, response: Response, body: str) -> None:
        """The server has answered, and `body` is the hash of what the feed is now."""
        before, validators = self.before(url), response.validators
        if response.status == 304:
            validators = replace(
                validators,
                etag=validators.etag or before.etag,
                last_modified=validators.last_modified or before.last_modified,
            )
        known = replace(before, etag=validators.etag, last_modified=validators.last_modified)
        fresh = replace(known, origin=response.final_url, body=body, outcome="")
        self._now[url] = replace(fresh, settings=self._settings[url])

    def learn(self, url: str, facts: Facts, *, pending: bool) -> None:
        """The feed was believed; where a change is `pending`, it is read again once posts/ has changed."""
        self._now[url] = replace(self._now[url], **asdict(facts), pending=pending)

    def wait(self, url: str) -> None:
        """A change of the feed is pending."""
        self._now[url] = replace(self._now[url], pending=True)

    def forgo(self, url: str, reason: str) -> None:
        """Nothing was taken for that reason: the feed is asked again as if this run had not been."""
        self._now[url] = replace(self.before(url), outcome=reason)

    def save(self) -> None:
        """Writes what is known of the authors' feeds, and forgets all others."""
        kept = {url: feed for url, feed in (self._before | self._now).items() if url in self._settings}
        cache.save(self._root, Cache(commit=self._repository.tip, feeds=kept))


def _settings(source: FeedSource, author: Author) -> str:
    """A hash of all in an author file that decides what becomes of a feed's entries."""
    return sha256(repr((source, author.timezone, author.language, author.licence)).encode()).hexdigest()[:16]
