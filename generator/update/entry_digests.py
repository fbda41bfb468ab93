"""Digests of entries that feeds had before (`.cache/digests.jsonl`), in `Digests`: most of a feed is never news."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator import cache
from generator.models import Author

FILE = cache.FOLDER / "digests.jsonl"


class Digests:
    """By address of a feed the digests of its entries, by fingerprint. They may be lost: then entries are read anew."""

    def __init__(self, root: Path) -> None:
        self._file = root / FILE
        self._by_feed = self._recall()
        self._read: dict[str, dict[str, str]] = {}

    def _recall(self) -> dict[str, Mapping[str, str]]:
        _, rows = cache.load_table(self._file)
        try:
            return {
                url: {str(fingerprint): str(digest) for fingerprint, digest in entries.items()} for url, entries in rows
            }
        except (AttributeError, TypeError, ValueError):
            return {}

    def of(self, author: Author) -> dict[str, str]:
        """Those of the entries of the author's feeds."""
        return {
            fingerprint: digest
            for source in author.feeds
            for fingerprint, digest in self._by_feed.get(source.url, {}).items()
        }

    def learn(self, digests: Mapping[str, Mapping[str, str]]) -> None:
        """These feeds have been read: their entries are these now, and those that others who share them have read."""
        for url, entries in digests.items():
            self._by_feed[url] = self._read.setdefault(url, {})
            self._read[url] |= entries

    def keep(self, authors: Iterable[Author]) -> None:
        """Writes down those of the authors' feeds, and forgets all others."""
        urls = (source.url for author in authors for source in author.feeds)
        cache.save_table(self._file, ((url, self._by_feed[url]) for url in urls if url in self._by_feed))
