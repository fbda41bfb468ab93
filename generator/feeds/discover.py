"""Find the feeds of a site by its address, best first. Main function: `find`."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from generator.errors import FeedError
from generator.feeds.fetch import fetch
from generator.feeds.parse import announced, is_of_comments, parse_response
from generator.models import Feed, FetchSettings, Response, url_key
from generator.parallel import LimitError, within_limits

COMMON = (
    "feed/ feed.xml atom.xml rss.xml index.xml rss/ feed.json feeds/all.atom.xml feeds/posts/default blog/feed/ "
    "index.rss posts/index.xml".split()
)
"""Where the usual programs put their feeds."""
MOST = 14
"""Addresses that are tried."""


@dataclass(frozen=True, kw_only=True)
class DiscoveredFeed:
    """A feed that was asked for and could be read."""

    url: str
    """After permanent redirects: what belongs into the author file."""
    feed: Feed
    label: str = ""
    """What the page calls it."""

    @property
    def rank(self) -> tuple[bool, bool, bool, int]:
        """Smaller is better: posts before comments, full texts before excerpts, Atom before others, more entries."""
        comments = is_of_comments(self.url, self.label, self.feed.title)
        excerpts = not self.feed.entries or any(entry.excerpt for entry in self.feed.entries)
        return comments, excerpts, not self.feed.version.startswith("atom"), -len(self.feed.entries)


def find(url: str, settings: FetchSettings) -> list[DiscoveredFeed]:
    """Return the feeds of the site at `url`, best first. Raises FeedError where there is none."""
    response = fetch(url, settings=settings)
    feed = _read(response, "", settings)
    if feed:
        return [feed]
    link = response.headers.get("link", "")
    links = within_limits(settings, announced, response.body, response.final_url, link=link)
    seen: dict[str, DiscoveredFeed] = {}
    for number, (address, label) in enumerate([*links, *((path, "") for path in _common(response.final_url))]):
        is_enough = any(not is_of_comments(feed.url, feed.label) for feed in seen.values())
        if number == MOST or (number >= len(links) and is_enough):
            break
        feed = _try(address, label, settings)
        if feed:
            seen.setdefault(url_key(feed.url), feed)
    if not seen:
        raise FeedError(f"{url} announces no feed, and none lies where feeds usually are; give the feed's own address")
    return sorted(seen.values(), key=lambda feed: feed.rank)


def _common(url: str) -> Iterator[str]:
    """Yield the usual places, below the page first and then at the root of the site."""
    here = url if urlsplit(url).path.endswith("/") else url + "/"
    for base in dict.fromkeys((here, urljoin(url, "/"))):
        yield from (urljoin(base, path) for path in COMMON)


def _try(url: str, label: str, settings: FetchSettings) -> DiscoveredFeed | None:
    try:
        return _read(fetch(url, settings=settings), label, settings)
    except FeedError:
        return None


def _read(response: Response, label: str, settings: FetchSettings) -> DiscoveredFeed | None:
    try:
        feed = within_limits(settings, parse_response, response)
    except LimitError:
        raise
    except FeedError:
        return None
    return DiscoveredFeed(url=response.moved_to or response.url, feed=feed, label=label)
