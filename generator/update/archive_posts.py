"""The archive as a run needs it: the posts in the work tree, and what git's past holds of them. `ArchivePosts`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from generator.archive import index, post_file
from generator.archive import tree as archive_tree
from generator.archive.history import index as history_index
from generator.errors import FileError, Problem, RepositoryError
from generator.git import FileVersion, Repository, current_nick, former_paths, nick_moves, versions
from generator.models import Post, PostHead
from generator.plan import RecordedRevision

MANY = 100
"""Paths for which the log is asked one by one; beyond, all of posts/ is."""


class ArchivePosts:
    """The posts in the work tree, read when somebody asks first: most runs have no news."""

    def __init__(self, root: Path, repository: Repository, now: datetime) -> None:
        self._root, self.repository, self.now = root, repository, now
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
        for version in versions(self.repository, list(self.broken)) if self.broken else ():
            post = None if version.path in last else _read(version)
            last |= {version.path: post} if post else {}
        return (*self._index.heads, *last.values())

    @cached_property
    def _by_nick(self) -> Mapping[str, list[PostHead]]:
        return archive_tree.by_nick(self.heads)

    def of(self, nick: str) -> list[Post]:
        """Return the posts of an author."""
        return [self.whole(head) for head in self._by_nick.get(nick, ())]

    def whole(self, head: PostHead) -> Post:
        """Return the post of a head."""
        if isinstance(head, Post):
            return head
        if head.path not in self._whole:
            self._whole[head.path] = post_file.whole(head, archive_tree.text(self._root, head.path))
        return self._whole[head.path]

    def deleted_of(self, nick: str) -> list[Post]:
        """Return the posts of an author that people deleted."""
        return self._deleted_by_nick.get(nick, [])

    @cached_property
    def _deleted_by_nick(self) -> Mapping[str, list[Post]]:
        try:
            removed = history_index.removed(self._root, self.repository.tip)
        except RepositoryError:  # of a partial clone, git alone knows
            removed = [archive_tree.FOLDER]
        return archive_tree.by_nick(deleted(self.repository, removed, self.heads, self.now))

    def past_of(self, posts: Sequence[Post]) -> dict[str, list[RecordedRevision]]:
        """Return the recorded versions of each post by its path, those from under another nick too, newest first."""
        by_path: defaultdict[str, list[RecordedRevision]] = defaultdict(list)
        moves = nick_moves(self.repository) if any(post.former_nick for post in posts) else ()
        places = {path: post.path for post in posts for path in (post.path, *former_paths(post.path, moves))}
        asked = list(places) if len(places) <= MANY else [archive_tree.FOLDER]
        for version in versions(self.repository, asked) if places else ():
            post = _read(version) if version.path in places and not version.moved else None
            if post is not None:
                revision = RecordedRevision(post=post, when=version.when, by_planet=version.by_planet)
                by_path[places[version.path]].append(revision)
        return by_path


def deleted(repository: Repository, paths: Collection[str], heads: Iterable[PostHead], now: datetime) -> list[Post]:
    """Return the posts that people removed from `paths` and that stay removed, as tombstones for the planner.

    They are those of the nick that their member has now.
    """
    if not paths:
        return []
    moves = nick_moves(repository)
    present = {(post.nick, guid) for post in heads for guid in (post.guid, *post.former_guids)}
    tombstones: dict[tuple[str, str], Post] = {}
    for version in versions(repository, paths if len(paths) <= MANY else [archive_tree.FOLDER], kinds="D"):
        post = _read(version)
        name = (current_nick(post.nick, moves), post.guid) if post else ("", "")
        if post is not None and post.guid and name not in present:
            tombstone = replace(post, nick=name[0], withdrawn=post.withdrawn or now, body="")
            tombstones.setdefault(name, tombstone)
    return list(tombstones.values())


def _read(version: FileVersion) -> Post | None:
    try:
        return post_file.from_text(version.text, version.path)
    except FileError:
        return None
