"""Decide which planned changes are recorded now, by git's history and others' posts: `settle` and `reconsider`."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from generator.archive import index, post_file, tree
from generator.archive import tree as archive_tree
from generator.archive.history import index as history_index
from generator.errors import FileError, Problem, RepositoryError
from generator.git import FileVersion, Repository, current_nick, former_paths, last_changed, nick_moves, versions
from generator.models import Change, Doubt, Kind, Post, PostHead, dates
from generator.plan import RecordedRevision, RevisionVerdict, drop_duplicates, keep_away, renamed_only, verdict
from generator.update.reading import AuthorReading

MANY = 100
"""Paths for which the log is asked one by one; beyond, all of posts/ is."""


@dataclass(kw_only=True)
class Decision:
    """What is recorded, and what is not."""

    changes: list[Change]
    held: int = 0
    kept_away: int = 0
    """Entries that a tombstone keeps away."""
    notes: list[str] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    """Nicks of authors of whom a change waits for a person."""
    waiting: set[str] = field(default_factory=set)
    """Nicks of authors of whom a change waits for another day: their feeds are to be read again."""
    doubts: dict[str, list[Doubt]] = field(default_factory=dict)
    """By address of a feed its posts whose loss of text a later reading has to confirm."""


def settle(
    changes: Sequence[Change],
    repository: Repository,
    everything: Callable[[], Iterable[PostHead]],
    whole: Callable[[PostHead], Post],
    now: datetime,
    *,
    released: Collection[str],
    doubts: Mapping[str, Doubt],
) -> Decision:
    """The changes, oldest post first, without revisions that flap or overwrite a person, others' and withdrawn posts.

    The log is read once, and only for the posts to be revised; `everything` gives the heads of all posts, asked only
    for new ones, and `whole` the post of a head. Of authors that a person has `released`, flapping and the loss of text
    are taken as they come. `doubts` are those of earlier readings, by path.
    """
    revised = [change.post for change in changes if change.kind is not Kind.ADD]
    past = _past(repository, revised) if revised else {}
    settled = Decision(changes=[])
    for change in changes:
        outcome = RevisionVerdict.RECORD
        if change.kind is not Kind.ADD:
            outcome = verdict(change, past.get(change.post.path, []), now)
        free = change.post.nick in released
        outcome = (
            RevisionVerdict.RECORD if free and outcome in (RevisionVerdict.WAIT, RevisionVerdict.STOP) else outcome
        )
        if outcome is RevisionVerdict.RECORD and change.shrinks and not free:
            _doubt(settled, change, doubts.get(change.post.path), now)
        else:
            _take(settled, change, outcome)
    adds = any(change.kind is Kind.ADD for change in settled.changes)
    heads = everything() if adds else ()
    settled.changes, withdrawn = keep_away(settled.changes, heads)
    settled.kept_away = len(withdrawn)
    settled.changes, notes = drop_duplicates(settled.changes, heads, whole)
    settled.changes.sort(key=lambda change: dates.sort_key(change.post))
    settled.notes.extend([*withdrawn, *notes])
    return settled


class Again(Protocol):
    """Plans an author's answers once more."""

    def __call__(self, posts: list[Post], *, vouched: bool) -> AuthorReading: ...


def reconsider(
    reading: AuthorReading,
    repository: Repository,
    posts: list[Post],
    *,
    find_deleted: Callable[[], list[Post]],
    again: Again,
) -> AuthorReading:
    """The yield, planned again where a person has edited the author file since the last post, or deleted posts."""
    file, vouched = f"authors/{reading.nick}.yaml", False
    if reading.plan.stops and file in last_changed(repository, file, f"{tree.FOLDER}/{reading.nick}"):
        vouched = True
        reading = replace(again(posts, vouched=vouched), vouched=True)
    removed = find_deleted() if any(change.kind is Kind.ADD for change in reading.plan.changes) else []
    if not removed:
        return reading
    reading = replace(again([*posts, *removed], vouched=vouched), vouched=vouched)
    paths = {post.path for post in removed}
    left = tuple(change for change in reading.plan.changes if change.before is None or change.post.path not in paths)
    return replace(reading, plan=replace(reading.plan, changes=left))


def _doubt(settled: Decision, change: Change, before: Doubt | None, now: datetime) -> None:
    """Takes the change where an earlier reading doubted the same text long enough ago; else it waits."""
    path, digest = change.post.path, change.post.digest
    doubt = before if before and before.digest == digest else Doubt(path=path, digest=digest, since=now)
    if now >= doubt.until:
        settled.changes.append(change)
        return
    settled.doubts.setdefault(change.post.feed, []).append(doubt)
    settled.held += 1
    settled.notes.append(
        f"{path}: its feed has taken most of the text away; that is believed if it still says so after "
        f"{doubt.until:%Y-%m-%d %H:%M} UTC, or at once by `gitplanet release {change.post.nick}`"
    )


def _take(settled: Decision, change: Change, outcome: RevisionVerdict) -> None:
    if outcome is RevisionVerdict.RECORD:
        settled.changes.append(change)
    elif outcome is not RevisionVerdict.IGNORE:
        settled.held += 1
        settled.notes.append(f"{change.post.path}: {outcome.value}")
    if outcome is RevisionVerdict.WAIT:
        settled.waiting.add(change.post.nick)
    if outcome is RevisionVerdict.KEEP:
        settled.pending.add(change.post.nick)
        renamed = renamed_only(change)
        settled.changes.extend([renamed] if renamed else [])


def _past(repository: Repository, posts: Sequence[Post]) -> dict[str, list[RecordedRevision]]:
    """The recorded versions of each post by its path, those from under another nick too, newest first."""
    by_path: defaultdict[str, list[RecordedRevision]] = defaultdict(list)
    moves = nick_moves(repository) if any(post.former_nick for post in posts) else ()
    places = {path: post.path for post in posts for path in (post.path, *former_paths(post.path, moves))}
    for version in versions(repository, list(places) if len(places) <= MANY else [tree.FOLDER]):
        post = _read(version) if version.path in places and not version.moved else None
        if post is not None:
            revision = RecordedRevision(post=post, when=version.when, by_planet=version.by_planet)
            by_path[places[version.path]].append(revision)
    return by_path


def _read(version: FileVersion) -> Post | None:
    try:
        return post_file.from_text(version.text, version.path)
    except FileError:
        return None


def deleted(repository: Repository, paths: Collection[str], heads: Iterable[PostHead], now: datetime) -> list[Post]:
    """The posts that people removed from `paths` and that stay removed, as tombstones for the planner.

    They are those of the nick that their member has now.
    """
    if not paths:
        return []
    moves = nick_moves(repository)
    present = {(post.nick, guid) for post in heads for guid in (post.guid, *post.former_guids)}
    tombstones: dict[tuple[str, str], Post] = {}
    for version in versions(repository, paths if len(paths) <= MANY else [tree.FOLDER], kinds="D"):
        post = _read(version)
        name = (current_nick(post.nick, moves), post.guid) if post else ("", "")
        if post is not None and post.guid and name not in present:
            tombstone = replace(post, nick=name[0], withdrawn=post.withdrawn or now, body="")
            tombstones.setdefault(name, tombstone)
    return list(tombstones.values())


class ArchivePosts:
    """The posts in the work tree, read when somebody asks first: most runs have no news."""

    def __init__(self, root: Path, repository: Repository, now: datetime) -> None:
        self._root, self._repository, self._now = root, repository, now
        self._whole: dict[str, Post] = {}

    @cached_property
    def _index(self) -> index.Heads:
        return index.read(self._root, processes=1)  # copies of a process that fetches could wait for ever

    @cached_property
    def broken(self) -> Mapping[str, Problem]:
        """By path the first fault of each file that is no post: it is left as it is until a person mends it."""
        faults = {problem.file: problem for problem in reversed(self._index.problems)}
        return {path: faults[path] for path in sorted(faults)}

    @cached_property
    def heads(self) -> Sequence[PostHead]:
        """Of all posts. Of a file that is none its last version that was one: its feed's entry is recognised by it."""
        last: dict[str, PostHead] = {}
        for version in versions(self._repository, list(self.broken)) if self.broken else ():
            post = None if version.path in last else _read(version)
            last |= {version.path: post} if post else {}
        return (*self._index.heads, *last.values())

    @cached_property
    def _by_nick(self) -> Mapping[str, list[PostHead]]:
        return archive_tree.by_nick(self.heads)

    def of(self, nick: str) -> list[Post]:
        """The posts of an author."""
        return [self.whole(head) for head in self._by_nick.get(nick, ())]

    def whole(self, head: PostHead) -> Post:
        """The post of a head."""
        if isinstance(head, Post):
            return head
        if head.path not in self._whole:
            self._whole[head.path] = post_file.whole(head, archive_tree.text(self._root, head.path))
        return self._whole[head.path]

    def deleted_of(self, nick: str) -> list[Post]:
        """The posts of an author that people deleted."""
        return self._deleted_by_nick.get(nick, [])

    @cached_property
    def _deleted_by_nick(self) -> Mapping[str, list[Post]]:
        try:
            removed = history_index.removed(self._root, self._repository.tip)
        except RepositoryError:  # of a partial clone, git alone knows
            removed = [archive_tree.FOLDER]
        return archive_tree.by_nick(deleted(self._repository, removed, self.heads, self._now))
