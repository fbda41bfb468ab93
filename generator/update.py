"""Feeds → commits: fetch, parse, plan, record, push."""

import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from generator import archive, messages, workers
from generator.archive import Archive
from generator.backfill import older_pages
from generator.errors import FileError, PlanetError, RepositoryError
from generator.fetch import Ask, fetch_all
from generator.harvest import Answer, Yield, bring_in, hash_of, page
from generator.memory import Memory
from generator.model import Author, Change, Failure, FeedSource, Planet, Post, Response
from generator.record import commit_of, keeper
from generator.report import Report, Watch
from generator.repository import Refused, RejectedError, Repository
from generator.settle import deleted, reconsider, settle

PUSHES = 10
"""How often a lost race is run again."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the caller of a run may choose."""

    only: str = ""
    """Nick of the one author whose feeds are read."""
    dry_run: bool = False
    push: bool = False
    release: bool = False
    """A person has looked at the feeds: none is held for what it looks like."""
    backfill: bool = False
    """Every feed is read to its last page, as if for the first time."""


def update(root: Path, planet: Planet, options: Options, *, now: datetime, watch: Watch) -> Report:
    """Reads the feeds of the planet in `root` as at `now`, and commits what is new.

    Raises PlanetError where nothing can be done; a feed's fault costs that feed and stands in the report.
    """
    with Repository(root) as repository:
        if repository.shallow:
            raise RepositoryError(
                "this clone is shallow and cannot tell what people deleted; run `git fetch --unshallow`"
            )
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
        self.memory = Memory(root, repository, planet.authors)
        if self._vouched:
            self.memory.unread(source.url for author in self.authors for source in author.feeds)
        self.answers: dict[str, list[Answer]] = {}
        self.changes: list[Change] = []

    def go(self) -> Report:
        """All stages, in order."""
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
                    self._push(crew)
        self.memory.save()
        return self._closed(written=self.repository.written(archive.FOLDER))

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
        known = self.memory.before(url)
        return Ask(url=url, validators=known.validators, origin=known.origin)

    def _answered(self, author: Author, source: FeedSource, response: Response) -> None:
        self.report.requests += response.requests
        self.report.bytes += response.wire_bytes
        before = self.memory.before(source.url).body
        body = hash_of(response.body) if response.status == 200 else before
        self.memory.answered(source.url, response, body)
        if body == before:
            self.report.unchanged += 1
        else:
            self.report.ok += 1
            older = self._older(author, response) if self.options.backfill else ()
            answer = Answer(source=source, response=response, before=self.memory.facts(source.url), older=older)
            self.answers.setdefault(author.nick, []).append(answer)

    def _older(self, author: Author, response: Response) -> tuple[Response, ...]:
        def get(url: str) -> Response:
            _, outcome = next(iter(fetch_all([Ask(url=url)], self.planet.fetch)))
            self.report.requests += 1
            if isinstance(outcome, Response):
                self.report.bytes += outcome.wire_bytes
                return outcome
            raise outcome

        return older_pages(response, get=get, read=lambda response: page(response, author))

    def _failed(self, nick: str, source: FeedSource, reason: str) -> None:
        self.report.failures.append(Failure(feed=source.url, nick=nick, reason=reason))
        self.memory.forgo(source.url, reason)

    # plan -------------------------------------------------------------------

    @cached_property
    def _known(self) -> dict[str, list[Post]]:
        """The archive by author, read when the first news comes: most runs have none."""
        tree = archive.read(self.root)
        if tree.problems:
            raise FileError(tree.problems)
        return tree.by_nick()

    @cached_property
    def _gone(self) -> dict[str, list[Post]]:
        """The posts that people deleted, by author; read when a new post comes."""
        known = [post for own in self._known.values() for post in own]
        return Archive(posts=tuple(deleted(self.repository, known, self.now))).by_nick()

    def _submit(self, crew: Executor, author: Author) -> Future[Yield]:
        known = self._known.get(author.nick, [])
        return crew.submit(bring_in, author, self.answers[author.nick], known, self.now, self._vouched)

    @property
    def _vouched(self) -> bool:
        return self.options.release or self.options.backfill

    def _gather(self, futures: list[Future[Yield]], *, first: bool) -> list[Change]:
        """All changes, oldest post first; counts them and, the first time, the feeds that could not be read."""
        self.watch.begin("planning", len(futures))
        changes: list[Change] = []
        self.report.held = 0
        for future in futures:
            come = self._reconsidered(future.result())
            changes.extend(come.plan.changes)
            self.report.held += come.plan.held
            self._learn(come)
            lines = self._tell_of(come) if first else []
            self.watch.step("\n".join(lines))
        return self._settled(changes, first=first)

    def _reconsidered(self, come: Yield) -> Yield:
        """The yield, planned again where git knows more than the tree."""
        author = next(author for author in self.authors if author.nick == come.nick)
        known = self._known.get(come.nick, [])

        def again(known: list[Post], *, vouched: bool) -> Yield:
            return bring_in(author, self.answers[come.nick], known, self.now, vouched or self._vouched)

        return reconsider(come, self.repository, known, gone=lambda: self._gone.get(come.nick, []), again=again)

    def _learn(self, come: Yield) -> None:
        """Takes note of what feeds say of themselves, and of what is to be read again."""
        for source, facts in come.facts:
            self.memory.learn(source.url, facts, pending=bool(come.plan.notes))
        for stop in come.plan.stops:
            self.memory.forgo(stop.feed, f"held: {stop.reason}")

    def _settled(self, changes: list[Change], *, first: bool) -> list[Change]:
        everything = (post for own in self._known.values() for post in own)
        settled = settle(changes, self.repository, lambda: everything, self.now, released=self._vouched)
        self.report.held += settled.held
        for nick, answers in self.answers.items():
            for answer in answers:
                if nick in settled.waiting:
                    self.memory.forgo(answer.source.url, "")
                elif nick in settled.pending:
                    self.memory.wait(answer.source.url)
        if first:
            self.report.notes.extend(settled.notes)
            self.watch.step("\n".join(settled.notes))
        self.report.count(settled.changes)
        return settled.changes

    def _tell_of(self, come: Yield) -> list[str]:
        for source, reason in come.unreadable:
            self.report.ok -= 1
            self._failed(come.nick, source, reason)
        held = (
            f"{stop.feed} is held: {stop.reason}; see it, then run `gitplanet release {come.nick}`"
            for stop in come.plan.stops
        )
        notes = [*held, *come.plan.notes, *(f"{source.url}: {note}" for source, note in come.notes)]
        self.report.notes.extend(notes)
        return [
            *(f"{come.nick}: {reason}" for _, reason in come.unreadable),
            *(f"{come.nick}: {note}" for note in notes),
        ]

    # record, push -----------------------------------------------------------

    def _record(self, changes: list[Change]) -> None:
        self.report.commit, self.changes = "", changes
        if changes:
            self._tell(changes)
            self.report.commit = self.repository.record(
                (commit_of(change, self.planet) for change in changes),
                committer=keeper(self.planet),
                now=self.now,
                folder=archive.FOLDER,
            )

    def _tell(self, changes: list[Change]) -> None:
        self.watch.begin("recording", len(changes))
        for change in changes:
            self.watch.step(messages.subject(change))

    def _push(self, crew: Executor) -> None:
        """Pushes; after a lost race derives the changes anew on the new tip from the answers in memory."""
        for _ in range(PUSHES):
            try:
                self._leave_out(self.repository.push())
            except RejectedError:
                self.repository.rebase_onto_remote()
                for read in ("_known", "_gone"):  # the archive is another one now
                    self.__dict__.pop(read, None)
                authors = [author for author in self.authors if author.nick in self.answers]
                self._record(self._gather([self._submit(crew, author) for author in authors], first=False))
            else:
                return
        raise PlanetError(f"the push lost the race {PUSHES} times; run it again later")

    def _leave_out(self, refused: list[Refused]) -> None:
        """Tells what the remote did not take; its authors' feeds are asked again as if this run had not been."""
        reasons = {each.path: each.reason for each in refused}
        notes = [f"{path}: held, because the remote refuses it: {reason}" for path, reason in reasons.items()]
        self.report.notes.extend(notes)
        self.report.held += len(notes)
        self.watch.step("\n".join(notes))
        left = [change for change in self.changes if change.post.path not in reasons]
        self.report.count(left)
        self.report.commit = self.repository.tip if left else ""
        nicks = {path.split("/")[1] for path in reasons}
        for source in [source for author in self.authors if author.nick in nicks for source in author.feeds]:
            self.memory.forgo(source.url, "held: the remote refuses a post")


def _chosen(planet: Planet, only: str) -> list[Author]:
    if only and only not in {author.nick for author in planet.authors}:
        raise PlanetError(f"there is no author {only!r}; look into authors/")
    return [author for author in planet.authors if not only or author.nick == only]
