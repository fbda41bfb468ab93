"""Write inline content of the tree as one line of Markdown, with `line`."""

import re
import unicodedata
from dataclasses import dataclass

from generator.markup.markdown import escape
from generator.markup.tree import html
from generator.markup.tree.nodes import Content, Node

_DELIMITERS = {"em": "*", "strong": "**", "del": "~~"}
SHORTCODE = re.compile(r"\{\{[<%]")
"""Opens a shortcode in Hugo even inside code, and Hugo has no switch for it."""
_AUTOLINK = re.compile(r"https?://[\w\-.~:/?#@!$'()*+,;=%&]+", re.ASCII)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a line stands, as far as its escaping depends on it."""

    link: bool = False
    cell: bool = False


_HERE = Place()


@dataclass(slots=True)
class _Piece:
    """What is written, and where it is half of a pair of delimiters, the number of the other half."""

    written: str
    tag: str = ""
    other: int = -1


def line(kids: Content, place: Place | None = None) -> str:
    """Inline content as Markdown; a hard break is a backslash and a line end, in table cells `<br>`."""
    place = place or _HERE
    if len(kids) == 1 and isinstance(only := kids[0], str):
        return _text(only, place, "")
    pieces: list[_Piece] = []
    _pieces(kids, place, pieces)
    for number, piece in enumerate(pieces):
        if piece.other > number:
            _delimit(pieces, number)
    return "".join(piece.written for piece in pieces)


def _pieces(kids: Content, place: Place, out: list[_Piece]) -> None:
    for number, kid in enumerate(kids):
        if isinstance(kid, str):
            follower = kids[number + 1] if number + 1 < len(kids) else ""
            out.append(_Piece(_text(kid, place, follower)))
        elif kid.tag in _DELIMITERS:
            first = len(out)
            out.append(_Piece("", kid.tag))
            _pieces(kid.kids, place, out)
            out.append(_Piece("", kid.tag, first))
            out[first].other = len(out) - 1
        else:
            out.append(_Piece(_element(kid, place)))


def _text(text: str, place: Place, follower: Node | str) -> str:
    written = escape.text(text)
    written = escape.brackets(written) if place.link else escape.bare(written)
    if isinstance(follower, Node) and follower.tag == "a" and written.endswith("!"):
        written = written[:-1] + "\\!"
    return written


def _element(node: Node, place: Place) -> str:
    if node.tag == "br":
        return "<br>" if place.cell else "\\\n"
    if node.tag == "note":
        return f"[^{node.attrs['number']}]"
    if node.tag == "img":
        return _image(node, place)
    if node.tag == "code" and all(isinstance(kid, str) for kid in node.kids):
        written = "".join(map(str, node.kids))
        return f"<code>{_text(written, place, '')}</code>" if SHORTCODE.search(written) else escape.code(written)
    if node.tag == "a":
        return _link(node, place)
    attrs = html.attributes(node.attrs)
    if place.cell:
        attrs = attrs.replace("|", "&#124;")  # engines differ on `\|` within tags
    return f"<{node.tag}{attrs}>{line(node.kids, place)}</{node.tag}>"


def _image(node: Node, place: Place) -> str:
    if "width" in node.attrs or "height" in node.attrs:
        tag = html.element(node)
        return tag.replace("|", "&#124;") if place.cell else tag
    alt = escape.brackets(escape.text(node.attrs["alt"]))
    return f"![{alt}]({escape.address(node.attrs['src'])}{escape.title(node.attrs.get('title', ''))})"


def _link(node: Node, place: Place) -> str:
    target = node.attrs["href"]
    only = node.kids[0] if len(node.kids) == 1 else None
    if isinstance(only, str) and not node.attrs.get("title") and escape.address(target) == target:
        if only == target and _AUTOLINK.fullmatch(only):
            return f"<{target}>"
        if target == f"mailto:{only}" and _MAIL.fullmatch(only):
            return f"<{only}>"
    inner = line(node.kids, Place(link=True, cell=place.cell))
    return f"[{inner}]({escape.address(target)}{escape.title(node.attrs.get('title', ''))})"


def _kind(letter: str) -> str:
    if not letter or letter.isspace():
        return "space"
    return "mark" if unicodedata.category(letter)[0] in "PS" else "word"


def _delimit(pieces: list[_Piece], first: int) -> None:
    """Write a pair as delimiters where CommonMark 6.2 reads them as such, else as tags."""
    opener = pieces[first]
    closer = pieces[opener.other]
    before = _edge(pieces, range(first - 1, -1, -1), -1)
    inside = _edge(pieces, range(first + 1, opener.other), 0)
    inmost = _edge(pieces, range(opener.other - 1, first, -1), -1)
    after = _edge(pieces, range(opener.other + 1, len(pieces)), 0)
    opens = _flanks(before, inside)
    closes = _flanks(after, inmost)
    if opens and closes and not _joined(pieces, first, opener.other):
        apart = opener.tag == "em" and "word" not in (_kind(before), _kind(after)) and _touching(pieces, first)
        opener.written = closer.written = "_" if apart else _DELIMITERS[opener.tag]
    else:
        opener.written, closer.written = f"<{opener.tag}>", f"</{opener.tag}>"


def _touching(pieces: list[_Piece], first: int) -> bool:
    """Return whether another delimiter stands right inside or outside of a pair, which would make one run of stars."""
    last = pieces[first].other
    around = (first - 1, first + 1, last - 1, last + 1)
    return any(0 <= place < len(pieces) and pieces[place].tag == "strong" for place in around)


def _flanks(outer: str, inner: str) -> bool:
    if _kind(inner) == "space":
        return False
    return _kind(inner) == "word" or _kind(outer) != "word"


def _edge(pieces: list[_Piece], places: range, side: int) -> str:
    """Return the letter that an engine finds next to a delimiter: of text, else of another delimiter or tag."""
    for place in places:
        piece = pieces[place]
        if piece.tag:
            return "*"
        if piece.written:
            return piece.written[side]
    return ""


def _joined(pieces: list[_Piece], first: int, last: int) -> bool:
    before = pieces[first - 1] if first else _Piece("")
    after = pieces[last + 1] if last + 1 < len(pieces) else _Piece("")
    return (before.tag != "" and before.other < first - 1 and before.other >= 0) or (after.other > last + 1)
