"""Read RSS 0.90-2.0, RSS 1.0, Atom 0.3 and 1.0, and CDF as a Feed, by feedparser. Main function: `read`.

feedparser gets bytes only (text it would fetch or open), and neither cleans nor resolves: `markup` does both, better.
What it knows by other names: an RSS `dc:date` is `updated`, a second description (`itunes:summary`) is `content`.
"""

import contextlib
import io
import re
import warnings
from dataclasses import replace
from datetime import tzinfo
from typing import Any
from xml.sax import SAXParseException

import feedparser

from generator.errors import FeedError
from generator.feeds.parse.handlers import EntryHandlers
from generator.feeds.parse.hints import hints
from generator.feeds.parse.items import read_entry
from generator.feeds.parse.links import site
from generator.feeds.parse.mend import CUT, MendedDocument, mend
from generator.feeds.parse.people import keep_whole, names
from generator.feeds.parse.rights import rights
from generator.feeds.parse.sax_driver import NotWellFormedError, strictly
from generator.feeds.parse.titles import title_as_html
from generator.feeds.parse.values import date_text, text
from generator.models import Entry, Feed, safe_url, written_dates

for name in ("StrictFeedParser", "LooseFeedParser"):
    methods = {"_sync_author_detail": keep_whole}
    setattr(feedparser.api, name, type(name, (EntryHandlers, getattr(feedparser.api, name)), methods))

feedparser.api.PREFERRED_XML_PARSERS = ["generator.feeds.parse.sax_driver"]  # whatever else a machine has

_WORDPRESS = re.compile(r"https?://wordpress\.(?:org/\?v=|com/)")
"""A generator that writes each text twice, as an excerpt and in full, unless it is set to excerpts alone."""


def read(document: MendedDocument, url: str, zone: tzinfo) -> Feed | None:
    """Return the feed; None where the document is something else. Raises FeedError where no parser can read it."""
    try:
        result = _parsed(document, url)
    except NotWellFormedError:
        document = mend(document.body)
        result = _parsed(document, url)
    items = [*result.entries, *_broken(document, url)]
    notes = document.notes or _notes(result)
    if not result.get("version") and not items:
        return None
    if notes and not items and CUT not in notes:
        raise FeedError(f"{url}: {notes[0].partition(';')[0]} and has no entry; check it with a feed validator")
    channel = result.feed
    home = site(text(channel, "link"), url)
    dated = tuple(_with_days(_entries(items, result, url, zone), items))
    return Feed(
        title=title_as_html(channel),
        link=home,
        version=result.get("version") or _unnamed(document.body),
        generator=text(channel, "generator"),
        language=text(channel, "language"),
        authors=names(channel),
        entries=dated,
        notes=notes,
        complete=document.complete,
        older=_older(channel, url),
        hints=hints(document.body, channel, dated),
        unread_dates=tuple(filter(None, map(_unread_date, dated, items))),
    )


def _entries(items: list[Any], result: Any, url: str, zone: tzinfo) -> list[Entry]:
    channel = result.feed
    home = site(text(channel, "link"), url) or url
    of_all = rights(channel, home)
    entries = [read_entry(item, home, url, zone) for item in items]
    entries = [replace(entry, rights=entry.rights or of_all) for entry in entries]
    if not text(result, "version").startswith("atom"):
        entries = [_published(entry) for entry in entries]
    if not _WORDPRESS.match(text(channel, "generator")):
        return entries
    pairs = zip(entries, items, strict=True)
    return [replace(entry, excerpt=True) if _is_alone(item) else entry for entry, item in pairs]


def _is_alone(item: Any) -> bool:
    """Return whether an entry gives no more than its description."""
    return not item["parts"].own("content") and len(item["parts"].own("summary")) < 2


def _broken(document: MendedDocument, url: str) -> list[Any]:
    """Return the entries that only a parser can read that bears everything; none where even that fails."""
    try:
        return list(_parsed(replace(document, body=document.broken), url).entries) if document.broken else []
    except FeedError:
        return []


def _unnamed(body: bytes) -> str:
    """Return the format where feedparser tells none."""
    return "cdf" if re.search(rb"<channel\s+href", body, re.IGNORECASE) else "unknown"


def _older(channel: Any, url: str) -> str:
    """Return the address of the entries before these: RFC 5005 §3 and §4."""
    links = {text(link, "rel"): text(link, "href") for link in channel.get("links") or ()}
    return safe_url(links.get("prev-archive") or links.get("next") or "", base=url)


def _parsed(document: MendedDocument, url: str) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8"}
    if b"xml:base" in document.body:
        headers["content-location"] = url  # a relative xml:base needs the document's own
    try:
        with warnings.catch_warnings(), strictly() if document.strict else contextlib.nullcontext():
            warnings.simplefilter("ignore", DeprecationWarning)
            return feedparser.parse(
                io.BytesIO(document.body),
                sanitize_html=False,
                resolve_relative_uris=False,
                response_headers=headers,
            )
    except NotWellFormedError:
        raise
    except Exception as error:  # a stranger's bytes may break the parser in any way: that costs this feed only
        reason = f"{type(error).__name__}: {str(error)[:80]}"
        raise FeedError(f"{url} cannot be read as a feed ({reason}); check it with a feed validator") from error


def _notes(result: Any) -> tuple[str, ...]:
    error = result.get("bozo_exception")
    if error is None or isinstance(error, feedparser.NonXMLContentType | feedparser.CharacterEncodingOverride):
        return ()  # what the server says of the type or the encoding is wrong often, and harmless
    return (f"the feed is not well-formed ({_fault(error)}); what could be read was taken",)


def _fault(error: Exception) -> str:
    if isinstance(error, SAXParseException):
        return f"near line {error.getLineNumber()}: {error.getMessage()}"
    return f"{type(error).__name__}: {str(error)[:120]}"


def _published(entry: Entry) -> Entry:
    """Return the entry, published when it was updated where an RSS item has no other date (`dc:date`)."""
    return replace(entry, published=entry.updated, updated=None) if entry.published is None else entry


def _unread_date(entry: Entry, item: Any) -> str:
    return written_dates.unread(
        entry, date_text(item, "published") or date_text(item, "created"), date_text(item, "updated")
    )


def _with_days(entries: list[Entry], items: list[Any]) -> list[Entry]:
    """Return the entries with days for dates, where the feed keeps no times."""
    texts = [date_text(item, "published") or date_text(item, "updated") for item in items]
    return written_dates.without_times(entries, texts)
