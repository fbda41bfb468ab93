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
        self._file = root / FILE if root else None
        self._before = self._recall()
        self._now: set[str] = set()

    def _recall(self) -> set[str]:
        metadata, _ = cache.load_table(self._file) if self._file else ({}, ())
        texts = metadata.get("texts")
        return {text for text in texts if isinstance(text, str)} if isinstance(texts, list) else set()

    def faults(self, kind: str, text: str, check: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """Return what `check` finds wrong with the text of a file of that kind; a text that passed before passes."""
        mark = blake2b(f"{kind}\0{text}".encode(), digest_size=12).hexdigest()
        problems = [] if mark in self._before else list(check())
        if not problems:
            self._now.add(mark)
        return problems

    def keep(self) -> None:
        """Write down those that were asked for, where there is something new to know."""
        if self._file and self._now != self._before:
            cache.save_table(self._file, (), texts=sorted(self._now))
