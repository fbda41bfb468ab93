"""Read which texts author files had, and which nicks were ever used. Main function: `author_history`.

A nick is in the names of files and folders, and whoever takes one gets the posts, pages and addresses that bear it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.errors import RepositoryError
from generator.git.command import Git

_AUTHORS, _POSTS = "authors", "posts"
_PLAIN = "100644"


@dataclass(frozen=True, kw_only=True)
class AuthorHistory:
    """What a commit and its past know of author files and nicks."""

    versions: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    """By path of an author file the texts that it had, the newest first; of those files only that were asked for."""
    folders: frozenset[str] = frozenset()
    """Nicks that have a folder in posts/."""


def author_history(git: Git, commit: str, paths: Iterable[str]) -> AuthorHistory:
    """Return what `commit` and its past know of the author files `paths`. Raises RepositoryError for a shallow clone.

    What a merged branch did and undid is no part of it: git follows the parent that has the file as the merge has it.
    """
    paths = sorted(set(paths))
    if not paths:
        return AuthorHistory()
    if git.find("rev-parse", "--is-shallow-repository") == "true":
        raise RepositoryError("this clone is shallow and cannot tell whose a nick was; run `git fetch --unshallow`")
    blobs: dict[str, dict[str, None]] = {}
    for path, *versions in _changes(git, commit, paths):
        blobs.setdefault(path, {}).update(dict.fromkeys(filter(None, versions)))
    texts = git.contents(name for names in blobs.values() for name in names)
    return AuthorHistory(
        versions={path: tuple(texts[name] for name in names) for path, names in blobs.items()},
        folders=_folders(git, commit),
    )


def used_nicks(root: Path) -> frozenset[str]:
    """Return every nick that an author file or a folder of posts has or had; none where git does not know."""
    try:
        git = Git(root)
    except RepositoryError:
        return frozenset()
    try:
        if not git.says_yes("rev-parse", "--verify", "--quiet", "HEAD"):
            return frozenset()
        files = (PurePosixPath(path) for path, *_ in _changes(git, "HEAD", [_AUTHORS]))
        return _folders(git, "HEAD") | {file.stem for file in files if file.suffix == ".yaml"}
    finally:
        git.close()


def _changes(git: Git, commit: str, paths: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Yield the path of each change, newest first, and the names of the contents after and before it, empty for none.

    A link, a submodule or a program is no author file.
    """
    output = git.ask("log", "--raw", "-z", "--no-renames", "--no-abbrev", "--format=", commit, "--", *paths)
    words = output.split("\0")
    for meta, path in zip(words[::2], words[1::2], strict=False):
        old_mode, mode, before, after, _ = meta.split(" ")
        yield path, after if mode == _PLAIN else "", before if old_mode == f":{_PLAIN}" else ""


def _folders(git: Git, commit: str) -> frozenset[str]:
    names = git.ask("ls-tree", "-d", "--name-only", "-z", "--full-tree", commit, f"{_POSTS}/").split("\0")
    return frozenset(PurePosixPath(name).name for name in names if name)
