"""Decide what of a site is made again (`decide`), by a key of what it is made of (`inputs_key`): no post is read."""

from collections.abc import Iterable, Iterator
from enum import Enum
from hashlib import blake2b
from pathlib import Path

from generator.build.output import UNKNOWN, InputsKey, Manifest
from generator.errors import RepositoryError
from generator.feeds import fetch_log, state
from generator.git import Log


class Scope(Enum):
    """What of a site has to be made again."""

    NOTHING = "nothing"
    FEED_PAGES = "feed pages"
    """Only the pages that tell how feeds are: they change while the tree does not."""
    EVERYTHING = "everything"


def decide(manifest: Manifest, key: InputsKey) -> Scope:
    """Decide what has to be made again of a site that is to be made of what has that key."""
    if not (key.tree and manifest.is_intact and manifest.inputs.tree == key.tree):
        return Scope.EVERYTHING
    if manifest.inputs == key:
        return Scope.NOTHING
    return Scope.EVERYTHING if manifest.totals is None else Scope.FEED_PAGES


def inputs_key(root: Path, url: str) -> InputsKey:
    """Return the key of the planet as it is now; `url` is where the site lives.

    Nothing is known where the repository does not tell what is committed.
    """
    try:
        with Log(root) as log:
            files = [root / path for path in log.uncommitted()]
            at = log.at
    except RepositoryError:
        return UNKNOWN
    tree = (url, at, *_file_contents(root, (*files, root / "pyproject.toml", root / "authors")))
    feeds = _file_contents(root, (root / state.FILE, root / fetch_log.FETCH_LOG))
    return InputsKey(_hash(tree), _hash(feeds))


def _file_contents(root: Path, paths: Iterable[Path]) -> Iterator[str]:
    for path in sorted(_all(paths)):
        yield repr((path.relative_to(root).as_posix(), path.read_bytes() if path.is_file() else None))


def _hash(words: Iterable[str]) -> str:
    return blake2b("\0".join(words).encode(), digest_size=16).hexdigest()


def _all(paths: Iterable[Path]) -> set[Path]:
    """The files themselves, of a folder all that are in it; and what is not there."""
    return {file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])}
