"""Choose the text of an entry among all that its feed gives (`bodies`), as HTML (`to_html`)."""

import base64
import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.feeds.parse.handlers import EntryParts, Part
from generator.feeds.parse.jsonfeed import paragraphs
from generator.feeds.parse.values import text

_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:a|abbr|b|blockquote|br|center|cite|code|del|details|div|em|embed|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|ol"
    r"|object|p|picture|pre|q|s|section|small|span|strong|sub|sup|table|u|ul|video|audio)(?=[\s/>])",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"<(?:audio|canvas|embed|iframe|img|math|object|picture|script|svg|video)(?=[\s/>])", re.IGNORECASE)
"""What shows something without words."""
_NO_WORDS = re.compile(r"<[^<>]*>|&nbsp;|&#160;|&#xa0;", re.IGNORECASE)
_TEXT_TYPE = re.compile(r"text/|[^/]*$|application/.*(?:html|xml)$")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_START = 2000
"""Characters of a text in which most show their first word."""


def bodies(parts: EntryParts) -> tuple[Part, Part]:
    """Return the text of an entry, and the richest other one that is its own: its summary.

    A content is the text before any description. Of several contents, HTML goes before plain text and the longest
    before others. What is said of a file or of a group of them is the entry's text only where it has no other.
    """
    written = [part for part in map(_decoded, parts.own("content")) if _is_text(part)]
    contents = [part for part in written if shows(part)]
    summaries = [part for part in map(_decoded, parts.own("summary")) if shows(part)]
    best = max(contents, key=lambda part: (not is_plain(part), len(part["value"])), default={})
    summary = _richest(summaries)
    fuller = is_plain(best) and not is_plain(summary) and len(text(summary, "value")) > len(best["value"])
    if best:
        return (summary, best) if fuller else (best, summary if text(summary, "value") != best["value"] else {})
    if not summary:
        return next(filter(None, (*filter(shows, _others(parts)), *written, *parts.own("summary"))), {}), {}
    return summary, _richest([part for part in summaries if part is not summary and _words(part) != _words(summary)])


def _others(parts: EntryParts) -> Iterator[Part]:
    """Yield the texts that stand in for an entry's own, in their order."""
    media = parts.media
    films = (scope for scope in media.inner if not scope.attributes.get("type", "").startswith("image/"))
    yield media.description
    yield from (scope.description for scope in films if scope.attributes.get("medium") != "image")
    yield from parts.own("subtitle")


def _richest(parts: Sequence[Part]) -> Part:
    """Return the description that says most: HTML before plain text, unless that is far longer; then the longest."""
    if len(parts) < 2:
        return parts[0] if parts else {}
    sizes = [(len(_words(part)), _is_marked_up(part)) for part in parts]
    worth = [2 * size + 100 if is_html else size for size, is_html in sizes]
    longest = max(range(len(parts)), key=lambda number: (worth[number], sizes[number][1]))
    return parts[longest]


def _words(part: Part) -> str:
    return " ".join(html.unescape(_NO_WORDS.sub(" ", part["value"])).split())


def _is_marked_up(part: Part) -> bool:
    return not is_plain(part) and _MARKUP.search(part["value"]) is not None


def shows(part: Part) -> bool:
    """Return whether a text has words, or shows something without."""
    value = text(part, "value")
    if is_plain(part):
        return bool(value.strip())
    beginnings = (value[:_START].rpartition("<")[0], value)
    return any(_SHOWN.search(piece) or _NO_WORDS.sub("", piece).strip() for piece in beginnings)


def _mime(part: Part) -> str:
    return text(part, "type").partition(";")[0].strip()


def _is_text(part: Part) -> bool:
    """Return whether a content is no file: a type that nobody knows is one unless there is a tag in it."""
    mime = _mime(part)
    return bool(_TEXT_TYPE.match(mime)) or (mime.startswith("application/") and "<" in part["value"])


def is_plain(part: Part) -> bool:
    """Return whether a text is by its type none that holds markup."""
    return _mime(part).startswith("text/") and not _mime(part).endswith(("html", "xml"))


def _decoded(part: Part) -> Part:
    """Return a text that is written in Base64, whatever type it claims, as what it says.

    https://www.rfc-editor.org/rfc/rfc4287#section-4.1.3.3 has text as it is, and all but text and XML in Base64.
    """
    letters = "" if re.search(r"[ <]", part["value"]) else "".join(part["value"].split())
    if not _BASE64.fullmatch(letters):
        return part
    try:
        value = base64.b64decode(letters).decode()
    except ValueError:
        return part
    return {**part, "value": value} if re.search(r"[ <]", value) and "\0" not in value else part


def to_html(part: Part) -> str:
    """Return the text of a part as HTML: paragraphs where it is plain."""
    value = text(part, "value")
    if is_plain(part):
        return paragraphs(value)
    return paragraphs(html.unescape(value)) if not _TAG.search(value) and "\n\n" in value else value


def former_bodies(item: Any) -> tuple[str, str]:
    """Return text and summary as the release before this one chose them, as HTML."""
    contents = [part for part in item.get("content") or () if part.get("value") and _was_text(part)]
    best: Any = max(contents, key=lambda part: (not _was_plain(part), len(part["value"])), default={})
    summary = item.get("summary_detail") or {}
    if best and summary.get("value") == best["value"]:
        return _former_html(best), ""
    fuller = _was_plain(best) and not _was_plain(summary) and len(text(summary, "value")) > len(best["value"])
    first, second = (summary, best) if fuller or not best else (best, summary)
    return _former_html(first), _former_html(second)


def _was_text(part: Any) -> bool:
    return bool(re.match(r"text/|$|.*(html|xml)$", text(part, "type"))) or "<" in part["value"]


def _was_plain(part: Any) -> bool:
    return text(part, "type") == "text/plain"


def _former_html(part: Any) -> str:
    value = text(part, "value")
    if _was_plain(part):
        return paragraphs(value)
    return paragraphs(html.unescape(value)) if not _TAG.search(value) and "\n\n" in value else value
