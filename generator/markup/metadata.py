"""Collect what a post says of itself beside its text, and say what its links mean by that, with `metadata_of`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.models import Entry, Feed, When, url_key

_FOLLOWED = re.compile(r"rss|feed|atom|source|\bref\b", re.IGNORECASE)
"""A query by which a site counts those who came from its feed."""


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What the front matter of a post says, so that its body need not. Texts as the feed wrote them."""

    pages: tuple[str, ...] = ()
    """Addresses of the post: its link, and its GUID where that is an address."""
    home: str = ""
    """Address of the blog."""
    blog: str = ""
    """Its title."""
    authors: tuple[str, ...] = ()
    dates: tuple[When, ...] = ()
    tags: tuple[str, ...] = ()

    def is_page(self, url: str) -> bool:
        """Return whether a link leads to the post itself, at whatever place in it."""
        key = _key(url)
        return key != _key(self.home) and key in map(_key, self.pages)

    def is_home(self, url: str) -> bool:
        """Return whether a link leads to the home that the feed names, the root of its host, or a folder above both."""
        key, pages = _key(url), [_key(page) for page in self.pages]
        if not key or key in pages:
            return False
        above = all(f"{other}/".startswith(f"{key}/") for other in (_key(self.home), *pages[:1]))
        return above or key == _key(self.home) or key in map(_host, self.pages)

    def is_own(self, url: str) -> bool:
        """Return whether a link stays within the blog, by host."""
        return _host(url) in {_host(own) for own in (self.home, *self.pages) if own}

    def shares(self, url: str) -> bool:
        """Return whether a link hands the post's address to another service, as buttons for sharing do."""
        query = unquote(urlsplit(url).query) if "?" in url and not self.is_own(url) else ""
        return any(url_key(page) in query for page in self.pages)


def metadata_of(entry: Entry, feed: Feed, names: Iterable[str] = ()) -> Metadata:
    """Collect what front matter says of an entry of `feed`, `names` being those that the planet has for its author."""
    return Metadata(
        pages=tuple(url for url in (entry.link, entry.guid) if url.startswith(("http://", "https://"))),
        home=feed.link,
        blog=feed.title,
        authors=tuple(dict.fromkeys(name for name in (", ".join(entry.authors), *entry.authors, *names) if name)),
        dates=tuple(when for when in (entry.published, entry.updated) if when),
        tags=entry.tags,
    )


def _key(url: str) -> str:
    """Return an address to compare, without a query that says no more than that it was followed from a feed."""
    path, _, query = url_key(url).partition("?")
    return path if not query or _FOLLOWED.search(query) else f"{path}?{query}"


def _host(url: str) -> str:
    return url_key(url).partition("?")[0].partition("/")[0]
