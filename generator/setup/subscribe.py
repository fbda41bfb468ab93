"""The author file that subscribes to a feed."""

from urllib.parse import urlsplit

from generator import markup
from generator.config import author_text
from generator.feeds.discover import DiscoveredFeed
from generator.models import Author, FeedSource, safe_url


def author_file(found: DiscoveredFeed, *, name: str = "") -> str:
    """The text of the author file that subscribes to a feed."""
    writers = {", ".join(entry.authors) for entry in found.feed.entries if entry.authors}
    told = (
        name or (writers.pop() if len(writers) == 1 else "") or found.feed.title or urlsplit(found.url).hostname or ""
    )
    feed = FeedSource(url=found.url, editions=())
    author = Author(nick="", name=markup.title(told)[:80], feeds=(feed,), homepage=safe_url(found.feed.link))
    return author_text(author)
