"""Read under whose rights an entry or a feed is (`rights`), and where an entry is discussed (`comments`)."""

import re
from collections.abc import Iterator
from typing import Any

from generator.feeds.parse.values import text
from generator.models import safe_url

_ABSOLUTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_LOCATED = re.compile(r"https?:|[/?#]", re.IGNORECASE)
"""How an address begins, and not how many comments there are."""
_DISCUSSIONS = ("replies", "comments")
_PAGES = ("", "text/html", "application/xhtml+xml")


def rights(item: Any, base: str) -> str:
    """Return the address of the licence, else what is said of the rights, as the feed wrote it; empty where nothing is.

    A licence is a link (RFC 4946), or an element of Creative Commons' modules, of Dublin Core or of Media RSS.
    """
    said = list(_said(item))
    licences = [safe_url(text(link, "href"), base=base) for link in _links(item, "license")]
    licences += [safe_url(value) for value in said if _ABSOLUTE.match(value)]
    return next(filter(None, licences), "") or next(filter(None, said), "")


def _said(item: Any) -> Iterator[str]:
    for key in ("license", "dcterms_license", "media_license", "rights", "dcterms_rights"):
        value = item.get(key)
        if isinstance(value, dict):
            yield text(value, "rdf:resource") or text(value, "href")
        else:
            yield text(item, key)


def comments(item: Any, page: str, home: str) -> str:
    """Return the address of the page where the entry is discussed, unless that is its own `page` or the blog's `home`.

    It is RSS's `comments`, or Atom's link to replies (RFC 4685 §3), of which one may be a feed.
    """
    told = text(item, "comments").strip()
    pages = [told] if _LOCATED.match(told) else []
    pages += [text(link, "href") for rel in _DISCUSSIONS for link in _links(item, rel) if text(link, "type") in _PAGES]
    urls = (safe_url(address, base=page or home) for address in pages)
    return next((url for url in urls if url and url not in (page, home)), "")


def _links(item: Any, rel: str) -> Iterator[Any]:
    return (link for link in item.get("links") or () if text(link, "rel") == rel)
