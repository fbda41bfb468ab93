"""Disposable tables in `.cache/`, stored as JSON lines. Main functions: `save_table` and `load_table`.

A missing, damaged or outdated table loads as empty. The first line holds the table's metadata, such as which program
wrote it; the others have some rows each: pairs of a name and a value. So a table is never in memory whole, and rows
are read only where they are asked for.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from sys import version_info
from typing import Any, TypeVar

Item = TypeVar("Item")

Rows = Iterable[tuple[str, Any]]
_TOGETHER = 250
"""Rows in a line."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def is_stale(many: int, other: int) -> bool:
    """Return whether a table of `many` rows is worth writing anew where `other` are not as they are in it."""
    return other > min(many // 100, 500)


def save_table(path: Path, rows: Rows, **metadata: Any) -> None:
    """Write the table where there is a folder for it; `load_table` gives it as long as the program is the same.

    A killed build leaves the old table or the new one.
    """
    draft = path.with_suffix(".new")
    with suppress(OSError):  # it may be lost
        with draft.open("w", encoding="utf-8", errors="surrogatepass") as file:
            first: list[Any] = [{"program": program_key(), **metadata}]
            file.writelines(f"{_encode(line)}\n" for line in chain(first, batches(rows, _TOGETHER)))
        draft.replace(path)


def load_table(path: Path) -> tuple[dict[str, Any], Rows]:
    """Load the metadata and the rows of a table that this program wrote; nothing where there is none.

    Rows are read while iterating, which raises ValueError where a row is damaged.
    """
    metadata, rows = read_table(path)
    return (metadata, rows) if metadata.get("program") == program_key() else ({}, ())


def read_table(path: Path) -> tuple[dict[str, Any], Rows]:
    """Load a table like `load_table`, whatever program wrote it."""
    lines = _lines(path)
    try:
        metadata = json.loads(next(lines, ""))
    except (OSError, ValueError):
        return {}, ()
    return (metadata, _rows(lines)) if isinstance(metadata, dict) else ({}, ())


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        yield from file


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for line in lines:
        yield from json.loads(line)


FOLDER = Path(".cache")


def batches(things: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the things in their order, so many at a time."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some


_SHAPING = "babel jinja2 markdown markupsafe nh3 pygments pyromark turbohtml".split()
"""Packages whose work is seen in pages."""


@cache
def program_key() -> str:
    """Of our own modules, of the packages that shape pages, and of Python, which knows Unicode."""
    digest = blake2b(repr(version_info[:3]).encode(), digest_size=12)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in _SHAPING:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()
