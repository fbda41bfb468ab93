"""The archive as a run needs it: the heads of all posts, whole posts of few authors, and what people deleted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from generator.archive import index, post_file
from generator.archive import tree as archive_tree
from generator.archive.history import index as history_index
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
        tree = index.read(self._root, processes=1)  # copies of a process that fetches could wait for ever
        if tree.problems:
            raise FileError(tree.problems)
        return tree.heads

    @cached_property
    def _by_nick(self) -> Mapping[str, list[Head]]:
        return archive_tree.by_nick(self.heads)

    def of(self, nick: str) -> list[Post]:
        """The posts of an author."""
        return [self.whole(head) for head in self._by_nick.get(nick, ())]

    def whole(self, head: Head) -> Post:
        """The post of a head."""
        if isinstance(head, Post):
            return head
        if head.path not in self._whole:
            self._whole[head.path] = post_file.whole(head, archive_tree.text(self._root, head.path))
        return self._whole[head.path]

    def gone(self, nick: str) -> list[Post]:
        """The posts of an author that people deleted."""
        return self._gone.get(nick, [])

    @cached_property
    def _gone(self) -> Mapping[str, list[Post]]:
        try:
            removed = history_index.removed(self._root, self._repository.tip)
        except RepositoryError:  # of a partial clone, git alone knows
            removed = [archive_tree.FOLDER]
        return archive_tree.by_nick(deleted(self._repository, removed, self.heads, self._now))
