"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) → a Feed."""

import hashlib
import html
import json
import re
from datetime import tzinfo
from typing import Any

from generator import dates
from generator.errors import FeedError
from generator.model import Enclosure, Entry, Feed, Hints
from generator.parse.hints import newest
from generator.urls import web

_VERSION = re.compile(r".*jsonfeed\.org/version/.*|1(\.[01])?")
"""The address that the standard asks for; some write the number alone."""


def looks_like(body: bytes) -> bool:
    """Whether the body is JSON at all."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read(body: bytes, url: str, zone: tzinfo) -> Feed | None:
    """The feed; None where the JSON is something else. Raises FeedError where it is broken."""
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise FeedError(f"{url} is not valid JSON ({str(error)[:80]}); mend the program that writes it") from error
    if not isinstance(data, dict) or not _VERSION.fullmatch(str(data.get("version"))) or "items" not in data:
        return None
    items = [item for item in _list(data, "items") if isinstance(item, dict)]
    entries = [_entry(item, data, url, zone) for item in items]
    dated = tuple(dates.without_times(entries, [_text(item, "date_published") for item in items]))
    return Feed(
        title=_text(data, "title"),
        link=web(_text(data, "home_page_url"), base=url),
        version="json11" if str(data["version"]).rstrip("/").endswith("1.1") else "json10",
        language=_text(data, "language"),
        older=web(_text(data, "next_url"), base=url),
        entries=dated,
        hints=Hints(dates=newest(dated)),
    )


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _list(item: dict[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []


def _entry(item: dict[str, Any], feed: dict[str, Any], url: str, zone: tzinfo) -> Entry:
    home = web(_text(feed, "home_page_url"), base=url)
    link = web(_text(item, "url") or _text(item, "external_url"), base=home or url)
    body = _text(item, "content_html") or paragraphs(_text(item, "content_text"))
    summary = paragraphs(_text(item, "summary"))
    title = html.escape(_text(item, "title"), quote=False)
    return Entry(
        guid=_text(item, "id") or link or made_up_guid(title, body or summary),
        link=link,
        title=title,
        html=body or summary,
        base=link or home or url,
        summary=summary if body else "",
        excerpt=not body and bool(summary),
        published=dates.read(_text(item, "date_published"), zone),
        updated=dates.read(_text(item, "date_modified"), zone),
        author=", ".join(_authors(item) or _authors(feed)),
        tags=tuple(str(tag) for tag in _list(item, "tags") if isinstance(tag, str)),
        language=_text(item, "language"),
        enclosures=tuple(_enclosure(part, link or url) for part in _list(item, "attachments") if _is_file(part)),
    )


def _authors(item: dict[str, Any]) -> list[str]:
    people = _list(item, "authors") or [item.get("author")]
    return [_text(person, "name") for person in people if isinstance(person, dict) and person.get("name")]


def _is_file(part: Any) -> bool:
    return isinstance(part, dict) and isinstance(part.get("url"), str)


def _enclosure(part: dict[str, Any], base: str) -> Enclosure:
    size = part.get("size_in_bytes")
    return Enclosure(
        url=web(part["url"], base=base), type=_text(part, "mime_type"), length=size if isinstance(size, int) else 0
    )


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, other line ends stay."""
    blocks = [block.strip("\n") for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(
        f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block.strip()
    )


def made_up_guid(title: str, body: str) -> str:
    """A name for an entry that has neither GUID nor link."""
    return "urn:sha256:" + hashlib.sha256(f"{title}\0{body}".encode("utf-8", "replace")).hexdigest()[:32]
