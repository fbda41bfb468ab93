"""Read under whose rights an entry or a feed is (`rights`), and where an entry is discussed (`comments`)."""

import html
import re
from collections.abc import Iterator
from typing import Any

from generator.feeds.parse.values import text
from generator.models import safe_url, url_key

MAX_LENGTH = 2000
"""Characters in which a link to a licence is looked for."""
_ABSOLUTE = re.compile(r"(?:https?:)?//\S+", re.IGNORECASE)
_LINK = re.compile(r"<a\s([^<>]*)>", re.IGNORECASE)
_LICENSE = re.compile(r"\brel\s*=\s*[\"']?[^\"'<>]*\blicense\b|//(?:www\.)?creativecommons\.org/[lp]", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_LOCATED = re.compile(r"https?:|[/?#]", re.IGNORECASE)
"""How an address begins, and not how many comments there are."""
_FEED = re.compile(r"\.(?:atom|rss|rdf|xml)$|/(?:feed|rss|atom)/?$", re.IGNORECASE)
_PAGES = ("", "text/html", "application/xhtml+xml")


def rights(item: Any, base: str) -> str:
    """Return the address of the licence, else what is said of the rights, as the feed wrote it; empty where nothing is.

    A licence is a link (RFC 4946), an element of Creative Commons' modules, of Dublin Core or of Media RSS, or a link
    in the text of the rights.
    """
    licences = [text(link, "href") for link in _links(item, "license")]
    said = [value for value in _said(item) if value and value not in licences]  # feedparser gives a link's, too
    licences += [value.strip() for value in said if _ABSOLUTE.fullmatch(value.strip())]
    licences += [url for value in said for url in _linked(value[:MAX_LENGTH])]
    return next(filter(None, (safe_url(url, base=base) for url in licences)), "") or next(iter(said), "")


def _said(item: Any) -> Iterator[str]:
    for key in ("license", "dcterms_license", "media_license", "rights", "dcterms_rights"):
        value = item.get(key)
        if isinstance(value, dict):
            yield text(value, "rdf:resource") or text(value, "href")
        else:
            yield text(item, key)


def _linked(markup: str) -> Iterator[str]:
    """Give the addresses that a text says to be licences, or that are of Creative Commons."""
    for link in _LINK.finditer(markup):
        href = _HREF.search(link[1])
        if href and _LICENSE.search(link[1]):
            yield html.unescape(href[1])


def comments(item: Any, page: str, home: str) -> str:
    """Return the address of the page where the entry is discussed, unless that is its own `page` or the blog's `home`.

    It is RSS's `comments`, or Atom's link to replies (RFC 4685 §3), of which one may be a feed.
    """
    address = text(item, "comments").strip()
    pages = [address] if _LOCATED.match(address) else []
    links = (link for rel in ("replies", "comments") for link in _links(item, rel) if text(link, "type") in _PAGES)
    pages += [text(link, "href") for link in links if text(link, "href")]
    own = {url_key(page), url_key(home)}
    urls = filter(None, (safe_url(url, base=page or home) for url in pages))
    return next((url for url in urls if ("#" in url or url_key(url) not in own) and not _FEED.search(url)), "")


def _links(item: Any, rel: str) -> Iterator[Any]:
    return (link for link in item.get("links") or () if text(link, "rel") == rel)
