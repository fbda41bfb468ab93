"""Move the branch to new commits, and the work tree with it: whole, or not at all. Main class: `Branch`."""

import re
from collections.abc import Collection, Iterable

from generator.errors import RepositoryError
from generator.git import fast_import
from generator.git.command import Git, GitError, last_line
from generator.git.diff import Difference, differences
from generator.git.fast_import import BEFORE, INCOMING
from generator.git.lock import RunLock, busy
from generator.git.worktree import bring_along, of_people


class Branch:
    """The branch that is checked out. It moves in five steps, and wherever they end, `finish` leads to the same state.

    1. The commits are written; BEFORE and INCOMING say from where to where the branch is to move.
    2. The index is locked, and the work tree is found to hold nothing of a person's that would be overwritten.
    3. The branch moves.
    4. The files that differ are written, and the index.
    5. BEFORE and INCOMING are deleted.
    """

    def __init__(self, git: Git, lock: RunLock) -> None:
        self._git, self._lock = git, lock

    @property
    def name(self) -> str:
        """Its full name."""
        name = self._git.find("symbolic-ref", "--quiet", "HEAD")
        if not name:
            raise RepositoryError("no branch is checked out; run `git switch main`")
        return name

    @property
    def tip(self) -> str:
        """The commit that it points to."""
        commit = self._git.find("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if not commit:
            raise RepositoryError("the repository has no commit yet; commit your settings and authors first")
        return commit

    def move(self, commits: Iterable[bytes], *, onto: str, folder: str = "", also: Collection[str] = ()) -> str:
        """Move the branch to `commits` on top of `onto`, with the work tree. Returns the new tip.

        Raises RepositoryError where a commit would touch anything but regular files below `folder`, if one is given, or
        at the paths `also`, and where a person's changes are in the way: then nothing has moved.
        """
        old, name = self.tip, self.name
        self._import(commits, old=old, onto=onto)
        new = self._git.ask("rev-parse", "--verify", INCOMING)
        changes = differences(self._git, old, new)
        if folder:
            guard(changes, folder, also)
        with self._lock.index() as index:
            refuse(of_people(self._git, changes, interrupted=False))
            self._point(name, new, old)
            bring_along(self._git, changes, index)
        self._drop()
        return new

    def _import(self, commits: Iterable[bytes], *, old: str, onto: str) -> None:
        words = "fast-import", "--quiet", "--force"
        try:
            self._git.send(*words, stream=fast_import.transaction(commits, old=old, onto=onto))
        except GitError as error:
            reason = next((line for line in error.output.splitlines() if "fatal:" in line), last_line(error.output))
            raise RepositoryError(f"git fast-import refused the posts: {reason[:300]}") from error

    def _point(self, name: str, new: str, old: str) -> None:
        try:
            self._git.ask("update-ref", "-m", "gitplanet", name, new, old)
        except GitError as error:
            if lock := re.search("Unable to create '([^']+)': File exists", error.output):
                raise busy(lock[1]) from error
            if "but expected" in error.output:
                raise RepositoryError("the branch moved while the posts were written; run it again") from error
            raise

    def finish(self) -> None:
        """End what a run that was killed had begun; a person's edits are left as they are."""
        before, after = (self._git.find("rev-parse", "--verify", "--quiet", ref) for ref in (BEFORE, INCOMING))
        if before and after and before != self.tip and self._git.says_yes("merge-base", "--is-ancestor", after, "HEAD"):
            since = {change.path for change in differences(self._git, after, self.tip)}
            changes = [change for change in differences(self._git, before, after) if change.path not in since]
            skip = set(of_people(self._git, changes, interrupted=True))
            with self._lock.index() as index:
                bring_along(self._git, changes, index, skip=skip)
        if before or after:
            self._drop()

    def _drop(self) -> None:
        self._git.ask("update-ref", "--stdin", feed=f"delete {BEFORE}\ndelete {INCOMING}\n".encode())


def guard(changes: Iterable[Difference], folder: str, also: Collection[str] = ()) -> None:
    """Raise RepositoryError unless all are regular files: those at `also`, or below `folder` by portable names."""
    for change in changes:
        meant = change.path in also or _is_plain(change.path, folder)
        if change.mode not in ("100644", "000000") or not meant:
            raise RepositoryError(
                f"a commit would have written {change.path!r} (mode {change.mode}); nothing was recorded"
            )


def _is_plain(path: str, folder: str) -> bool:
    """Return whether a path is one that every file system keeps where it says: fast-import itself would take `../x`."""
    parts = path.split("/")
    plain = path.isprintable() and not set(path) & set('\\:*?"<>|')
    return plain and parts[0] == folder and path.endswith(".md") and not any(part[:1] in ("", ".") for part in parts)


def refuse(paths: list[str]) -> None:
    """Raise RepositoryError where there are paths with changes of a person's."""
    if paths:
        more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
        raise RepositoryError(
            f"there are changes that are not committed ({', '.join(paths[:3])}{more}); commit or revert them"
        )
