"""Feeds of one entry, with the namespaces that real ones declare."""

from generator.feeds.parse import parse
from generator.models import Entry

PAGE = "https://ann.example/1"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
    }.items()
)


def rss(item: str, *, title: str = "A title") -> str:
    """An RSS 2.0 feed with an item that has a title, an address and these elements."""
    head = f"<title>{title}</title>" if title else ""
    return (
        f'<rss version="2.0" {NAMESPACES}><channel><title>Ann</title><link>https://ann.example/</link>'
        f"<item>{head}<link>{PAGE}</link><guid>urn:1</guid>{item}</item></channel></rss>"
    )


def atom(entry: str, *, title: str = "<title>A title</title>") -> str:
    """An Atom feed with such an entry."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}><title>Ann</title><link href="https://ann.example/"/>'
        f'<entry>{title}<link href="{PAGE}"/><id>urn:1</id>{entry}</entry></feed>'
    )


def read_entry(document: str) -> Entry:
    """The only entry of a feed."""
    (entry,) = parse(document.encode(), url="https://ann.example/feed").entries
    return entry
