"""Feeds → commits: fetch, parse, plan, record, push."""

import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from generator import archive, cache, messages, posts, workers
from generator.cache import Cache, Remembered
from generator.errors import FileError, PlanetError
from generator.fetch import Ask, fetch_all
from generator.harvest import Answer, Yield, bring_in, hash_of
from generator.model import Author, Change, Failure, FeedSource, Planet, Post, Response
from generator.report import Report
from generator.repository import Commit, Person, RejectedError, Repository

PUSHES = 10
"""How often a lost race is run again."""


class Watch(Protocol):
    """Who is told how a run goes."""

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self, line: str = "") -> None:
        """One step is done; `line` is worth telling, if there is one."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the caller of a run may choose."""

    only: str = ""
    """Nick of the one author whose feeds are read."""
    dry_run: bool = False
    push: bool = False


def update(root: Path, planet: Planet, options: Options, *, now: datetime, watch: Watch) -> Report:
    """Reads the feeds of the planet in `root` as at `now`, and commits what is new.

    Raises PlanetError where nothing can be done; a feed's fault costs that feed and stands in the report.
    """
    with Repository(root) as repository:
        repository.prepare(archive.FOLDER)
        run = _Run(root, planet, options, repository, now, watch)
        return run.go()


class _Run:
    """One run: what it asked, what it was answered, and what it counted."""

    def __init__(
        self, root: Path, planet: Planet, options: Options, repository: Repository, now: datetime, watch: Watch
    ) -> None:
        self.root, self.planet, self.options, self.repository = root, planet, options, repository
        self.now, self.watch = now, watch
        chosen = _chosen(planet, options.only)
        self.authors = [author for author in chosen if author.status == "active"]
        planned = sum(len(author.feeds) for author in chosen)
        self.report = Report(planned=planned, skipped=planned - sum(len(author.feeds) for author in self.authors))
        remembered = cache.load(root)
        trusted = remembered.commit and repository.contains(remembered.commit)
        self.remembered: dict[str, Remembered] = dict(remembered.feeds) if trusted else {}
        self.fresh: dict[str, Remembered] = {}
        self.answers: dict[str, list[Answer]] = {}

    def go(self) -> Report:
        """All stages, in order."""
        start = self.repository.tip
        with workers.crew(self.report.planned) as crew:
            with self._timed("fetch"):
                futures = list(self._fetch(crew))
            with self._timed("plan"):
                changes = self._gather(futures, first=True)
            if self.options.dry_run:
                self._tell(changes)
                return self._closed(written=len(changes))
            with self._timed("record"):
                self._record(changes)
            if self.options.push:
                with self._timed("push"):
                    start = self._push(crew, start)
        self._remember()
        return self._closed(written=self.repository.changed_files(start, self.repository.tip, archive.FOLDER))

    def _closed(self, *, written: int) -> Report:
        self.report.check(written=written)
        return self.report

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.report.seconds[stage] = time.perf_counter() - begin

    # fetch ------------------------------------------------------------------

    def _fetch(self, crew: Executor) -> Iterator[Future[Yield]]:
        """Asks every feed; an author whose feeds have all answered goes to the crew while the others are awaited."""
        sources = {source.url: (author, source) for author in self.authors for source in author.feeds}
        missing = {author.nick: len(author.feeds) for author in self.authors}
        self.watch.begin("fetching", len(sources))
        for ask, outcome in fetch_all([self._ask(url) for url in sources], self.planet.fetch):
            author, source = sources[ask.url]
            if isinstance(outcome, Response):
                self._answered(author, source, outcome)
                self.watch.step()
            else:
                self._failed(author.nick, source, str(outcome))
                self.watch.step(f"{author.nick}: {outcome}")
            missing[author.nick] -= 1
            if not missing[author.nick] and author.nick in self.answers:
                yield self._submit(crew, author)

    def _ask(self, url: str) -> Ask:
        known = self.remembered.get(url, Remembered())
        return Ask(url=url, validators=known.validators, origin=known.origin)

    def _answered(self, author: Author, source: FeedSource, response: Response) -> None:
        self.report.requests += response.requests
        self.report.bytes += response.wire_bytes
        before = self.remembered.get(source.url, Remembered())
        body = hash_of(response.body) if response.status == 200 else before.body
        now = Remembered(
            etag=response.validators.etag, last_modified=response.validators.last_modified,
            origin=response.final_url, body=body,
        )  # fmt: skip
        if response.status == 304:
            now = replace(now, etag=now.etag or before.etag, last_modified=now.last_modified or before.last_modified)
        self.fresh[source.url] = now
        if body == before.body:
            self.report.unchanged += 1
        else:
            self.report.ok += 1
            self.answers.setdefault(author.nick, []).append(Answer(source=source, response=response))

    def _failed(self, nick: str, source: FeedSource, reason: str) -> None:
        self.report.failures.append(Failure(feed=source.url, nick=nick, reason=reason))

    # plan -------------------------------------------------------------------

    @cached_property
    def _known(self) -> dict[str, list[Post]]:
        """The archive by author, read when the first news comes: most runs have none."""
        tree = archive.read(self.root)
        if tree.problems:
            raise FileError(tree.problems)
        return tree.by_nick()

    def _submit(self, crew: Executor, author: Author) -> Future[Yield]:
        return crew.submit(bring_in, author, self.answers[author.nick], self._known.get(author.nick, []), self.now)

    def _gather(self, futures: list[Future[Yield]], *, first: bool) -> list[Change]:
        """All changes, oldest post first; counts them and, the first time, the feeds that could not be read."""
        self.watch.begin("planning", len(futures))
        changes: list[Change] = []
        self.report.held = 0
        for future in futures:
            come = future.result()
            changes.extend(come.plan.changes)
            self.report.held += come.plan.held
            lines = self._tell_of(come) if first else []
            self.watch.step("\n".join(lines))
        changes.sort(key=lambda change: (posts.moment(change.post.date), change.post.path))
        self.report.count(changes)
        return changes

    def _tell_of(self, come: Yield) -> list[str]:
        for source, reason in come.unreadable:
            self.report.ok -= 1
            self.fresh.pop(source.url)
            self._failed(come.nick, source, reason)
        notes = [*come.plan.notes, *(f"{source.url}: {note}" for source, note in come.notes)]
        self.report.notes.extend(notes)
        return [
            *(f"{come.nick}: {reason}" for _, reason in come.unreadable),
            *(f"{come.nick}: {note}" for note in notes),
        ]

    # record, push -----------------------------------------------------------

    def _record(self, changes: list[Change]) -> None:
        self.report.commit = ""
        if changes:
            self._tell(changes)
            self.report.commit = self.repository.record(
                [_commit(change, self.planet) for change in changes],
                committer=Person(name=self.planet.title, email="planet@planet.invalid"),
                now=self.now,
                folder=archive.FOLDER,
            )

    def _tell(self, changes: list[Change]) -> None:
        self.watch.begin("recording", len(changes))
        for change in changes:
            self.watch.step(messages.subject(change))

    def _push(self, crew: Executor, start: str) -> str:
        """Pushes; after a lost race derives the changes anew on the new tip from the answers in memory."""
        for _ in range(PUSHES):
            try:
                self.repository.push()
            except RejectedError:
                self.repository.rebase_onto_remote(start)
                start = self.repository.tip
                self.__dict__.pop("_known", None)  # the archive is another one now
                authors = [author for author in self.authors if author.nick in self.answers]
                self._record(self._gather([self._submit(crew, author) for author in authors], first=False))
            else:
                return start
        raise PlanetError(f"the push lost the race {PUSHES} times; run it again later")

    def _remember(self) -> None:
        feeds = self.remembered | self.fresh
        wanted = {source.url for author in self.planet.authors for source in author.feeds}
        kept = {url: feed for url, feed in feeds.items() if url in wanted}
        cache.save(self.root, Cache(commit=self.repository.tip, feeds=kept))


def _chosen(planet: Planet, only: str) -> list[Author]:
    if only and only not in {author.nick for author in planet.authors}:
        raise PlanetError(f"there is no author {only!r}; look into authors/")
    return [author for author in planet.authors if not only or author.nick == only]


def _commit(change: Change, planet: Planet) -> Commit:
    post = change.post
    email = next((author.email for author in planet.authors if author.nick == post.nick and author.email), "")
    return Commit(
        path=post.path,
        text=posts.to_text(post),
        message=messages.message(change),
        author=Person(name=post.author or post.nick, email=email or f"{post.nick}@planet.invalid"),
        written=posts.moment(post.date),
    )
