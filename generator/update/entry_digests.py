"""Digests of entries that feeds had before, `.cache/digests.jsonl`: most of a feed is never news. `load` and `save`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator import cache
from generator.models import Author
from generator.update.reading import AuthorReading

FILE = cache.FOLDER / "digests.jsonl"
Digests = Mapping[str, Mapping[str, str]]
"""By address of a feed the digests of its entries, by fingerprint."""


def load(root: Path) -> Digests:
    """Return what was saved; nothing where that is lost: then entries are read anew."""
    return cache.Table(root / FILE).load(_entries)


def of_author(digests: Digests, author: Author) -> dict[str, str]:
    """Return those of the entries of the author's feeds."""
    return {
        fingerprint: digest for source in author.feeds for fingerprint, digest in digests.get(source.url, {}).items()
    }


def save(root: Path, before: Digests, readings: Iterable[AuthorReading], authors: Iterable[Author]) -> None:
    """Replace those of feeds that were read, by all who share them, and forget feeds that no author lists."""
    now: dict[str, dict[str, str]] = {}
    for reading in readings:
        for url, entries in reading.plan.digests.items():
            now.setdefault(url, {}).update(entries)
    digests = {**before, **now}
    urls = (source.url for author in authors for source in author.feeds)
    cache.Table(root / FILE).save((url, digests[url]) for url in urls if url in digests)


def _entries(_url: str, entries: Any) -> dict[str, str]:
    return {str(fingerprint): str(digest) for fingerprint, digest in entries.items()}
