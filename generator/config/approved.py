"""The texts of settings and authors that were held against their schemas before (`.cache/approved.jsonl`).

That takes longer than reading them, and most runs find no other texts than the run before.
"""

from hashlib import blake2b
from pathlib import Path

from generator import cache, kept

FILE = cache.FOLDER / "approved.jsonl"


class Approved:
    """Texts without a fault, by their hashes. They may be lost: then all are looked at again."""

    def __init__(self, root: Path | None = None) -> None:
        """Those that this program approved of in the planet in `root`; none without one."""
        self._file = root / FILE if root else None
        self._before = self._recall()
        self._now: set[str] = set()

    def _recall(self) -> set[str]:
        told, _ = kept.recall(self._file) if self._file else ({}, ())
        texts = told.get("texts")
        return {each for each in texts if isinstance(each, str)} if isinstance(texts, list) else set()

    def has(self, kind: str, text: str) -> bool:
        """Whether the text needs no look any more: it is right for that kind of file."""
        mark = _hash(kind, text)
        if mark in self._before:
            self._now.add(mark)
        return mark in self._now

    def add(self, kind: str, text: str) -> None:
        """The text was looked at and is right."""
        self._now.add(_hash(kind, text))

    def keep(self) -> None:
        """Writes down those that were asked for, where there is something new to know."""
        if self._file and self._now != self._before:
            kept.keep(self._file, (), texts=sorted(self._now))


def _hash(kind: str, text: str) -> str:
    return blake2b(f"{kind}\0{text}".encode(), digest_size=12).hexdigest()
