"""Feeds → commits: fetch, parse, plan, record, push."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator import archive, messages
from generator.calls import Calls, Wish
from generator.errors import PlanetError, RepositoryError
from generator.harvest import Yield, bring_in
from generator.known import Known
from generator.memory import Memory
from generator.model import Author, Change, Planet, Post
from generator.reading import Task, finish
from generator.record import commit_of, keeper
from generator.report import Report, Watch
from generator.repository import Refused, RejectedError, Repository
from generator.settle import reconsider, settle
from generator.workers import Crew, crew

PUSHES = 10
"""How often a lost race is run again."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the caller of a run may choose."""

    only: str = ""
    """Nick of the one author whose feeds are read."""
    force: bool = False
    """Feeds are asked before they are due."""
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
        wish = Wish(force=options.force or self._vouched, backfill=options.backfill, named=bool(options.only))
        self.calls = Calls(
            planet, self.authors, memory=self.memory, report=self.report, watch=watch, now=now, wish=wish
        )
        self.changes: list[Change] = []
        self._known = Known(root, repository, now)

    def go(self) -> Report:
        """All stages, in order."""
        try:
            written = self._stages()
        except BaseException:
            if not self.options.dry_run:
                self.memory.abandon()
            raise
        self.report.check(written=written)
        return self.report

    def _stages(self) -> int:
        """How many files were written, or would have been."""
        fetch = self.planet.fetch
        workers = crew(self.report.planned, seconds=fetch.read_timeout, memory=fetch.read_memory)
        with self._timed("fetch"):
            begun = [self._begin(author, workers) for author in self.calls.make()]
        with self._timed("plan"):
            self.watch.begin("planning", len(begun))
            changes = self._gather(finish(workers, begun), first=True)
        if self.options.dry_run:
            self._tell(changes)
            return len(changes)
        with self._timed("record"):
            self._record(changes)
        if self.options.push:
            with self._timed("push"):
                self._push(workers)
        self.memory.save()
        return self.repository.written(archive.FOLDER)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.report.seconds[stage] = time.perf_counter() - begin

    # plan -------------------------------------------------------------------

    def _begin(self, author: Author, workers: Crew) -> tuple[Task, "Future[Yield]"]:
        workers.wake()
        task = self._task(author)
        return task, task.begin(workers)

    def _task(self, author: Author) -> Task:
        known = self._known.of(author.nick)
        answers = self.calls.answers[author.nick]
        return Task(author=author, answers=answers, known=known, now=self.now, vouched=self._vouched)

    @property
    def _vouched(self) -> bool:
        return self.options.release or self.options.backfill

    def _gather(self, yields: Iterable[Yield], *, first: bool) -> list[Change]:
        """All changes, oldest post first; counts them and, the first time, the feeds that could not be read."""
        changes: list[Change] = []
        self.report.held = 0
        for found in yields:
            come = self._reconsidered(found)
            changes.extend(come.plan.changes)
            self.report.held += come.plan.held
            lines = self._tell_of(come) if first else []
            self._learn(come)
            self.watch.step("\n".join(lines))
        return self._settled(changes, first=first)

    def _reconsidered(self, come: Yield) -> Yield:
        """The yield, planned again where git knows more than the tree. What could not be read is tried no more."""
        author = next(author for author in self.authors if author.nick == come.nick)
        known = self._known.of(come.nick)
        bad = {source.url for source, _ in come.unreadable}
        readable = [answer for answer in self.calls.answers[come.nick] if answer.source.url not in bad]
        self.calls.answers[come.nick] = readable

        def again(known: list[Post], *, vouched: bool) -> Yield:
            return bring_in(author, readable, known, self.now, vouched or self._vouched)

        final = reconsider(come, self.repository, known, gone=lambda: self._known.gone(come.nick), again=again)
        return replace(final, unreadable=come.unreadable)

    def _learn(self, come: Yield) -> None:
        """Takes note of what feeds say of themselves, and of what is to be read again."""
        for source, facts, hints in come.told:
            self.memory.learn(source.url, facts, hints, pending=bool(come.plan.notes))
        for stop in come.plan.stops:
            self.memory.forgo(stop.feed, f"held: {stop.reason}")

    def _settled(self, changes: list[Change], *, first: bool) -> list[Change]:
        settled = settle(
            changes,
            self.repository,
            lambda: self._known.heads,
            self._known.whole,
            self.now,
            released=self._vouched,
        )
        self.report.held += settled.held
        for nick, answers in self.calls.answers.items():
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
            self.calls.unreadable(come.nick, source, reason)
        for source, note in come.notes:
            self.memory.note(source.url, note)
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

    def _push(self, workers: Crew) -> None:
        """Pushes; after a lost race derives the changes anew on the new tip from the answers in memory."""
        for _ in range(PUSHES):
            try:
                self._leave_out(self.repository.push())
            except RejectedError:
                self.repository.rebase_onto_remote()
                self._known = Known(self.root, self.repository, self.now)  # the archive is another one now
                asked = [author for author in self.authors if self.calls.answers.get(author.nick)]
                self._record(
                    self._gather(finish(workers, [self._begin(author, workers) for author in asked]), first=False)
                )
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
