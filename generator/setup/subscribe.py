"""Write the author file that subscribes to a feed: `author_file`."""

from urllib.parse import urlsplit

from generator import markup
from generator.config import author_text
from generator.feeds.discover import DiscoveredFeed
from generator.models import Author, FeedSource, safe_url


def author_file(candidate: DiscoveredFeed, *, name: str = "") -> str:
    """Return the text of the author file that subscribes to a feed."""
    writers = {", ".join(entry.authors) for entry in candidate.feed.entries if entry.authors}
    author_name = (
        name
        or (writers.pop() if len(writers) == 1 else "")
        or candidate.feed.title
        or urlsplit(candidate.url).hostname
        or ""
    )
    feed = FeedSource(url=candidate.url, editions=())
    author = Author(nick="", name=markup.title(author_name)[:80], feeds=(feed,), homepage=safe_url(candidate.feed.link))
    return author_text(author)
