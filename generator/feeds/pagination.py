"""Fetch the pages before a feed's first one: RFC 5005 `prev-archive` and `next`, or WordPress's `?paged=`.

Main function: `older_pages`.
"""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from generator.errors import FeedError
from generator.models import Feed, Response, host

MOST = 100
"""Pages that are followed."""


def older_pages(
    first: Response, *, get: Callable[[str], Response], read: Callable[[Response], Feed]
) -> tuple[Response, ...]:
    """Return the pages before `first`, newest first, by `get`; up to one that fails, says nothing new or lies
    elsewhere.
    """
    pages: list[Response] = []
    seen: set[str] = set()
    try:
        feed, response = read(first), first
        while len(pages) < MOST and {entry.guid for entry in feed.entries} - seen:
            seen |= {entry.guid for entry in feed.entries}
            pages.append(response)
            url = _before(feed, response)
            if not url or host(url) != host(first.final_url):
                break
            response = get(url)
            feed = read(response)
    except FeedError:
        pass  # a blog without further pages answers 404 or with a web page
    return tuple(pages[1:])


def _before(feed: Feed, response: Response) -> str:
    if feed.older or "wordpress" not in feed.generator.casefold():
        return feed.older
    parts = urlsplit(response.final_url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    paged = query.get("paged", "1")
    number = int(paged) + 1 if paged.isdecimal() else 2
    return parts._replace(query=urlencode(query | {"paged": str(number)})).geturl()
