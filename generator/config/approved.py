"""Remember which texts of settings and authors passed their schemas (`Approved`), in `.cache/approved.jsonl`.

Validating takes longer than reading, and most runs find no other texts than the run before.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

from generator import cache
from generator.errors import Problem

FILE = cache.FOLDER / "approved.jsonl"


class Approved:
    """Texts without a fault, by their hashes. They may be lost: then all are checked again."""

    def __init__(self, root: Path | None = None) -> None:
        """Those that this program approved of in the planet in `root`; none without one."""
        self._table = cache.Table(root / FILE) if root else None
        self._before = set(self._table.load(lambda _mark, kind: str(kind))) if self._table else set()
        self._now: dict[str, str] = {}

    def faults(self, kind: str, text: str, check: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """Return what `check` finds wrong with the text of a file of that kind; a text that passed before passes."""
        mark = blake2b(f"{kind}\0{text}".encode(), digest_size=12).hexdigest()
        problems = [] if mark in self._before else list(check())
        if not problems:
            self._now[mark] = kind
        return problems

    def keep(self) -> None:
        """Write down those that were asked for, where there is something new to know."""
        if self._table and self._now.keys() != self._before:
            self._table.save(sorted(self._now.items()))
