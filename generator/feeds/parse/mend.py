"""Mend XML that is not well-formed, for a strict parser. Main functions: `prepare` and `mend`.

A parser that bears everything reads the same entry otherwise than a strict one. It gets only the entries that are
broken themselves, so that one of them changes nothing in its neighbours.
"""

import contextlib
import re
from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.parsers import expat

from generator.feeds.parse.references import ENTRY, OPAQUE, loose_signs, pairs_in_html

_HEAD = 20_000
"""Bytes within which a document's root begins: a page full of warnings may stand before it."""
_ROOT = re.compile(rb"<((?:[\w.-]+:)?(?:rss|feed|rdf|channel))(?=[\s>])", re.IGNORECASE)
_NEVER = re.compile(rb"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF, which XML forbids: https://www.w3.org/TR/xml/#charsets"""
_DECLARATION = re.compile(rb"(?:(?<!\s)\s+)?(<!(?:DOCTYPE|ENTITY)\b)")
"""Which feedparser knows at the start of a line only, be it in a comment."""
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_PAGE = re.compile(rb"<(?:html|head|body)\b", re.IGNORECASE)
_BEGIN = re.compile(b"<" + ENTRY + rb"[\s>]", re.IGNORECASE)
_TAGS = OPAQUE + rb"|</(%s|%s)\s*(?:>|\Z)|<(%s)(?=[\s/>])"
_MOST = 50_000_000
"""Bytes that are read to find the broken entries: each is read between the tags around all of them."""
ENDLESS = "the document breaks off without its end"
CUT = f"{ENDLESS}; its last entry was left out and nothing was revised"


@dataclass(frozen=True, kw_only=True)
class MendedDocument:
    """A document for feedparser."""

    body: bytes
    broken: bytes = b""
    """The entries that are not well-formed, as a document of their own; empty where there are none."""
    strict: bool = False
    """Whether it is to be mended rather than read by a parser that bears everything, if it is not well-formed."""
    complete: bool = True
    """Whether its root element is closed."""
    notes: tuple[str, ...] = ()


class _Layout(NamedTuple):
    entries: list[tuple[int, int]]
    """Where each begins and ends."""
    end: int
    """Behind the root's closing tag, which may lack its last sign; 0 where it has none."""


class _Frame(NamedTuple):
    """The tags around the entries."""

    opening: bytes
    closing: bytes


def prepare(body: bytes) -> MendedDocument:
    """Return the document, which is in UTF-8, with all names of HTML as numbers: a DTD says that they are elsewhere."""
    body = pairs_in_html(body)
    root = _root(body) if b"<!DOCTYPE" in body[:_HEAD] else None
    if root:
        head = _without_comments(body[: root.start()])
        body = _DECLARATION.sub(rb"\n\1", head) + loose_signs(body[root.start() :], head)
    return MendedDocument(body=body, strict=True)


def mend(body: bytes) -> MendedDocument:
    """Return a document that is not well-formed as one or two that a strict parser reads as far as possible."""
    root = _root(body)
    fault = _fault(body)
    if fault is None or root is None or _PAGE.search(body, 0, root.start()):
        return MendedDocument(body=body)
    head = body[: root.start()]
    head = b"" if _fault(head + b"<x/>") else head
    text = head + loose_signs(_NEVER.sub(b"", body[root.start() :]), head)
    layout = _layout(text, root[1].lower())
    if not layout.end:
        return _shortened(text, layout.entries)
    where = f"near line {fault.lineno}: {expat.ErrorString(fault.code)}"
    notes = (f"the feed is not well-formed ({where}); what could be read was taken",)
    text = text[: layout.end]
    return _parted(
        MendedDocument(body=text if text.rstrip().endswith(b">") else text + b">", notes=notes), layout.entries
    )


def _root(body: bytes) -> re.Match[bytes] | None:
    return _ROOT.search(_without_comments(body[:_HEAD], filler=b"\0"))


def _without_comments(text: bytes, *, filler: bytes = b"") -> bytes:
    """Return the text with `filler` in the place of each character of a comment. One that is never closed is none."""
    end = text.rfind(b"-->") + 3  # behind it, each beginning of a comment would be looked for an end in vain
    return _COMMENT.sub(lambda match: filler * len(match[0]), text[:end]) + text[end:]


def _fault(text: bytes) -> expat.ExpatError | None:
    """Return what a strict parser says against the document."""
    try:
        expat.ParserCreate("utf-8", " ").Parse(text, True)
    except expat.ExpatError as error:
        return error
    return None


def _layout(text: bytes, root: bytes) -> _Layout:
    """Find the entries and the end, outside of what is no markup."""
    entries: list[tuple[int, int]] = []
    begin, name = -1, b""
    for match in re.finditer(_TAGS % (ENTRY, re.escape(root), ENTRY), text, re.DOTALL | re.IGNORECASE):
        tag = (match[1] or match[2] or b"").lower()
        if tag == root:
            more = _BEGIN.search(text, match.end())
            entries += [(begin, match.start())] if begin >= 0 else []
            return _Layout(entries, len(text) if more else match.end())
        name = name or tag
        if not tag or tag != name:
            continue
        if begin >= 0:
            entries.append((begin, match.end() if match[1] else match.start()))
        begin = -1 if match[1] else match.start()
    closing = re.compile(b"</" + re.escape(root) + rb"\s*>?\s*\Z", re.IGNORECASE)
    is_closed = closing.search(text, max(len(text) - 200, 0))  # behind a section that is not
    return _Layout([*entries, (begin, len(text))] if begin >= 0 else entries, len(text) if is_closed else 0)


def _shortened(text: bytes, entries: list[tuple[int, int]]) -> MendedDocument:
    """Return a document that breaks off without its last entry."""
    if not entries:
        return MendedDocument(body=text, complete=False, notes=(ENDLESS,))
    closing = _frame(text[: entries[0][0]]).closing
    body = text[: entries[-1][0]] + closing
    return _parted(MendedDocument(body=body, complete=False, notes=(CUT,)), entries[:-1])


def _parted(document: MendedDocument, entries: list[tuple[int, int]]) -> MendedDocument:
    """Return the document with those entries parted from it that are not well-formed, if all else is."""
    text = document.body
    if not entries or _fault(text) is None:
        return document
    before = text[: entries[0][0]]
    frame = _frame(before)
    if len(entries) * len(frame.opening) > _MOST:
        return document
    bad = [(begin, end) for begin, end in entries if _fault(frame.opening + text[begin:end] + frame.closing)]
    ends = [0, *(end for _, end in bad)]
    begins = [*(begin for begin, _ in bad), len(text)]
    good = b"".join(text[end:begin] for end, begin in zip(ends, begins, strict=True))
    if _fault(good) is not None:
        return document
    return replace(document, body=good, broken=before + b"".join(text[a:b] for a, b in bad) + frame.closing)


def _frame(before: bytes) -> _Frame:
    """Return the tags that are open at the end of `before`."""
    opened: list[tuple[str, int]] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, _: opened.append((name, parser.CurrentByteIndex))
    parser.EndElementHandler = lambda _: opened.pop()
    with contextlib.suppress(expat.ExpatError):  # which says that they are open
        parser.Parse(before, True)
    opening = b"".join(before[at : before.find(b">", at) + 1] for _, at in opened)
    return _Frame(opening, "".join(f"</{name}>" for name, _ in reversed(opened)).encode())
