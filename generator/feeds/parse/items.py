"""Read one item of an XML feed as an Entry (`read_entry`)."""

import re
from datetime import tzinfo
from typing import Any

from generator.feeds.parse import links
from generator.feeds.parse.bodies import bodies, former_bodies, to_html
from generator.feeds.parse.handlers import EntryParts
from generator.feeds.parse.media import enclosures
from generator.feeds.parse.people import names
from generator.feeds.parse.rights import comments, rights
from generator.feeds.parse.titles import read_title
from generator.feeds.parse.values import date_text, further_dates, text
from generator.models import Entry, When, safe_url, text_guid, written_dates


def read_entry(item: Any, home: str, url: str, zone: tzinfo) -> Entry:
    """Return the entry; `home` is the address of the blog, `url` that of the feed."""
    link = _link(item, home, url)
    guid = text(item, "id")
    parts: EntryParts = item["parts"]
    body, rest = bodies(parts)
    html, summary, base = to_html(body), to_html(rest), text(body, "base")
    former_html, former_summary = former_bodies(item)
    published, updated = _dates(item, zone)
    return Entry(
        guid=guid or link or text_guid(text(item, "title"), former_html),
        nameless=links.names_nothing(guid, link, home),
        link=link,
        **read_title(item, parts),
        html=html,
        former_html=None if former_html == html else former_html,
        base=safe_url(base, base=link or home) if base and base != url else link or home,
        summary=summary,
        former_summary=None if former_summary == summary else former_summary,
        published=published,
        updated=updated,
        authors=names(item),
        tags=tuple(text(tag, "label") or text(tag, "term") for tag in item.get("tags") or ()),
        language=text(body, "language") or text(item, "language"),
        rights=rights(item, link or home),
        comments=comments(item, link, home),
        enclosures=enclosures(item, parts, link or home),
    )


def _dates(item: Any, zone: tzinfo) -> tuple[When | None, When | None]:
    """Return when the item was published and changed."""
    published, created, updated = (
        written_dates.read(date_text(item, name), zone) for name in ("published", "created", "updated")
    )
    if published or created or updated:
        return published or created, updated
    return next(filter(None, (written_dates.read(when, zone) for when in further_dates(item))), None), None


def _link(item: Any, home: str, url: str) -> str:
    """Return the entry's page: not FeedBurner's address but the blog's own; a GUID only where it looks like an
    address.
    """
    guid = text(item, "id")
    address = text(item, "feedburner_origlink") or text(item, "link") or _misspelt(item)
    if not address and "link" not in item:
        return ""
    if address == guid and item.get("guidislink") and not re.match(r"https?:|[/?]", address):
        return links.at_own_host(address, home, url)
    return links.page(address, guid, home=home, feed=url)


def _misspelt(item: Any) -> str:
    """Return the address of a link that names its attribute or its relation in another way than Atom does."""
    for link in item.get("links") or ():
        relation = text(link, "rel").lower().rpartition("/")[2]  # some write the whole address of IANA's list
        if relation in ("alternate", "bookmark", "permalink") and "html" in text(link, "type"):
            names = ["href", *sorted(link.keys() - {"rel", "title"})]
            return next((text(link, name) for name in names if re.match(r"https?://", text(link, name))), "")
    return ""
