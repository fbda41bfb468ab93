"""Turn new bodies of feeds into the changes to be recorded: `News` has them read and planned, and settles with git."""

from collections.abc import Collection, Iterable, Sequence
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
from generator.update.reading import AuthorReading, Task, finish, hold_together, read_author
from generator.update.reconcile import ArchivePosts, Decision, reconsider, settle
from generator.update.report import Progress, UpdateReport


class News:
    """What a run makes of what `calls` were answered, as at `now`; memory and report are kept up.

    Only posts of `nicks` change. Others who share a feed with them read it, too, for what is remembered of a feed is by
    address; what they would change is left for a later run. Where a person has `vouched` for the feeds, none is held
    for what it looks like. With `reconvert`, posts that an earlier version of the program converted worse are repaired.
    """

    def __init__(
        self,
        root: Path,
        repository: Repository,
        crew: LimitedPool,
        *,
        nicks: Collection[str],
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
        self._crew, self._nicks = crew, nicks
        self._posts = ArchivePosts(root, repository, now)
        self._digests = Digests(root)
        self._begun: list[tuple[Task, Future[AuthorReading]]] = []
        self._authors: dict[str, Author] = {}
        self._misread: set[str] = set()
        """Feeds that could be read for some of those who share them: what one writes into a file stops no other."""
        self._held: dict[str, str] = {}
        """Feeds of which nothing is taken, and why."""
        self._noted: set[tuple[str, str]] = set()
        """Notes on feeds that were told, each once, however many members share the feed."""

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
        finals: list[AuthorReading] = []
        for reading in readings:
            finals.append(self._reconsidered(reading))
            self._watch.step("\n".join(self._report_reading(finals[-1]) if first else []))
        if first:
            self._report_unreadable(finals)
        finals = hold_together(finals)
        self._learn(finals)
        self._report.held = sum(final.plan.held for final in finals)
        taken = [final for final in finals if final.nick in self._nicks]
        changes = [with_guessed_language(change) for final in taken for change in final.plan.changes]
        settled = self._settled(changes, {final.nick for final in taken if final.vouched or self._vouched})
        others = {final.nick for final in finals if final.plan.changes} - {final.nick for final in taken}
        self._conclude(settled, again=settled.waiting | others)
        if first:
            self._report.notes.extend(settled.notes)
            self._watch.step("\n".join(settled.notes))
        return settled.changes

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

    def _learn(self, readings: Sequence[AuthorReading]) -> None:
        """Takes note of what feeds say of themselves, and of what is to be read again."""
        readable = {
            source.url: (facts, hints)
            for reading in reversed(readings)
            for source, facts, hints in reading.profiles
            if source.url not in self._calls.unreadable
        }
        for url, (facts, hints) in readable.items():
            self._memory.learn(url, facts, hints)
        for url in {url for reading in readings for url in reading.cut}:
            self._memory.forgo(url, "")  # its validators are not believed, or a 304 would freeze the damage
        self._held = {stop.feed: stop.reason for reading in reversed(readings) for stop in reading.plan.stops}
        for url, reason in self._held.items():
            self._memory.forgo(url, f"held: {reason}")

    def _settled(self, changes: list[Change], released: Collection[str]) -> Decision:
        broken = self._posts.broken
        waiting = [change for change in changes if change.post.path in broken]
        settled = settle(
            [change for change in changes if change.post.path not in broken],
            self._repository,
            lambda: self._posts.heads,
            self._posts.whole,
            self._now,
            released=released,
            doubts=self._memory.doubts,
        )
        settled.changes = [change for change in settled.changes if change.post.path not in broken]
        settled.pending |= {change.post.nick for change in waiting}
        self._report.faults |= {str(problem): problem for problem in broken.values()}
        self._report.held += settled.held + len(waiting)
        self._report.kept_away = settled.kept_away
        self._report.count(settled.changes)
        return settled

    def _conclude(self, settled: Decision, *, again: Collection[str]) -> None:
        """Takes note of which feeds are read again: at once those of the nicks `again`, later those of pending ones."""
        nicks: dict[str, list[str]] = {}
        for nick, answers in self._calls.answers.items():
            for answer in answers:
                nicks.setdefault(answer.source.url, []).append(nick)
        for url in nicks.keys() - self._calls.unreadable:
            self._doubt(url, settled.doubts.get(url, ()))
            if not settled.pending.isdisjoint(nicks[url]):
                self._memory.wait(url)
            if url not in self._held and (url in self._misread or any(nick in again for nick in nicks[url])):
                self._memory.forgo(url, "")

    def _doubt(self, url: str, doubts: Collection[Doubt]) -> None:
        self._memory.doubt(url, doubts)
        for doubt in doubts:
            self._memory.note(url, f"most of the text of {doubt.path} is missing; a later reading has to confirm that")

    def _report_unreadable(self, readings: Sequence[AuthorReading]) -> None:
        """A feed has failed that could be read for nobody; else it is noted for whom it could not."""
        readable = {source.url for reading in readings for source, *_ in reading.profiles}
        for reading in readings:
            for source, reason in reading.unreadable:
                if source.url not in readable:
                    self._calls.fail_reading(source.url, reason)
                    continue
                note = f"it could not be read for {reading.nick}: {reason}"
                self._misread.add(source.url)
                self._memory.note(source.url, note)
                self._report.notes.append(f"{source.url}: {note}")

    def _report_reading(self, reading: AuthorReading) -> list[str]:
        for source, note in reading.notes:
            self._memory.note(source.url, note)
        notes = {
            (stop.feed, "held"): f"{stop.feed} is held: {stop.reason}; see it, then run `gitplanet release {nick}`"
            for nick in [reading.nick]
            for stop in reading.plan.stops
        }
        notes |= {(source.url, note): f"{source.url}: {note}" for source, note in reading.notes}
        new = [note for key, note in notes.items() if key not in self._noted]
        self._noted |= notes.keys()
        self._report.notes.extend(new)
        return [
            *(f"{reading.nick}: {reason}" for _, reason in reading.unreadable),
            *(f"{reading.nick}: {note}" for note in new),
        ]
