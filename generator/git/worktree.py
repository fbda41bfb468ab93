"""Move the work tree from one commit to another: write what differs, but never over what a person wrote.

Main functions: `of_people` and `bring_along`.
"""

import hashlib
import os
from collections.abc import Callable, Container, Iterable
from functools import cache
from pathlib import Path

from generator.errors import RepositoryError
from generator.git.command import Git
from generator.git.diff import Difference

SUBMODULE = "160000"


def of_people(git: Git, changes: Iterable[Difference], *, interrupted: bool) -> list[str]:
    """Return the paths at which the work tree holds something that git did not put there.

    A file is git's where it has the content that it had before or is to have. After an interrupted run a missing file,
    and one that is only begun, are git's too.
    """
    inside = cache(_is_no_link)
    return [change.path for change in changes if not _is_gits(git, change, inside=inside, interrupted=interrupted)]


def _is_gits(git: Git, change: Difference, *, inside: Callable[[Path], bool], interrupted: bool) -> bool:
    path = git.root / change.path
    if change.mode == SUBMODULE:
        return True
    if not os.path.lexists(path):
        return interrupted or not change.before
    if not inside(path.parent) or (path.is_dir() and not path.is_symlink()):
        return False
    content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    if _blob(content, len(change.before or change.after)) in (change.before, change.after):
        return True
    return interrupted and bool(change.after) and git.contents([change.after])[change.after].startswith(content)


def _is_no_link(folder: Path) -> bool:
    return folder.resolve() == folder


def _blob(content: bytes, length: int) -> str:
    """Git's name for a content; `length` tells which of its two hashes the repository uses."""
    name = hashlib.new("sha1" if length == 40 else "sha256", usedforsecurity=False)
    name.update(b"blob %d\0" % len(content) + content)
    return name.hexdigest()


def bring_along(git: Git, changes: Iterable[Difference], index: Path, *, skip: Container[str] = ()) -> None:
    """Write the second commit's files into `index` and, but for those in `skip`, into the work tree.

    Raises RepositoryError where that fails.
    """
    changes = list(changes)
    try:
        for change in changes:
            if not change.after and change.path not in skip:
                _remove(git.root, change.path)
    except OSError as error:
        raise RepositoryError(f"{error.filename} cannot be removed ({error.strerror})") from error
    lines = (f"{change.mode} {change.after or '0' * 40}\t{change.path}\0" for change in changes)
    git.ask("update-index", "--add", "--replace", "-z", "--index-info", feed=_bytes(lines), index=index)
    written = (
        change.path for change in changes if change.after and change.mode != SUBMODULE and change.path not in skip
    )
    paths = (f"{path}\0" for path in written)
    git.ask("checkout-index", "--force", "-u", "-z", "--stdin", feed=_bytes(paths), index=index)


def _bytes(lines: Iterable[str]) -> bytes:
    return "".join(lines).encode("utf-8", "surrogateescape")


def _remove(root: Path, path: str) -> None:
    """Remove a file and the folders that are empty then, but no top folder."""
    (root / path).unlink(missing_ok=True)
    for name in list(Path(path).parents)[:-2]:
        folder = root / name
        if not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
