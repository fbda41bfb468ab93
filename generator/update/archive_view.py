"""The archive as a run needs it: the heads of all posts, whole posts of few authors, and what people deleted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from generator.archive import index as heads
from generator.archive import post_file as posts
from generator.archive import tree as archive
from generator.archive.history import index as past
from generator.errors import FileError, RepositoryError
from generator.git import Repository
from generator.models import Head, Post
from generator.update.reconcile import deleted


class Known:
    """The posts in the work tree, read when somebody asks first: most runs have no news."""

    def __init__(self, root: Path, repository: Repository, now: datetime) -> None:
        self._root, self._repository, self._now = root, repository, now
        self._whole: dict[str, Post] = {}

    @cached_property
    def heads(self) -> Sequence[Head]:
        """Of all posts. Raises FileError where a file is none."""
        tree = heads.read(self._root, processes=1)  # copies of a process that fetches could wait for ever
        if tree.problems:
            raise FileError(tree.problems)
        return tree.heads

    @cached_property
    def _by_nick(self) -> Mapping[str, list[Head]]:
        return archive.by_nick(self.heads)

    def of(self, nick: str) -> list[Post]:
        """The posts of an author."""
        return [self.whole(head) for head in self._by_nick.get(nick, ())]

    def whole(self, head: Head) -> Post:
        """The post of a head."""
        if isinstance(head, Post):
            return head
        if head.path not in self._whole:
            self._whole[head.path] = posts.whole(head, archive.text(self._root, head.path))
        return self._whole[head.path]

    def gone(self, nick: str) -> list[Post]:
        """The posts of an author that people deleted."""
        return self._gone.get(nick, [])

    @cached_property
    def _gone(self) -> Mapping[str, list[Post]]:
        try:
            removed = past.removed(self._root, self._repository.tip)
        except RepositoryError:  # of a partial clone, git alone knows
            removed = [archive.FOLDER]
        return archive.by_nick(deleted(self._repository, removed, self.heads, self._now))
