"""Read HTML as people and machines do: its `text`, a `title`, a `description`, and a `signature` to compare it by."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from html.entities import html5

from generator.markup import repair
from generator.markup.tree import read
from generator.markup.tree.nodes import Content, Node
from generator.models import urls

MAX_TITLE = 300
_HIDDEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e"
    r"\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|(?<![^\x00-\x7f\s])[\u200c\u200d\ufe0f]|[\u200c\u200d](?![^\x00-\x7f\s])"
)
"""Letters that show nothing or turn the order of others around: they have no place in one line of text.

Joiners stay within words of other scripts and within emoji, which are misspelt without them.
"""
_NAMES = (
    "a|abbr|acronym|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|nobr|ol|p|pre|q|"
    "s|samp|script|small|span|strike|strong|style|sub|sup|title|tt|u|ul|var|wbr"
)
_NAME = re.compile(r"&([A-Za-z][A-Za-z0-9]*)(?![A-Za-z0-9;])(=?)")
"""The name of a reference that lacks its semicolon, and what shows that it is none."""
_PROGRAM = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_PAIR = re.compile(rf"<({_NAMES})(?:\s[^<>]*)?>([^<]*(?:<(?!/?\1\b)[^<]*)*)</\1\s*>", re.IGNORECASE)
_SINGLE = re.compile(rf"<(?:(?:br|hr|img|wbr)\b[^<>]*|(?:{_NAMES})\s[^<>]*=[^<>]*)/?>", re.IGNORECASE)
_SENTENCE = re.compile(r".*(?<![.\s][A-Z])[.!?…](?=[\s\"'”’)\]]*\s)|.*[。！？]", re.DOTALL)
_LINK = re.compile(r"<a\b[^<>]*?\bhref=\"(https?:[^\"]*)\"[^<>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_SKIPPED = frozenset(("pre", "table", "figure", "section", "h1", "h2", "h3", "h4", "h5", "h6"))


def text(html: str) -> str:
    """Return the visible text of HTML on one line, white space folded."""
    out: list[str] = []
    _words(read(html), out)
    return " ".join("".join(out).split())


def _words(kids: Content | tuple[Node, ...], out: list[str]) -> None:
    for kid in kids:
        if isinstance(kid, str):
            out.append(kid)
        elif kid.tag in _TEXTS:
            out.append(kid.attrs.get(_TEXTS[kid.tag], ""))
        else:
            edge = " " if kid.tag in _EDGED else ""
            out.append(edge)
            _words(kid.kids, out)
            out.append(edge)


_TEXTS = {"note": "number", "math": "alttext"}
"""Elements whose text stands in an attribute."""
_EDGED = frozenset(
    (
        "blockquote br caption dd details dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre section summary "
        "table tbody td th thead tr ul"
    ).split()
)


def title(raw: str, *, plain: bool = False) -> str:
    """Return a stranger's title as one printable line of plain text, at most 300 characters; empty where nothing shows.

    It may be text, HTML, or HTML escaped twice, unless it is `plain`: then nothing in it is markup. Else a lone
    `<canvas>` is a word about HTML; a pair or a void tag is markup. In `?a=1&copy=2` nothing is a reference, by the
    rule of https://html.spec.whatwg.org/#named-character-reference-state for attributes.
    """
    return plain_line(raw, limit=MAX_TITLE) if plain else _guessed(raw, lambda line: unescape(_NAME.sub(_bare, line)))


def former_title(raw: str) -> str:
    """Return the same as the release before this one read it."""
    return _guessed(raw, unescape)


def plain_line(text: str, *, limit: int) -> str:
    """Return a stranger's plain text as one printable line of at most so many characters."""
    line = _HIDDEN.sub("", repair.characters(repair.misread(text[: 20 * limit])))
    return " ".join(repair.characters(line).split())[:limit].strip()


def _guessed(raw: str, unescaped: Callable[[str], str]) -> str:
    line = repair.characters(repair.misread(raw[: 20 * MAX_TITLE]))
    for _ in range(2):
        line = unescaped(_unmarked(line))
    line = repair.characters(_HIDDEN.sub("", _unmarked(line)))
    return " ".join(line.split())[:MAX_TITLE].strip()


def _bare(match: re.Match[str]) -> str:
    """Return an ampersand that begins no reference, escaped; else the match as it was."""
    name, sign = match.groups()
    return match[0] if name in html5 and not sign else f"&amp;{name}{sign}"


def _unmarked(line: str) -> str:
    line = _PROGRAM.sub("", line)
    for _ in range(8):
        bare = _PAIR.sub(r"\2", line)
        if bare == line:
            break
        line = bare
    return _SINGLE.sub(" ", line)


def links(html: str) -> Iterator[tuple[str, str]]:
    """Address and text of each link of sanitised HTML that leads to the web, in their order."""
    for address, inner in _LINK.findall(html):
        yield unescape(address), text(inner)


def signature(html: str) -> str:
    """Return what a reader would notice: text, link targets and images in their order; equal for all other
    differences.
    """
    out: list[str] = []
    _noticed(read(html), out)
    return " ".join("".join(out).split())


def _noticed(kids: Content | tuple[Node, ...], out: list[str]) -> None:
    for kid in kids:
        if isinstance(kid, str):
            out.append(kid)
            continue
        if kid.tag == "math":
            out.append(kid.attrs.get("alttext", ""))
            continue
        address = urls.without_tracking(kid.attrs.get("href") or kid.attrs.get("src") or "")
        address = urls.without_signature(address, picture=kid.tag == "img")
        mark = f"\x1f{address}\x1f" if address else " " if kid.tag in _EDGED else ""
        out.append(mark)
        _noticed(kid.kids, out)
        out.append(mark and " ")


def description(html: str, *, limit: int = 300) -> str:
    """Return the first plain sentences of a body, at most `limit` characters, cut at a sentence or else at a word."""
    out: list[str] = []
    _sentences(read(html), out, 4 * limit)
    line = " ".join("".join(out).split()) or text(html)
    line = _HIDDEN.sub("", line)
    if len(line) <= limit:
        return line
    sentence = _SENTENCE.match(line[: limit + 1])
    if sentence and len(sentence[0]) >= limit // 3:
        return sentence[0].strip()
    words = line[:limit].rpartition(" ")[0]
    return (words if len(words) > limit // 2 else line[: limit - 1]).rstrip(" ,;:–—-") + "…"


def _sentences(kids: Content | tuple[Node, ...], out: list[str], wanted: int) -> None:
    for kid in kids:
        if sum(map(len, out)) > wanted:
            return
        if isinstance(kid, str):
            out.append(kid)
        elif kid.tag == "math":
            out.append(kid.attrs.get("alttext", ""))
        elif kid.tag not in _SKIPPED and kid.tag != "note":
            _sentences(kid.kids, out, wanted)
            out.append(" " if kid.tag in _EDGED else "")
