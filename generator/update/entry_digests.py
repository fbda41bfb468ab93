"""The digests of entries that feeds have told before (`.cache/digests.jsonl`): most of a feed is never news."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator import cache
from generator.models import Author

FILE = cache.FOLDER / "digests.jsonl"


class Digests:
    """By address of a feed the digests of its entries, by fingerprint. They may be lost: then entries are read anew."""

    def __init__(self, root: Path) -> None:
        self._file = root / FILE
        self._known = self._recall()

    def _recall(self) -> dict[str, Mapping[str, str]]:
        _, rows = cache.load_table(self._file)
        try:
            return {url: {str(each): str(digest) for each, digest in told.items()} for url, told in rows}
        except (AttributeError, TypeError, ValueError):
            return {}

    def of(self, author: Author) -> dict[str, str]:
        """Those of the entries of the author's feeds."""
        return {each: made for source in author.feeds for each, made in self._known.get(source.url, {}).items()}

    def learn(self, told: Mapping[str, Mapping[str, str]]) -> None:
        """These feeds have been read: their entries are these now."""
        self._known.update(told)

    def keep(self, authors: Iterable[Author]) -> None:
        """Writes down those of the authors' feeds, and forgets all others."""
        urls = (source.url for author in authors for source in author.feeds)
        cache.save_table(self._file, ((url, self._known[url]) for url in urls if url in self._known))
