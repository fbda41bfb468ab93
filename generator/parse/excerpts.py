"""The entries of a feed → the same, those marked whose body breaks off."""

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from generator.model import Entry
from generator.urls import sameness, web

_TAIL = 2000
"""Characters of a body's end that are looked at."""
_FEW = 3
"""Bodies that trail off before it looks like a program's doing."""
_MORE = (
    r"(?:continue reading|read (?:more|on|full|the (?:full|rest))|weiterlesen|mehr lesen|lire la suite|leer más"
    r"|seguir leyendo|continua a leggere|leggi tutto|leia mais|czytaj (?:dalej|więcej)|читать (?:далее|дальше)"
    r"|続きを読む|阅读全文|继续阅读|繼續閱讀)"
)
_LINKED = re.compile(rf"\W*{_MORE}|.{{0,200}}\bweiterlesen\W*$", re.IGNORECASE)
"""How the text of a link to the whole begins, or ends."""
_SAID = re.compile(rf"(\[ ?(…|\.\.\.) ?\]|(^|\n)(?i:{_MORE})\W{{0,12}}|(Continue reading|Read [Mm]ore)\W{{0,12}})$")
_FOOTER = re.compile(r"<p>The post\b.{0,1000}?(appeared first on|first appeared on).{0,500}$", re.DOTALL)
"""What WordPress puts below a text or an excerpt."""
_HREF = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(p|div|br|li|ul|ol|h\d|blockquote|footer)\b[^<>]*>", re.IGNORECASE)


def marked(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, `excerpt` set where the body says that it goes on elsewhere, or is cut by a program.

    A body that ends in "[…]" or in a link "Read more" to its own page says so. One that only trails off… may do so by
    its author's wish: it counts where two thirds of the bodies of its length and more do, at least three.
    """
    tails = [_tail(entry.html) for entry in entries]
    ends = [_text(tail) for tail in tails]
    sizes = [len(entry.html) for entry in entries]
    trailing = [end.endswith(("…", "...")) for end in ends]
    limit = _shortest_cut(sizes, trailing)
    return [
        replace(entry, excerpt=True)
        if _SAID.search(end) or (trails and size >= limit) or _links_to_the_whole(entry, tail)
        else entry
        for entry, tail, end, size, trails in zip(entries, tails, ends, sizes, trailing, strict=True)
    ]


def _shortest_cut(sizes: Sequence[int], trailing: Sequence[bool]) -> int:
    """Characters from which on most bodies trail off; more than any has where a program does not cut them."""
    cut, limit = 0, sys.maxsize
    for number, (size, trails) in enumerate(sorted(zip(sizes, trailing, strict=True), reverse=True), start=1):
        cut += trails
        if cut >= _FEW and cut * 3 >= number * 2:
            limit = size
    return limit


def _links_to_the_whole(entry: Entry, tail: str) -> bool:
    """Whether the last link says "Read more" and leads to the entry's own page."""
    last = tail[max(tail.rfind("<a "), 0) :]
    link = _HREF.match(last)
    if not link or not _LINKED.match(_text(last)):
        return False
    return bool(entry.link) and sameness(web(unescape(link[1]), base=entry.base)) == sameness(entry.link)


def _tail(html: str) -> str:
    tail = html[-_TAIL:]
    return _FOOTER.sub("", tail) if "first" in tail else tail


def _text(html: str) -> str:
    """The visible text, roughly: its lines, white space folded. Enough for its end."""
    lines = unescape(re.sub(r"<[^<>]*>", "", _BLOCK.sub("\n", html))).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
