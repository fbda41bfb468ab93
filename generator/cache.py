"""What a build keeps in `.cache/` for the next: tables of JSON lines, which may be lost or be rubbish.

The first line says what is to be known of the table, as which program wrote it; the others have some rows each: pairs
of a name and what is told of it. So a table is never in memory whole, and rows are read only where they are asked for.
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
    """Whether a table of `many` rows is worth writing anew where `other` are not as they are in it."""
    return other > min(many // 100, 500)


def save_table(path: Path, rows: Rows, **told: Any) -> None:
    """Writes the table where there is a folder for it; `recall` gives it as long as the program is the same.

    A killed build leaves the old table or the new one.
    """
    draft = path.with_suffix(".new")
    with suppress(OSError):  # it may be lost
        with draft.open("w", encoding="utf-8", errors="surrogatepass") as file:
            first: list[Any] = [{"program": program_key(), **told}]
            file.writelines(f"{_encode(line)}\n" for line in chain(first, batches(rows, _TOGETHER)))
        draft.replace(path)


def load_table(path: Path) -> tuple[dict[str, Any], Rows]:
    """What this program kept there: what is to be known of the table, and its rows; nothing where it kept none.

    Rows are read on the way, which raises ValueError where one is none.
    """
    told, rows = read_table(path)
    return (told, rows) if told.get("program") == program_key() else ({}, ())


def read_table(path: Path) -> tuple[dict[str, Any], Rows]:
    """The same of a table that whatever program wrote."""
    lines = _lines(path)
    try:
        told = json.loads(next(lines, ""))
    except (OSError, ValueError):
        return {}, ()
    return (told, _rows(lines)) if isinstance(told, dict) else ({}, ())


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        yield from file


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for line in lines:
        yield from json.loads(line)


FOLDER = Path(".cache")


def batches(things: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The things in their order, so many at a time."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some


_SHAPING = "babel jinja2 markdown markupsafe nh3 pygments pyromark turbohtml".split()
"""Packages whose work is seen in pages."""


@cache
def program_key() -> str:
    """Of our own modules, of the packages that shape pages, and of Python, which knows Unicode."""
    told = blake2b(repr(version_info[:3]).encode(), digest_size=12)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        told.update(path.read_bytes())
    for name in _SHAPING:
        told.update(f"{name} {version(name)}".encode())
    return told.hexdigest()
