"""Read JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) as a Feed. Main function: `read`."""

import contextlib
import html
import json
import re
from datetime import tzinfo
from typing import Any

from generator.errors import FeedError
from generator.feeds.parse import links
from generator.feeds.parse.hints import newest
from generator.feeds.parse.media import MOST, attachment
from generator.feeds.parse.mend import CUT
from generator.feeds.parse.people import plain_names
from generator.feeds.parse.titles import title_fields
from generator.models import Enclosure, Entry, Feed, PollHints, safe_url, text_guid, written_dates

_VERSION = re.compile(r".*jsonfeed\.org/version/.*|1(\.[01])?")
"""The address that the standard asks for; some write the number alone."""
_DECODER = json.JSONDecoder(strict=False)  # which bears line ends within a text
_SPACE = re.compile(r"[ \t\r\n]*")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
"""An escape; its group is half a character, a surrogate without its other one."""


def looks_like(body: bytes) -> bool:
    """Return whether the body is JSON at all."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def mend(body: bytes) -> bytes:
    """Return the JSON with U+FFFD for each escape of half a character."""
    return _ESCAPE.sub(lambda match: rb"\ufffd" if match[1] else match[0], body) if _HALF.search(body) else body


def read(body: bytes, url: str, zone: tzinfo) -> Feed | None:
    """Return the feed; None where the JSON is something else. Raises FeedError where it is broken."""
    data, complete = _data(body.decode("utf-8-sig", "replace").strip(), url)
    if not isinstance(data, dict) or not _VERSION.fullmatch(str(data.get("version"))) or "items" not in data:
        return None
    items = [item for item in _list(data, "items") if isinstance(item, dict)]
    entries = [_entry(item, data, url, zone) for item in items]
    dated = tuple(written_dates.without_times(entries, [_text(item, "date_published") for item in items]))
    return Feed(
        title=_text(data, "title"),
        link=links.site(_text(data, "home_page_url"), url),
        version="json11" if str(data["version"]).rstrip("/").endswith("1.1") else "json10",
        language=_text(data, "language"),
        authors=_authors(data),
        older=safe_url(_text(data, "next_url"), base=url),
        entries=dated,
        notes=() if complete else (CUT,),
        complete=complete,
        hints=PollHints(dates=newest(dated)),
        unread_dates=tuple(filter(None, map(_unread_date, dated, items))),
    )


def _unread_date(entry: Entry, item: dict[str, Any]) -> str:
    return written_dates.unread(entry, _text(item, "date_published"), _text(item, "date_modified"))


def _data(text: str, url: str) -> tuple[Any, bool]:
    """Return what the JSON says, and whether it is whole; of a text that breaks off what comes before."""
    start: dict[str, Any] = {}
    try:
        return _DECODER.raw_decode(text)[0], True  # what a server adds behind it says nothing
    except RecursionError as error:
        cause: Exception = error
    except json.JSONDecodeError as error:
        cause = error
        if error.msg.startswith("Unterminated") or error.pos > len(text) - len("false"):
            start = _beginning(text)
    if "items" not in start:
        raise FeedError(f"{url} is not valid JSON ({str(cause)[:80]}); mend the program that writes it") from cause
    return start, False


def _beginning(text: str) -> dict[str, Any]:
    """Return the members that are whole of an object that breaks off, and of its items those that are whole."""
    data: dict[str, Any] = {}
    at = 0
    with contextlib.suppress(ValueError, IndexError, TypeError, RecursionError):  # the end, wherever it is
        while text[at] in "{,":
            key, at = _DECODER.raw_decode(text, _next(text, at + 1))
            at = _next(text, _next(text, at) + 1)
            if key == "items":
                data[key] = []
                at = _fill(data[key], text, at)
            else:
                data[key], at = _DECODER.raw_decode(text, at)
            at = _next(text, at)
    return data


def _fill(items: list[Any], text: str, at: int) -> int:
    """Append the members of the list that begins at `at`, and return the place behind it."""
    while text[at] in "[,":
        item, at = _DECODER.raw_decode(text, _next(text, at + 1))
        items.append(item)
        at = _next(text, at)
    return at + 1


def _next(text: str, at: int) -> int:
    """Return the place of the next sign that is no white space."""
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches everywhere


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _list(item: dict[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []


def _entry(item: dict[str, Any], feed: dict[str, Any], url: str, zone: tzinfo) -> Entry:
    home = links.site(_text(feed, "home_page_url"), url)
    guid = _text(item, "id")
    link = links.page(_text(item, "url") or _text(item, "external_url"), guid, home=home or url, feed=url)
    body = _text(item, "content_html") or paragraphs(_text(item, "content_text"))
    summary = paragraphs(_text(item, "summary"))
    title, former_title = _text(item, "title"), html.escape(_text(item, "title"), quote=False)
    return Entry(
        guid=guid or link or text_guid(former_title, body or summary),
        nameless=links.names_nothing(guid, link, home),
        link=link,
        **title_fields(title, former_title, plain=True),
        html=body or summary,
        base=link or home or url,
        summary=summary if body else "",
        excerpt=not body and bool(summary),
        published=written_dates.read(_text(item, "date_published"), zone),
        updated=written_dates.read(_text(item, "date_modified"), zone),
        authors=_authors(item) or _authors(feed),
        tags=tuple(str(tag) for tag in _list(item, "tags") if isinstance(tag, str)),
        language=_text(item, "language"),
        enclosures=_enclosures(item, link or url),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of `authors`, else that of `author`, which was the word of version 1.0."""
    written = (_list(item, "authors"), [item.get("author")])
    named = (plain_names(_text(person, "name") for person in people if isinstance(person, dict)) for people in written)
    return next(filter(None, named), ())


def _enclosures(item: dict[str, Any], base: str) -> tuple[Enclosure, ...]:
    """Return the files that come with an item, each once."""
    files: dict[str, Enclosure] = {}
    for part in (part for part in _list(item, "attachments") if isinstance(part, dict)):
        size = part.get("size_in_bytes")
        file = attachment(
            safe_url(_text(part, "url"), base=base) if _text(part, "url") else "",
            media_type=_text(part, "mime_type"),
            length=size if isinstance(size, int) else 0,
            words=html.escape(_text(part, "title"), quote=False),
        )
        if file and len(files) < MOST:
            files.setdefault(file.url, file)
    return tuple(files.values())


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, other line ends stay."""
    blocks = [block.strip("\n") for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(
        f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block.strip()
    )
