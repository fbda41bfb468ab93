"""Make up GUIDs for entries to which their feed gives none (`text_guid`, `page_guid`). Pure."""

import hashlib

from generator.models.dates import to_iso
from generator.models.feed import Entry

_TEXT = "urn:sha256:"
_PAGE = "urn:sha256:page:"


def text_guid(title: str, body: str) -> str:
    """Return a GUID for an entry that has no link either."""
    return _TEXT + _digest(title, body)


def page_guid(entry: Entry) -> str:
    """Return a GUID for an entry that shares its link with others: of link and title, or date where it has no title.

    An entry with neither is that of its link alone.
    """
    label = entry.title or (to_iso(entry.published) if entry.published else "")
    return _PAGE + _digest(entry.link, label) if label else entry.link


def is_page_guid(guid: str) -> bool:
    """Return whether a GUID is one of `page_guid`: others share that page, or did."""
    return guid.startswith(_PAGE)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:32]
