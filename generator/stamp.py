"""The planet in a folder → a stamp of all that its site is made of, told by git and few files: no post is read."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from generator import cache, look, program
from generator.errors import RepositoryError
from generator.log import Log

_READ = "pyproject.toml", "authors", cache.FILE, cache.HARVESTS


def stamp(root: Path, maker: str, url: str) -> str:
    """Changes whenever another site may come of it; `maker` is what `made_by` says, `url` is where the site lives.

    Empty where that cannot be known: where the repository does not tell what is committed.
    """
    told = blake2b(repr((maker, url)).encode(), digest_size=16)
    try:
        with Log(root) as log:
            files = [root / path for path in log.uncommitted()]
            told.update(log.at.encode())
    except RepositoryError:
        return ""
    for path in sorted(_all((*files, *(root / name for name in _READ)))):
        told.update(repr((path.relative_to(root).as_posix(), path.read_bytes() if path.is_file() else None)).encode())
    return told.hexdigest()


def made_by(root: Path) -> str:
    """A mark of the program and of the theme: of what makes other pages of the same planet."""
    return f"{program.mark()} {look.mark(root)}"


def _all(paths: Iterable[Path]) -> set[Path]:
    """The files themselves, of a folder all that are in it; and what is not there."""
    return {file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])}
