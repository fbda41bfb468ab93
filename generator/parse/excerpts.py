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
_SAID = re.compile(rf"(\[ ?(…|\.\.\.) ?\]|(^|\n)\s*(?i:{_MORE})\W{{0,12}}|(Continue reading|Read [Mm]ore)\W{{0,12}})$")
_FOOTER = re.compile(r"<p>The post\b.{0,1000}?(appeared first on|first appeared on).{0,500}$", re.DOTALL)
"""What WordPress puts below a text or an excerpt."""
_HREF = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(p|div|br|li|ul|ol|h\d|blockquote|footer)\b[^<>]*>", re.IGNORECASE)


def marked(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, `excerpt` set where the body says that it goes on elsewhere, or is cut by a program.

    A body that ends in "[…]" or in a link "Read more" to its own page says so. One that only trails off… may do so by
    its author's wish: it counts where two thirds of the bodies of its length and more do, at least three.
    """
    limit = _shortest_cut(entries)
    return [
        replace(entry, excerpt=entry.excerpt or _says_so(entry) or (_trails_off(entry) and len(entry.html) >= limit))
        for entry in entries
    ]


def _shortest_cut(entries: Sequence[Entry]) -> int:
    """Characters from which on most bodies trail off; more than any has where a program does not cut them."""
    cut, limit = 0, sys.maxsize
    for number, entry in enumerate(sorted(entries, key=lambda each: -len(each.html)), start=1):
        cut += _trails_off(entry)
        if cut >= _FEW and cut * 3 >= number * 2:
            limit = len(entry.html)
    return limit


def _trails_off(entry: Entry) -> bool:
    return _text(_tail(entry.html)).endswith(("…", "..."))


def _says_so(entry: Entry) -> bool:
    tail = _tail(entry.html)
    last = tail[max(tail.rfind("<a "), 0) :]
    link = _HREF.match(last)
    own = link and entry.link and sameness(web(unescape(link[1]), base=entry.base)) == sameness(entry.link)
    return bool(_SAID.search(_text(tail)) or (own and _LINKED.match(_text(last))))


def _tail(html: str) -> str:
    return _FOOTER.sub("", html[-_TAIL:])


def _text(html: str) -> str:
    """The visible text, roughly: enough for its end."""
    return unescape(re.sub(r"<[^<>]*>", "", _BLOCK.sub("\n", html))).replace("\xa0", " ").strip()
