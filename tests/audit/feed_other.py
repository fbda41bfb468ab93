"""A JSON Feed, an OPML list, an OpenSearch description or a sitemap → what is wrong with it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from tests.audit import feed_words
from tests.audit.feed_words import Fault, error, warning

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_HEAD = {
    "dateCreated": feed_words.date_822,
    "dateModified": feed_words.date_822,
    "ownerEmail": feed_words.mail,
    "ownerId": feed_words.address,
    "docs": feed_words.address,
}
_HEADS = frozenset(
    "title dateCreated dateModified ownerName ownerEmail ownerId docs expansionState vertScrollState windowTop "
    "windowLeft windowBottom windowRight".split()
)
_OUTLINE = frozenset(
    "text type isComment isBreakpoint created category url htmlUrl xmlUrl title version description language".split()
)


def check_opml(root: Element) -> Iterator[Fault]:
    """What is wrong with a list of OPML 2.0."""
    head, body = root.find("head"), root.find("body")
    if root.tag != "opml" or root.get("version") not in ("1.0", "1.1", "2.0"):
        yield error("no opml of a known version")
    if root.get("version") in ("1.0", "1.1"):
        yield warning("an old version of OPML")
    if head is None or body is None or [child.tag for child in root] != ["head", "body"]:
        yield error("not a head, then a body")
        return
    counts = Counter(child.tag for child in head if not child.tag.startswith("{"))
    yield from (error(f"<{name}> in the head") for name in counts if name not in _HEADS)
    yield from (error(f"several <{name}>") for name, count in counts.items() if count > 1)
    for name, check in _HEAD.items():
        yield from check(head.findtext(name) or "") if head.find(name) is not None else ()
    if body.find("outline") is None:
        yield error("no outline")
    yield from (error(f"<{one.tag}> in the body") for one in body.iter() if one.tag not in ("body", "outline"))
    for outline in body.iter("outline"):
        yield from (fault.at(outline.get("text", "outline")) for fault in _outline(outline))


def _outline(outline: Element) -> Iterator[Fault]:
    kind, feed = outline.get("type", ""), outline.get("xmlUrl")
    yield from (error(f"an outline with {name}") for name in outline.attrib if name not in _OUTLINE and name[0] != "{")
    if not outline.get("text"):
        yield error("an outline without a text")
    yield from feed_words.plain(outline.get("text", ""))
    yield from _typed(outline, kind, feed)
    if outline.get("version", "RSS2") not in ("RSS", "RSS1", "RSS2", "scriptingNews"):
        yield error(f"an unknown version: {outline.get('version')!r}")
    for name in ("isComment", "isBreakpoint"):
        if outline.get(name, "true") not in ("true", "false"):
            yield error(f"{name}={outline.get(name)!r}")
    for name, check in (
        ("created", feed_words.date_822),
        ("htmlUrl", feed_words.address),
        ("language", feed_words.language),
    ):
        yield from check(outline.get(name, "")) if outline.get(name) is not None else ()


def _typed(outline: Element, kind: str, feed: str | None) -> Iterator[Fault]:
    if kind == "rss":
        yield from [error("a feed without an address")] if feed is None else feed_words.address(feed)
        if not outline.get("title"):
            yield warning("a feed without a title")
    elif kind in ("include", "link"):
        yield from feed_words.address(outline.get("url", ""))
    elif kind == "" and feed is not None:
        yield warning("a feed without its type")
    elif kind:
        yield warning(f"an unknown type: {kind!r}")


def check_search(root: Element) -> Iterator[Fault]:
    """What is wrong with an OpenSearch description."""
    limits = {"ShortName": 16, "Description": 1024, "Tags": 256, "LongName": 48, "Developer": 64, "Attribution": 256}
    if root.tag != f"{OPENSEARCH}OpenSearchDescription":
        yield error("no OpenSearch description of the version 1.1")
    for name in ("ShortName", "Description", "Url"):
        if root.find(f"{OPENSEARCH}{name}") is None:
            yield error(f"no <{name}>")
    for name, most in limits.items():
        text = root.findtext(f"{OPENSEARCH}{name}") or ""
        yield from [error(f"<{name}> is longer than {most} characters")] if len(text) > most else feed_words.plain(text)
    for url in root.findall(f"{OPENSEARCH}Url"):
        template = url.get("template", "")
        yield from feed_words.address(re.sub(r"\{[^{}\s]+\}", "x", template))
        yield from feed_words.media(url.get("type", ""))
        if url.get("rel", "results") == "results" and "{searchTerms" not in template:
            yield error("an address without the words that are looked for")


def check_sitemap(root: Element) -> Iterator[Fault]:
    """What is wrong with a sitemap, or an index of them."""
    one = {"urlset": "url", "sitemapindex": "sitemap"}.get(root.tag.removeprefix(SITEMAP), "")
    if not one:
        yield error(f"the root is {root.tag!r}")
    entries = root.findall(f"{SITEMAP}{one}")
    if not 1 <= len(entries) <= 50_000:
        yield error(f"{len(entries)} entries, not 1 to 50,000")
    places = Counter((entry.findtext(f"{SITEMAP}loc") or "").strip() for entry in entries)
    for place, count in places.items():
        yield from feed_words.address(place)
        yield from [error(f"{place} stands there {count} times")] if count > 1 else ()
    for entry in entries:
        if (changed := entry.findtext(f"{SITEMAP}lastmod")) is not None:
            yield from feed_words.date_w3c(changed.strip())


_Rules = dict[str, tuple[type | tuple[type, ...], Callable[[str], Iterator[Fault]] | None]]
_TOP: _Rules = {
    "version": (str, None),
    "title": (str, feed_words.plain),
    "home_page_url": (str, feed_words.address),
    "feed_url": (str, feed_words.address),
    "description": (str, feed_words.plain),
    "user_comment": (str, None),
    "next_url": (str, feed_words.address),
    "icon": (str, feed_words.address),
    "favicon": (str, feed_words.address),
    "authors": (list, None),
    "author": (dict, None),
    "language": (str, feed_words.language),
    "expired": (bool, None),
    "hubs": (list, None),
    "items": (list, None),
}
_ITEM: _Rules = {
    "id": (str, None),
    "url": (str, feed_words.address),
    "external_url": (str, feed_words.address),
    "title": (str, feed_words.plain),
    "content_html": (str, feed_words.html),
    "content_text": (str, None),
    "summary": (str, None),
    "image": (str, feed_words.address),
    "banner_image": (str, feed_words.address),
    "date_published": (str, feed_words.date_3339),
    "date_modified": (str, feed_words.date_3339),
    "authors": (list, None),
    "author": (dict, None),
    "tags": (list, None),
    "language": (str, feed_words.language),
    "attachments": (list, None),
}
_AUTHOR: _Rules = {
    "name": (str, feed_words.plain),
    "url": (str, feed_words.address),
    "avatar": (str, feed_words.address),
}
_ATTACHMENT: _Rules = {
    "url": (str, feed_words.address),
    "mime_type": (str, feed_words.media),
    "title": (str, feed_words.plain),
    "size_in_bytes": ((int, float), None),
    "duration_in_seconds": ((int, float), None),
}


def check_json(feed: Any) -> Iterator[Fault]:
    """What is wrong with a JSON Feed of the version 1.1."""
    if not isinstance(feed, dict) or feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield error("no JSON Feed of the version 1.1")
        return
    yield from _object(feed, _TOP, ("title", "items"))
    yield from [warning("no address of itself")] if not feed.get("feed_url") else ()
    items = [item for item in feed.get("items", []) if isinstance(item, dict)]
    ids = Counter(str(item.get("id")) for item in items)
    yield from (error(f"{count} items have the id {name!r}") for name, count in ids.items() if count > 1)
    for item in items:
        yield from (fault.at(str(item.get("id"))) for fault in _item(item))


def _item(item: dict[str, Any]) -> Iterator[Fault]:
    yield from _object(item, _ITEM, ("id",))
    if "content_html" not in item and "content_text" not in item:
        yield error("an item without content")
    if not all(isinstance(tag, str) for tag in item.get("tags", [])):
        yield error("a tag that is no text")
    for one in item.get("attachments", []):
        yield from _object(one, _ATTACHMENT, ("url", "mime_type"))


def _object(told: dict[str, Any], rules: _Rules, required: tuple[str, ...]) -> Iterator[Fault]:
    yield from (error(f"no {name}") for name in required if told.get(name) in (None, ""))
    for name, value in told.items():
        if name.startswith("_"):
            continue
        kind, check = rules.get(name, (object, None))
        if name not in rules:
            yield error(f"{name} does not belong here")
        elif not isinstance(value, kind):
            yield error(f"{name} is {type(value).__name__}")
        elif check:
            yield from check(value)
    if rules is not _AUTHOR:
        for author in told.get("authors", []):
            yield from [error("an author without anything")] if not author else _object(author, _AUTHOR, ())
