"""Stamp all that a planet's site is made of with `inputs_key`, by git and few files: no post is read."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from generator import cache
from generator.build.theme import folders
from generator.errors import RepositoryError
from generator.feeds import fetch_log, state
from generator.git import Log
from generator.site import FeedKey, FeedTotals, Newest


class InputsKey(NamedTuple):
    """Changes whenever another site may come of it."""

    tree: str = ""
    """Of the tree and of all that makes pages of it; empty where that cannot be known."""
    feeds: str = ""
    """Of what the cache knows of the feeds."""


UNKNOWN = InputsKey()


def inputs_key(root: Path, maker: str, url: str) -> InputsKey:
    """As the planet is now; `maker` is what `made_by` says, `url` is where the site lives.

    Nothing is known where the repository does not tell what is committed.
    """
    try:
        with Log(root) as log:
            files = [root / path for path in log.uncommitted()]
            at = log.at
    except RepositoryError:
        return UNKNOWN
    tree = (maker, url, at, *_file_contents(root, (*files, root / "pyproject.toml", root / "authors")))
    feeds = _file_contents(root, (root / state.FILE, root / fetch_log.FETCH_LOG))
    return InputsKey(_hash(tree), _hash(feeds))


def _file_contents(root: Path, paths: Iterable[Path]) -> Iterator[str]:
    for path in sorted(_all(paths)):
        yield repr((path.relative_to(root).as_posix(), path.read_bytes() if path.is_file() else None))


def _hash(words: Iterable[str]) -> str:
    return blake2b("\0".join(words).encode(), digest_size=16).hexdigest()


def made_by(root: Path) -> str:
    """A mark of the program and of the theme: of what makes other pages of the same planet."""
    return f"{cache.program_key()} {folders.mark(root)}"


def _all(paths: Iterable[Path]) -> set[Path]:
    """The files themselves, of a folder all that are in it; and what is not there."""
    return {file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])}


TOTALS = cache.FOLDER / "stocks.jsonl"


def keep_totals(root: Path, tree: str, stocks: Mapping[FeedKey, FeedTotals]) -> None:
    """Keeps what stands of each feed; `tree` is the stamp of what that was read from."""
    rows = ((f"{nick} {url}", (nick, url, stock.posts, vars(stock.newest))) for (nick, url), stock in stocks.items())
    cache.Table(root / TOTALS, tree).save(rows)


def recall_totals(root: Path, tree: str) -> Mapping[FeedKey, FeedTotals] | None:
    """What was kept of that tree; None where nothing was."""
    return dict(cache.Table(root / TOTALS, tree).load(_totals).values()) or None


def _totals(_name: str, row: Any) -> tuple[FeedKey, FeedTotals]:
    nick, url, posts, newest = row
    return (nick, url), FeedTotals(posts=posts, newest=Newest(**newest))
