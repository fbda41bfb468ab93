"""Turn new bodies of feeds into the changes to be recorded: `News` has them read and planned, and settles with git."""

from collections.abc import Collection, Iterable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator.git import Repository
from generator.models import Author, Change, Doubt, FeedIdentity, Post
from generator.parallel import LimitedPool
from generator.plan import Terms, with_guessed_language
from generator.update.entry_digests import Digests
from generator.update.feed_states import Memory
from generator.update.fetching import Calls
from generator.update.reading import AuthorReading, Task, finish, read_author
from generator.update.reconcile import ArchivePosts, reconsider, settle
from generator.update.report import Progress, UpdateReport


class News:
    """What a run makes of what `calls` were answered, as at `now`; memory and report are kept up.

    Where a person has `vouched` for the feeds, none is held for what it looks like. With `reconvert`, posts that an
    earlier version of the program converted worse are repaired.
    """

    def __init__(
        self,
        root: Path,
        repository: Repository,
        crew: LimitedPool,
        *,
        calls: Calls,
        memory: Memory,
        report: UpdateReport,
        watch: Progress,
        now: datetime,
        vouched: bool,
        reconvert: bool,
    ) -> None:
        self._root, self._repository = root, repository
        self._calls, self._memory, self._report, self._watch = calls, memory, report, watch
        self._now, self._vouched, self._reconvert = now, vouched, reconvert
        self._crew = crew
        self._posts = ArchivePosts(root, repository, now)
        self._digests = Digests(root)
        self._begun: list[tuple[Task, Future[AuthorReading]]] = []
        self._authors: dict[str, Author] = {}

    def begin(self, author: Author) -> None:
        """All of the author's feeds have answered: the crew begins to read."""
        self._authors[author.nick] = author
        task = Task(
            author=author,
            answers=self._calls.answers[author.nick],
            posts=self._posts.of(author.nick),
            now=self._now,
            terms=self._terms(author, vouched=self._vouched),
        )
        self._begun.append((task, task.begin(self._crew)))

    def _terms(self, author: Author, *, vouched: bool) -> Terms:
        before: dict[str, FeedIdentity] | None = None if vouched else {}
        return Terms(before=before, digests=self._digests.of(author), reconvert=self._reconvert)

    def changes(self) -> list[Change]:
        """All changes, oldest post first; counts them, and the feeds that could not be read."""
        self._watch.begin("planning", len(self._begun))
        return self._gather(finish(self._crew, self._begun), first=True)

    def again(self) -> list[Change]:
        """The same derived anew from the answers: the archive is another one now."""
        self._posts, self._begun = ArchivePosts(self._root, self._repository, self._now), []
        for author in self._authors.values():
            if self._calls.answers[author.nick]:
                self.begin(author)
        return self._gather(finish(self._crew, self._begun), first=False)

    def keep(self, authors: Iterable[Author]) -> None:
        """Keeps for the next run what their feeds have told."""
        self._digests.keep(authors)

    def _gather(self, readings: Iterable[AuthorReading], *, first: bool) -> list[Change]:
        changes: list[Change] = []
        released: set[str] = set()
        self._report.held = 0
        for reading in readings:
            final = self._reconsidered(reading)
            changes.extend(map(with_guessed_language, final.plan.changes))
            self._report.held += final.plan.held
            released |= {final.nick} if final.vouched or self._vouched else set()
            lines = self._report_reading(final) if first else []
            self._learn(final)
            self._watch.step("\n".join(lines))
        return self._settled(changes, released, first=first)

    def _reconsidered(self, reading: AuthorReading) -> AuthorReading:
        """The yield, planned again where git knows more than the tree. What could not be read is tried no more."""
        author = self._authors[reading.nick]
        present = self._posts.of(reading.nick)
        bad = {source.url for source, _ in reading.unreadable}
        readable = [answer for answer in self._calls.answers[reading.nick] if answer.source.url not in bad]
        self._calls.answers[reading.nick] = readable
        self._digests.learn(reading.plan.digests)

        def again(posts: list[Post], *, vouched: bool) -> AuthorReading:
            return read_author(
                author, readable, posts, self._now, self._terms(author, vouched=vouched or self._vouched)
            )

        final = reconsider(
            reading, self._repository, present, find_deleted=lambda: self._posts.deleted_of(reading.nick), again=again
        )
        return replace(final, unreadable=reading.unreadable)

    def _learn(self, reading: AuthorReading) -> None:
        """Takes note of what feeds say of themselves, and of what is to be read again."""
        for source, facts, hints in reading.profiles:
            self._memory.learn(source.url, facts, hints)
            if source.url in reading.cut:  # its validators are not believed, or a 304 would freeze the damage
                self._memory.forgo(source.url, "")
        for stop in reading.plan.stops:
            self._memory.forgo(stop.feed, f"held: {stop.reason}")

    def _settled(self, changes: list[Change], released: Collection[str], *, first: bool) -> list[Change]:
        settled = settle(
            self._unbroken(changes),
            self._repository,
            lambda: self._posts.heads,
            self._posts.whole,
            self._now,
            released=released,
            doubts=self._memory.doubts,
        )
        self._report.held += settled.held
        for nick, answers in self._calls.answers.items():
            for answer in answers:
                self._doubt(answer.source.url, settled.doubts.get(answer.source.url, ()))
                if nick in settled.waiting:
                    self._memory.forgo(answer.source.url, "")
                elif nick in settled.pending:
                    self._memory.wait(answer.source.url)
        if first:
            self._report.notes.extend(settled.notes)
            self._watch.step("\n".join(settled.notes))
        left = [change for change in settled.changes if change.post.path not in self._posts.broken]
        self._report.count(left)
        return left

    def _unbroken(self, changes: list[Change]) -> list[Change]:
        """The changes without those of files that are no posts, which wait until a person has mended the file."""
        self._report.faults |= {str(problem): problem for problem in self._posts.broken.values()}
        left = [change for change in changes if change.post.path not in self._posts.broken]
        self._report.held += len(changes) - len(left)
        for change in changes:
            if change.post.path in self._posts.broken:
                self._memory.wait(change.post.feed)
        return left

    def _doubt(self, url: str, doubts: Collection[Doubt]) -> None:
        self._memory.doubt(url, doubts)
        for doubt in doubts:
            self._memory.note(url, f"most of the text of {doubt.path} is missing; a later reading has to confirm that")

    def _report_reading(self, reading: AuthorReading) -> list[str]:
        for source, reason in reading.unreadable:
            self._calls.unreadable(reading.nick, source, reason)
        for source, note in reading.notes:
            self._memory.note(source.url, note)
        held = (
            f"{stop.feed} is held: {stop.reason}; see it, then run `gitplanet release {reading.nick}`"
            for stop in reading.plan.stops
        )
        notes = [*held, *(f"{source.url}: {note}" for source, note in reading.notes)]
        self._report.notes.extend(notes)
        return [
            *(f"{reading.nick}: {reason}" for _, reason in reading.unreadable),
            *(f"{reading.nick}: {note}" for note in notes),
        ]
