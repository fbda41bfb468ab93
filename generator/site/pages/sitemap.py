"""Lay out the sitemap and robots.txt (`pages`), which say what search engines may show. Pure."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from generator.models import Page
from generator.site.context import Site, frame

UNLISTED = frozenset(
    (
        "pages/404.html",
        "pages/comforts.html",
        "pages/day.html",
        "pages/edits.html",
        "pages/headlines.html",
        "pages/history.html",
        "pages/moved.html",
        "pages/search.html",
        "pages/feed_status.html",
    )
)
"""Templates of pages that ask search engines to stay away, as numbered pages and copies of posts do."""
MOST = 50_000
"""Addresses that a sitemap may have (https://www.sitemaps.org/protocol.html)."""
_NUMBERED = re.compile(r"(?:.*/)?page/\d+\.html")


def address(page: Page) -> list[str]:
    """The address below the site's root; none of a page that search engines may not show."""
    return [quote(page.path.removesuffix("index.html"))] if _is_open(page) else []


def pages(site: Site, addresses: Sequence[str]) -> Iterator[Page]:
    """The sitemap, and where robots find it."""
    yield frame(site, "sitemap.xml", "feeds/sitemap.xml", root=site.planet.url, addresses=addresses[:MOST])
    yield frame(site, "robots.txt", "feeds/robots.txt", root=site.planet.url)


def _is_open(page: Page) -> bool:
    if not page.path.endswith(".html") or page.template in UNLISTED or _NUMBERED.fullmatch(page.path):
        return False
    post = page.own.get("post")
    return post is None or (not post.link and post.source.withdrawn is None)
