"""The texts of settings and authors that were held against their schemas before (`.cache/approved.jsonl`).

That takes longer than reading them, and most runs find no other texts than the run before.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

from generator import cache
from generator.errors import Problem

FILE = cache.FOLDER / "approved.jsonl"


class Approved:
    """Texts without a fault, by their hashes. They may be lost: then all are looked at again."""

    def __init__(self, root: Path | None = None) -> None:
        """Those that this program approved of in the planet in `root`; none without one."""
        self._file = root / FILE if root else None
        self._before = self._recall()
        self._now: set[str] = set()

    def _recall(self) -> set[str]:
        told, _ = cache.load_table(self._file) if self._file else ({}, ())
        texts = told.get("texts")
        return {each for each in texts if isinstance(each, str)} if isinstance(texts, list) else set()

    def faults(self, kind: str, text: str, look: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """What `look` finds wrong with the text of a file of that kind; there is no look at what was right before."""
        mark = blake2b(f"{kind}\0{text}".encode(), digest_size=12).hexdigest()
        found = [] if mark in self._before else list(look())
        if not found:
            self._now.add(mark)
        return found

    def keep(self) -> None:
        """Writes down those that were asked for, where there is something new to know."""
        if self._file and self._now != self._before:
            cache.save_table(self._file, (), texts=sorted(self._now))
