"""Mark the entries of a feed whose body breaks off. Main function: `marked`."""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape

from generator import markup
from generator.models import Entry, Feed, safe_url

_TAIL = 2000
"""Characters of a body's end that are looked at."""
_FEW = 3
"""Bodies that trail off before it looks like a program's doing."""
_LONG = 100
"""Characters of a text above a footer from which on it may have been cut; and of a line that is looked at."""
_FEW_WORDS = 8
"""Words of a link to the whole in any language."""
_ASIDE = 40
"""Characters after a link to the whole: "(2 min remaining to read)"."""
_DOTS = r"(?:…|⋯|\.\s?\.\s?\.)+"
_CUT = rf"[\[(［（【]\s*{_DOTS}\s*[\])］）】]"
_LABELS = (
    "continue reading|read more|read on|read full|read the full|read the rest|weiterlesen|mehr lesen|lire la suite"
    "|leer más|seguir leyendo|continua a leggere|leggi tutto|leia mais|czytaj dalej|czytaj więcej|читать далее"
    "|читать дальше|続きを読む|阅读全文|继续阅读|繼續閱讀"
)
_MORE = rf"(?:{_LABELS})"
_LINKED = re.compile(rf"\W*{_MORE}|.{{0,200}}\bweiterlesen\W*$", re.IGNORECASE)
"""How the text of a link to the whole begins, or ends."""
_SAID = re.compile(
    rf"((^|\n)(?i:{_MORE})|Continue reading|Read [Mm]ore|続きを読む|阅读全文|继续阅读|繼續閱讀)\W{{0,12}}$"
)
_CUT_OFF = re.compile(rf"{_CUT}$")
_TRAILS = re.compile(rf"(?:{_DOTS}|{_CUT})\W{{0,3}}$")
_ONWARD = re.compile(rf"[^\W\d_].*(?:{_DOTS}|[→»›⟶➔➜▶▸])\W{{0,3}}$", re.DOTALL)
"""How a link to the whole ends in any language."""
_FOLD = re.compile(r"#(?:more|extended|jump|continue|fold)\b", re.IGNORECASE)
"""The place in the whole where an excerpt ends, as programs name it."""
_HINTS = ("…", "⋯", "...", ". .", "hellip", "8230", "x2026", *_LABELS.split("|"))
"""What stands in the end of a body that may break off, unless a link to its own page does."""
_LAST_LINKS = 4
"""Links of a body, from its end, that may lead to its own page: a footer's among them."""
_HREF = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_LINK = re.compile(r"<a href=\"([^\"]*)\"[^<>]*>(.*?)</a>", re.DOTALL)
_PLAIN = re.compile(r"<p>([^<]*)</p>")
_STOP = re.compile(r"[.!?] |[。！？]")
_BLOCK = re.compile(r"</?(p|div|br|li|ul|ol|h\d|blockquote|footer)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Ending:
    """How a body ends, footers aside."""

    cut: bool = False
    """Whether it says by itself that it is a part."""
    trails: bool = False
    """Whether it only trails off…"""
    label: tuple[str, ...] = ()
    """The words of a link to the whole that it ends in: without numbers, and "#" for the entry's title."""
    trails_before: bool = False
    """Whether it trails off before that link."""


def marked(entries: Sequence[Entry], feed: Feed) -> list[Entry]:
    """Return the entries of a feed, `excerpt` set where the body says that it goes on elsewhere, or is cut by a
    program.

    A body that ends in "[…]" or in a link "Read more" to its own page says so, whatever footer stands below. One that
    only trails off… may do so by its author's wish: it counts where two thirds of the bodies of its length and more do,
    at least three. Where bodies trail off before a link to their page, two thirds of those with such a link must.
    """
    endings = [_ending(entry, markup.metadata_of(entry, feed)) for entry in entries]
    limit = _shortest_cut([len(entry.html) for entry in entries], [ending.trails for ending in endings])
    labels = Counter(ending.label for ending in endings)
    onward = Counter(ending.label for ending in endings if ending.trails_before)
    return [
        replace(entry, excerpt=True)
        if ending.cut
        or (ending.trails and len(entry.html) >= limit)
        or (ending.trails_before and onward[ending.label] * 3 >= labels[ending.label] * 2)
        else entry
        for entry, ending in zip(entries, endings, strict=True)
    ]


def _shortest_cut(sizes: Sequence[int], trailing: Sequence[bool]) -> int:
    """Characters from which on most bodies trail off; more than any has where a program does not cut them."""
    cut, limit = 0, sys.maxsize
    for number, (size, trails) in enumerate(sorted(zip(sizes, trailing, strict=True), reverse=True), start=1):
        cut += trails
        if cut >= _FEW and cut * 3 >= number * 2:
            limit = size
    return limit


def _ending(entry: Entry, metadata: markup.Metadata) -> _Ending:
    tail = entry.html[-_TAIL:]
    if len(entry.html) > _TAIL:
        tail = tail[max(tail.find("<"), 0) :]
    targets = (safe_url(unescape(url), base=entry.base) for url in _HREF.findall(tail)[-_LAST_LINKS:])
    lowered = tail.lower()
    if not any(hint in lowered for hint in _HINTS) and not any(map(metadata.is_page, targets)):
        return _Ending()
    title = markup.title(entry.title, plain=entry.plain_title)
    cleaned = markup.clean(tail, base=entry.base, title=title, metadata=metadata)
    html, text = cleaned.html, _text(cleaned.html)
    broken = len(entry.html) <= _TAIL and _breaks_off(entry, cleaned, metadata)
    cut_off = _CUT_OFF.search(unescape(text[-_ASIDE:])) and not html.endswith("</blockquote>")  # some escape it twice
    ending = _Ending(
        cut=bool(broken or cut_off or _SAID.search(text)),
        trails=any(end.endswith(("…", "...")) for end in (text, tail.rstrip())),
    )
    start = html.rfind('<a href="')
    link = _LINK.match(html, max(start, 0))
    if not link or not metadata.is_page(unescape(link[1])):
        return ending
    label, _, below = _text(html[start:]).partition("\n")
    return ending if below else _with_link(ending, _text(html[:start]), label, title, link)


def _with_link(ending: _Ending, before: str, line: str, title: str, link: re.Match[str]) -> _Ending:
    """Return the ending, with what its last link says, and its last line from there on: it leads to the entry's own
    page.
    """
    url, label = link[1], _text(link[2])
    names, spelled = markup.words(title), markup.words(label)
    letters = tuple(word for word in spelled if not word.isdigit())
    fold, counts = _FOLD.search(url), any(word.isdigit() and word not in names for word in spelled)
    more = _LINKED.match(line) or _LINKED.match(before[-_LONG:].rpartition("\n")[2] + line)
    onward = spelled != names and len(spelled) <= _FEW_WORDS and _ONWARD.search(label[-_LONG:])
    aside = len(line) > len(label) + _ASIDE
    cut = ending.cut or bool(more or (not aside and (onward or (fold and not counts))))
    other = not letters or aside or ("#" in url and not fold)
    trails = not other and bool(_TRAILS.search(before[-_ASIDE:]))
    return replace(ending, cut=cut, label=("#",) if spelled == names else letters, trails_before=trails)


def _breaks_off(entry: Entry, cleaned: markup.Cleaned, metadata: markup.Metadata) -> bool:
    """Return whether a footer stands below nothing, or below one plain paragraph whose last sentence has no end."""
    if "footers" in cleaned.rules:
        plain = _PLAIN.fullmatch(cleaned.html)
        return bool(plain and len(plain[1]) >= _LONG and plain[1][-1:].isalpha() and _STOP.search(plain[1]))
    if cleaned.html.count("<p>") != 1 or cleaned.html.count("<a ") < 2:
        return False
    title = markup.title(entry.title, plain=entry.plain_title)
    below = markup.clean(f"<p>.</p>{entry.html}", base=entry.base, title=title, metadata=metadata)
    return below.html == "<p>.</p>"


def _text(html: str) -> str:
    """Return the visible text of clean HTML: its lines, white space folded."""
    lines = unescape(re.sub(r"<[^<>]*>", "", _BLOCK.sub("\n", html))).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
