"""Run an update, from feeds to commits, with `update`: fetch, parse, plan, record, push."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive import tree
from generator.errors import PlanetError, Problem, RepositoryError
from generator.git import Refused, RejectedError, Repository
from generator.models import Change, Planet
from generator.update import commit_message
from generator.update.commits import commit_of, planet_identity
from generator.update.feed_states import Memory
from generator.update.fetching import Calls, FetchOptions
from generator.update.report import Progress, UpdateReport
from generator.update.subscriptions import choose

if TYPE_CHECKING:
    from generator.update.planning import News

PUSHES = 10
"""How often a lost race is run again."""


@dataclass(frozen=True, kw_only=True)
class UpdateOptions:
    """What the caller of a run may choose."""

    only: str = ""
    """Nick of the member whose feeds are read. Of those who share one of them, no posts change, but by `release`."""
    force: bool = False
    """Feeds are asked before they are due."""
    dry_run: bool = False
    push: bool = False
    release: bool = False
    """A person has looked at the feeds: none is held for what it looks like."""
    backfill: bool = False
    """Every feed is read to its last page, as if for the first time."""
    reconvert: bool = False
    """Every feed is read in full, and posts that an earlier version of the program converted worse are repaired."""


def update(root: Path, planet: Planet, options: UpdateOptions, *, now: datetime, watch: Progress) -> UpdateReport:
    """Reads the feeds of the planet in `root` as at `now`, and commits what is new.

    Raises PlanetError where nothing can be done; a feed's fault costs that feed and stands in the report.
    """
    with Repository(root) as repository:
        if repository.shallow:
            raise RepositoryError(
                "this clone is shallow and cannot tell what people deleted; run `git fetch --unshallow`"
            )
        repository.prepare(tree.FOLDER)
        run = _Run(root, planet, options, repository, now, watch)
        return run.go()


def _problems(planet: Planet) -> dict[str, Problem]:
    """The faults of author files, by what is said of them."""
    faults = (
        Problem(file=fault.file, line=fault.line, reason=fault.reason, remedy=fault.remedy) for fault in planet.faults
    )
    return {str(problem): problem for problem in faults}


class _Run:
    """One run: what it asked, what it was answered, and what it counted."""

    def __init__(
        self, root: Path, planet: Planet, options: UpdateOptions, repository: Repository, now: datetime, watch: Progress
    ) -> None:
        self.root, self.planet, self.options, self.repository = root, planet, options, repository
        self.now, self.watch = now, watch
        self.feeds = choose(planet, options.only, released=options.release)
        skipped = self.feeds.planned - len(self.feeds.by_url)
        self.report = UpdateReport(planned=self.feeds.planned, skipped=skipped, faults=_problems(planet))
        self.memory = Memory(root, repository, planet.authors, now)
        self.vouched = options.release or options.backfill
        whole = self.vouched or options.reconvert
        if whole:
            self.memory.unread(self.feeds.by_url)
        wish = FetchOptions(force=options.force or whole, backfill=options.backfill, named=bool(options.only))
        self.calls = Calls(planet, self.feeds, memory=self.memory, report=self.report, watch=watch, now=now, wish=wish)
        self.changes: list[Change] = []

    def go(self) -> UpdateReport:
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
        with self._timed("fetch"):
            for author in self.calls.make():
                self._news.begin(author)
        with self._timed("plan"):
            changes = self._news.changes() if self.calls.answers else []
        if self.options.dry_run:
            self._announce(changes)
            return len(changes)
        with self._timed("record"):
            self._record(changes)
        if self.options.push:
            with self._timed("push"):
                self._push()
        self.memory.save()
        if self.calls.answers:
            self._news.keep(self.planet.authors)
        return self.repository.written(tree.FOLDER)

    @cached_property
    def _news(self) -> "News":
        from generator.parallel import limited_pool

        fetch = self.planet.fetch
        readers = limited_pool(self.report.planned, seconds=fetch.read_timeout, memory=fetch.read_memory)
        readers.wake()
        from generator.update.planning import News

        return News(
            self.root,
            self.repository,
            readers,
            nicks=self.feeds.nicks,
            calls=self.calls,
            memory=self.memory,
            report=self.report,
            watch=self.watch,
            now=self.now,
            vouched=self.vouched,
            reconvert=self.options.reconvert,
        )

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.report.seconds[stage] = time.perf_counter() - begin

    def _record(self, changes: list[Change]) -> None:
        self.report.commit, self.changes = "", changes
        if changes:
            self._announce(changes)
            planet = planet_identity(self.planet)
            by = (self.repository.person or planet) if self.options.release else None
            self.report.commit = self.repository.record(
                (commit_of(change, self.planet, self.now, by=by) for change in changes),
                committer=planet,
                now=self.now,
                folder=tree.FOLDER,
            )

    def _announce(self, changes: list[Change]) -> None:
        self.watch.begin("recording", len(changes))
        for change in changes:
            self.watch.step(commit_message.subject(change))

    def _push(self) -> None:
        """Pushes; after a lost race derives the changes anew on the new tip from the answers in memory."""
        for _ in range(PUSHES):
            try:
                self._leave_out(self.repository.push())
            except RejectedError:
                self.repository.rebase_onto_remote()
                self._record(self._news.again() if self.calls.answers else [])
            else:
                return
        raise PlanetError(f"the push lost the race {PUSHES} times; run it again later")

    def _leave_out(self, refused: list[Refused]) -> None:
        """Tells what the remote did not take; its authors' feeds are asked again as if this run had not been."""
        reasons = {refusal.path: refusal.reason for refusal in refused}
        notes = [f"{path}: held, because the remote refuses it: {reason}" for path, reason in reasons.items()]
        self.report.notes.extend(notes)
        self.report.held += len(notes)
        self.watch.step("\n".join(notes))
        left = [change for change in self.changes if change.post.path not in reasons]
        self.report.count(left)
        self.report.commit = self.repository.tip if left else ""
        nicks = {path.split("/")[1] for path in reasons}
        for url in self.feeds.urls_of(nicks):
            self.memory.forgo(url, "held: the remote refuses a post")
