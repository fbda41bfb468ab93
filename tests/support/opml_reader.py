"""A reader of OPML 2.0 that forgives nothing, as the feed readers of others see a list of feeds.

It shares no code with the planet's own import, which forgives everything. Rules: http://opml.org/spec2.opml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from tests.audit.feed_other import check_opml


@dataclass(frozen=True, kw_only=True)
class ListedFeed:
    """A feed as somebody who takes the list into a reader gets it."""

    url: str
    text: str
    title: str
    homepage: str = ""
    language: str = ""
    folders: tuple[str, ...] = ()
    """The texts of the outlines around it, the outermost first."""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ListOfFeeds:
    """A whole list."""

    title: str
    feeds: tuple[ListedFeed, ...]


def read(content: bytes) -> ListOfFeeds:
    """The list in a file. Raises ValueError with all that is wrong, be it only unwise; of no XML, ParseError."""
    root = ET.fromstring(content)
    faults = [fault.words for fault in check_opml(root) if "looks like HTML" not in fault.words]  # a name may
    body = root.find("body")
    if faults or body is None:
        raise ValueError("; ".join(faults))
    return ListOfFeeds(title=root.findtext("head/title") or "", feeds=tuple(_feeds(body, ())))


def _feeds(parent: ET.Element, folders: tuple[str, ...]) -> Iterator[ListedFeed]:
    for outline in parent:
        names = {"xmlUrl": "url", "text": "text", "title": "title", "htmlUrl": "homepage", "language": "language"}
        values = {name: outline.attrib[key] for key, name in names.items() if key in outline.attrib}
        if outline.get("type") == "rss":
            categories = tuple(part.strip() for part in outline.get("category", "").split(",") if part.strip())
            yield ListedFeed(**values, folders=folders, categories=categories)
        else:
            yield from _feeds(outline, (*folders, outline.attrib["text"]))
