"""Disposable tables in `.cache/`, stored as JSON lines: `Table`.

A missing, damaged or outdated table loads as empty. The first line holds the table's metadata, such as which program
wrote it; the others have some rows each, so that a table is never in memory as one text.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from sys import version_info
from typing import Any, TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")
_TOGETHER = 250
"""Rows in a line."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def is_stale(many: int, other: int) -> bool:
    """Return whether a table of `many` rows is worth writing anew where `other` are not as they are in it."""
    return other > min(many // 100, 500)


@dataclass(frozen=True)
class Table:
    """Pairs of a name and a value in a file. They hold as long as the program and the `key` are the same."""

    path: Path
    key: str = ""

    def save(self, rows: Iterable[tuple[str, Any]], **metadata: Any) -> None:
        """Write the table where there is a folder for it. A killed build leaves the old table or the new one."""
        draft = self.path.with_suffix(".new")
        with suppress(OSError):  # it may be lost
            with draft.open("w", encoding="utf-8", errors="surrogatepass") as file:
                first: list[Any] = [{**metadata, "program": program_key(), "key": self.key}]
                file.writelines(f"{_encode(line)}\n" for line in chain(first, batches(rows, _TOGETHER)))
            draft.replace(self.path)

    def metadata(self) -> dict[str, Any]:
        """Load what was saved besides the rows."""
        try:
            with self.path.open(encoding="utf-8", errors="surrogatepass") as file:
                metadata = json.loads(file.readline())
        except (OSError, ValueError):
            return {}
        holds = isinstance(metadata, dict) and (metadata.get("program"), metadata.get("key")) == (
            program_key(),
            self.key,
        )
        return metadata if holds else {}

    def load(self, read: Callable[[str, Any], Value]) -> dict[str, Value]:
        """Return by name what `read` makes of a name and its value; empty where it cannot make anything of one."""
        if not self.metadata():
            return {}
        try:
            with self.path.open(encoding="utf-8", errors="surrogatepass") as file:
                lines = islice(file, 1, None)
                return {name: read(name, value) for line in lines for name, value in json.loads(line)}
        except (AttributeError, KeyError, OSError, TypeError, ValueError):
            return {}


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
    """Return a hash of our own modules, of the packages that shape pages, and of Python, which knows Unicode."""
    digest = blake2b(repr(version_info[:3]).encode(), digest_size=12)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in _SHAPING:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()
