"""Read RSS 0.90-2.0, RSS 1.0, Atom 0.3 and 1.0, and CDF as a Feed, by feedparser. Main function: `read`.

feedparser gets bytes only (text it would fetch or open), and neither cleans nor resolves: `markup` does both, better.
What it knows by other names: an RSS `dc:date` is `updated`, a second description (`itunes:summary`) is `content`.
"""

import contextlib
import html
import io
import re
import warnings
from dataclasses import replace
from datetime import tzinfo
from typing import Any
from xml.sax import SAXParseException

import feedparser

from generator.errors import FeedError
from generator.feeds.parse.hints import hints
from generator.feeds.parse.jsonfeed import made_up_guid, paragraphs
from generator.feeds.parse.mend import CUT, MendedDocument, mend
from generator.feeds.parse.sax_driver import NotWellFormedError, strictly
from generator.models import Enclosure, Entry, Feed, safe_url, written_dates

for parser in (feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser):
    # A GUID is a name, not an address: feedparser would rewrite it by the document's xml:base, which may change.
    parser.can_be_relative_uri = parser.can_be_relative_uri - {"id"}

feedparser.api.PREFERRED_XML_PARSERS = ["generator.feeds.parse.sax_driver"]  # whatever else a machine has

_WORDPRESS = re.compile(r"https?://wordpress\.(?:org/\?v=|com/)")
"""A generator that writes each text twice, as an excerpt and in full, unless it is set to excerpts alone."""
_ADDRESS = re.compile(r"^[^\s@]+@[^\s@]+ ?\((.*)\)$| ?[(<]?[^\s@]+@[^\s@]+$")


def read(document: MendedDocument, url: str, zone: tzinfo) -> Feed | None:
    """The feed; None where the document is something else. Raises FeedError where no parser can read it."""
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
    home = safe_url(_text(channel, "link"), base=url)
    entries = _entries(items, channel, url, zone)
    if not _text(result, "version").startswith("atom"):
        entries = [_published(entry) for entry in entries]
    dated = tuple(_with_days(entries, items))
    return Feed(
        title=_title(channel),
        link=home,
        version=result.get("version") or _unnamed(document.body),
        generator=_text(channel, "generator"),
        language=_text(channel, "language"),
        entries=dated,
        notes=notes,
        complete=document.complete,
        older=_older(channel, url),
        hints=hints(document.body, channel, dated),
    )


def _entries(items: list[Any], channel: Any, url: str, zone: tzinfo) -> list[Entry]:
    home = safe_url(_text(channel, "link"), base=url) or url
    entries = [_entry(item, home, url, zone) for item in items]
    if not _WORDPRESS.match(_text(channel, "generator")):
        return entries
    pairs = zip(entries, items, strict=True)
    return [replace(entry, excerpt=True) if "content" not in item else entry for entry, item in pairs]


def _broken(document: MendedDocument, url: str) -> list[Any]:
    """The entries that only a parser can read that bears everything; none where even that fails."""
    try:
        return list(_parsed(replace(document, body=document.broken), url).entries) if document.broken else []
    except FeedError:
        return []


def _unnamed(body: bytes) -> str:
    """The format where feedparser tells none."""
    return "cdf" if re.search(rb"<channel\s+href", body, re.IGNORECASE) else "unknown"


def _older(channel: Any, url: str) -> str:
    """The address of the entries before these: RFC 5005 §3 and §4."""
    links = {_text(link, "rel"): _text(link, "href") for link in channel.get("links") or ()}
    return safe_url(links.get("prev-archive") or links.get("next") or "", base=url)


def _parsed(document: MendedDocument, url: str) -> Any:
    headers = {"content-type": document.content_type} if document.content_type else {}
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


def _text(item: Any, key: str) -> str:
    value = item.get(key)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _title(item: Any) -> str:
    """The title as HTML: what the feed calls plain text is escaped."""
    text = _text(item, "title")
    plain = _text(item.get("title_detail") or {}, "type") == "text/plain"
    return html.escape(text, quote=False) if plain and re.search(r"[<>]", text) else text


def _entry(item: Any, home: str, url: str, zone: tzinfo) -> Entry:
    link = _link(item, home)
    body, rest = _bodies(item)
    base = _text(body, "base")
    return Entry(
        guid=_text(item, "id") or link or made_up_guid(_text(item, "title"), _html(body)),
        link=link,
        title=_title(item),
        html=_html(body),
        base=safe_url(base, base=link or home) if base and base != url else link or home,
        summary=_html(rest),
        published=written_dates.read(_date_text(item, "published") or _date_text(item, "created"), zone),
        updated=written_dates.read(_date_text(item, "updated"), zone),
        author=_author(item),
        tags=tuple(_text(tag, "label") or _text(tag, "term") for tag in item.get("tags") or ()),
        language=_text(body, "language") or _text(item, "language"),
        rights=_text(item, "rights"),
        enclosures=tuple(_enclosures(item, link or home)),
    )


def _link(item: Any, home: str) -> str:
    """The entry's page: not FeedBurner's address but the blog's own; a GUID only where it looks like an address."""
    address = _text(item, "feedburner_origlink") or _text(item, "link")
    is_name = address == _text(item, "id") and not re.match(r"https?:|[/?]", address)
    return "" if is_name and item.get("guidislink") else safe_url(address, base=home)


def _bodies(item: Any) -> tuple[Any, Any]:
    """The fullest text (HTML before plain text, content before summary, then the longest) and the other one."""
    contents = [part for part in item.get("content") or () if part.get("value") and _is_text(part)]
    best: Any = max(contents, key=lambda part: (not _is_plain(part), len(part["value"])), default={})
    summary = item.get("summary_detail") or {}
    if best and summary.get("value") == best["value"]:
        return best, {}
    fuller = _is_plain(best) and not _is_plain(summary) and len(_text(summary, "value")) > len(best["value"])
    return (summary, best) if fuller or not best else (best, summary)


def _is_text(part: Any) -> bool:
    return bool(re.match(r"text/|$|.*(html|xml)$", _text(part, "type"))) or "<" in part["value"]


def _is_plain(part: Any) -> bool:
    return _text(part, "type") == "text/plain"


def _html(part: Any) -> str:
    text = _text(part, "value")
    if part.get("type") == "text/plain" or (not re.search(r"<[a-z!/]", text, re.IGNORECASE) and "\n\n" in text):
        return paragraphs(html.unescape(text) if part.get("type") != "text/plain" else text)
    return text


def _date_text(item: Any, key: str) -> str:
    """The text of a date that is really there: feedparser's `get` gives `published` where `updated` is asked for."""
    return _text(item, key) if key in item else ""


def _published(entry: Entry) -> Entry:
    """An RSS item whose only date (`dc:date`) is that of its publication."""
    return replace(entry, published=entry.updated, updated=None) if entry.published is None else entry


def _with_days(entries: list[Entry], items: list[Any]) -> list[Entry]:
    """The entries with days for dates, where the feed keeps no times."""
    texts = [_date_text(item, "published") or _date_text(item, "updated") for item in items]
    return written_dates.without_times(entries, texts)


def _author(item: Any) -> str:
    """The names of all its authors, without mail addresses."""
    people = item.get("authors") or ()
    names = [_text(person, "name") for person in people] if len(people) > 1 else [_text(item, "author")]
    return ", ".join(dict.fromkeys(filter(None, (_ADDRESS.sub(r"\1", name[:200]).strip() for name in names))))


def _enclosures(item: Any, base: str) -> list[Enclosure]:
    enclosures: dict[str, Enclosure] = {}
    for part in [*(item.get("enclosures") or ()), *(item.get("media_content") or ())]:
        url = safe_url(_text(part, "href") or _text(part, "url"), base=base)
        length = _text(part, "length") or _text(part, "filesize")
        if url and len(enclosures) < 20:
            size = int(length) if re.fullmatch(r"\d{1,15}", length) else 0
            enclosures.setdefault(url, Enclosure(url=url, type=_mime(_text(part, "type")), length=size))
    return list(enclosures.values())


def _mime(text: str) -> str:
    return text if re.fullmatch(r"[\w.+-]{1,40}/[\w.+-]{1,80}", text) else ""
