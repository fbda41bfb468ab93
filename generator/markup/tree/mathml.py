"""Reduce strangers' MathML to the part of MathML Core that a post may hold (`leaf`), or to words (`line`).

See https://www.w3.org/TR/mathml-core/. What MathML 3 has besides, browsers do not draw: fences become operators,
letters in a style become the letters that Unicode has for it, and the rest is the row of its parts. Tokens hold text
alone, since HTML inside of them is how sanitizers are deceived.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from turbohtml import Element, Text

from generator.markup import repair
from generator.markup.tree.formula_text import words
from generator.markup.tree.nodes import DEPTH, DROPPED, TOKENS, Leaf, Node, NodePath, elements

_TRUTH = re.compile(r"true|false")
_SPAN = re.compile(r"\d{1,3}")
ALLOWED: dict[str, dict[str, re.Pattern[str]]] = {
    "math": {
        "dir": re.compile(r"rtl"),
        "display": re.compile(r"block"),
        "displaystyle": _TRUTH,
        "alttext": re.compile(r".+"),
    },
    "mfrac": {"linethickness": re.compile(r"0")},
    "mi": {"mathvariant": re.compile(r"normal")},
    "mmultiscripts": {},
    "mn": {},
    "mo": {"largeop": _TRUTH, "movablelimits": _TRUTH, "stretchy": _TRUTH},
    "mover": {"accent": _TRUTH},
    "mprescripts": {},
    "mroot": {},
    "mrow": {},
    "ms": {},
    "mspace": {"width": re.compile(r"\d?(?:\.\d{1,4})?(?<=\d)(?:em|ex)")},
    "msqrt": {},
    "mstyle": {"displaystyle": _TRUTH},
    "msub": {},
    "msubsup": {},
    "msup": {},
    "mtable": {"displaystyle": _TRUTH},
    "mtd": {"columnspan": _SPAN, "rowspan": _SPAN},
    "mtext": {},
    "mtr": {},
    "munder": {"accentunder": _TRUTH},
    "munderover": {"accent": _TRUTH, "accentunder": _TRUTH},
}
"""The elements, and by name of an attribute what its value must be. `alttext` is always our own: see `leaf`."""
_PARTS = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
"""How many children an element must have: with others, browsers draw it as a row."""
_OTHERWISE = {"ci": "mi", "cn": "mn", "csymbol": "mo", "mlabeledtr": "mtr"}
"""Names of content MathML and of MathML 3, and the nearest that browsers draw."""
_UNSEEN = DROPPED | {"annotation", "annotation-xml", "maligngroup", "malignmark", "mglyph", "mphantom", "none"}
_SIGNS = {
    "eq": "=",
    "geq": "≥",
    "gt": ">",
    "in": "∈",
    "leq": "≤",
    "lt": "<",
    "minus": "−",
    "neq": "≠",
    "plus": "+",
    "times": "⋅",
}
"""Operators of content MathML that stand between what they are applied to."""
_STYLES = {
    "bold": "BOLD",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "fraktur": "FRAKTUR",
    "script": "SCRIPT",
}
_ALPHABET = re.compile(r"(?:LATIN|GREEK) (CAPITAL|SMALL) LETTER ")
_BLANK = re.compile(r"[ \t\n\r\f]+")
_SILENT = re.compile(r"[\u200b\u2060-\u2064]")
"""Operators that show nothing."""


def leaf(element: Element, path: NodePath, room: int) -> Leaf:
    """Read a formula as a piece of a line, its linear form in `alttext`; empty text where nothing of it shows.

    What is nested deeper than `room` elements is read as its text.
    """
    row = _inner(element, room)
    if not row:
        return "", path
    attrs = _attributes("math", element)
    attrs.pop("alttext", None)
    if text := words(row):
        attrs["alttext"] = text
    return Node("math", attrs, row), tuple(mark for mark in path if mark[0] != "code")


def line(element: Element) -> str:
    """Read a formula as plain text, for where only that has a place."""
    return words(_row(element, DEPTH))


def _attributes(name: str, element: Element) -> dict[str, str]:
    values = {key: (element.attr(key) or "").strip() for key in ALLOWED[name]}
    return {key: value for key, value in values.items() if ALLOWED[name][key].fullmatch(value)}


def _row(element: Element, room: int) -> list[Node]:
    """Read the children as they are drawn beside each other."""
    row = []
    for child in element.children:
        if isinstance(child, Text):
            row.append(_token("mtext", child.data, {}))
        elif isinstance(child, Element):
            row.append(_piece(child, room))
    return [node for node in row if node is not None]


def _inner(element: Element, room: int) -> tuple[Node, ...]:
    """Read the content of an element that is a row itself: a lone `mrow` in it says nothing more."""
    row = tuple(_row(element, room))
    return elements(row[0]) if len(row) == 1 and row[0].tag == "mrow" else row


def _grouped(row: Sequence[Node]) -> Node | None:
    """Return nodes as one: a row of one is that one."""
    return row[0] if len(row) == 1 else Node("mrow", {}, tuple(row)) if row else None


def _name(element: Element) -> str:
    """Return the name without the prefix of a namespace, for which HTML has no meaning."""
    name = element.tag.rpartition(":")[2].lower()
    return _OTHERWISE.get(name, name)


def _piece(element: Element, room: int) -> Node | None:
    name = _name(element)
    if name in _UNSEEN:
        return None
    if room < 1:
        return _token("mtext", element.text, {})
    if name in TOKENS:
        return _token(name, _token_text(element, 8), _attributes(name, element), element.attr("mathvariant") or "")
    if name in _PARTS or name == "mmultiscripts":
        return _composed(name, element, room - 1)
    if name in _BUILDERS:
        return _BUILDERS[name](element, room - 1)
    return _grouped(_row(element, room - 1))


def _token_text(element: Element, room: int) -> str:
    """Gather the text of a token without what HTML hides in it, no more than `room` levels deep."""
    parts = []
    for child in element.children:
        if isinstance(child, Text):
            parts.append(child.data)
        elif isinstance(child, Element) and room and child.tag not in _UNSEEN:
            parts.append(_token_text(child, room - 1))
    return "".join(parts)


def _token(name: str, text: str, attrs: dict[str, str], style: str = "") -> Node | None:
    text = _SILENT.sub("", _BLANK.sub(" ", repair.characters(text)).strip(" "))
    if style in _STYLES and name in ("mi", "mn"):
        text = text.translate({ord(letter): _styled(letter, _STYLES[style]) for letter in set(text)})
    return Node(name, attrs if len(text) == 1 or name != "mi" else {}, (text,)) if text else None


def _styled(letter: str, style: str) -> str:
    """Return the letter that Unicode has for a style: 𝐱, or ℝ, whose name is of another kind since it is older."""
    name = _ALPHABET.sub(r"\1 ", unicodedata.name(letter, ""))
    older = style.replace("FRAKTUR", "BLACK-LETTER")
    for full in (f"MATHEMATICAL {style} {name}", f"{older} {name}"):
        try:
            return unicodedata.lookup(full)
        except KeyError:
            continue
    return letter


def _composed(name: str, element: Element, room: int) -> Node | None:
    """Read an element whose children have their places: one that shows nothing is an empty row there."""
    parts = []
    for child in element.children:
        if isinstance(child, Element) and _name(child) == "mprescripts":
            parts.append(Node("mprescripts", {}, ()))
        elif isinstance(child, Element):
            parts.append(_piece(child, room) or Node("mrow", {}, ()))
        elif isinstance(child, Text) and (stray := _token("mtext", child.data, {})):
            parts.append(stray)
    if not any(_shows(part) for part in parts):
        return None
    if _PARTS[name] == len(parts) if name in _PARTS else _paired(parts):
        return Node(name, _attributes(name, element), tuple(parts))
    return _grouped([part for part in parts if _shows(part)])


def _shows(node: Node) -> bool:
    return bool(node.kids) or node.tag == "mspace"


def _paired(parts: list[Node]) -> bool:
    """Tell whether pairs of scripts follow a base, and more pairs after `mprescripts`."""
    tags = [part.tag for part in parts]
    if tags.count("mprescripts") > 1 or tags[0] == "mprescripts":
        return False
    before = len(tags) - tags.index("mprescripts") - 1 if "mprescripts" in tags else 0
    return before % 2 == 0 and (len(tags) - before - ("mprescripts" in tags)) % 2 == 1


def _root(element: Element, room: int) -> Node | None:
    row = _inner(element, room)
    return Node("msqrt", {}, row) if row else None


def _styling(element: Element, room: int) -> Node | None:
    attrs, row = _attributes("mstyle", element), _inner(element, room)
    return Node("mstyle", attrs, row) if attrs and row else _grouped(row)


def _space(element: Element, room: int) -> Node | None:
    del room
    attrs = _attributes("mspace", element)
    return Node("mspace", attrs, ()) if attrs else None


def _fenced(element: Element, room: int) -> Node | None:
    """Read fences and separators as operators: MathML Core has no element for them."""
    commas = "".join((element.attr("separators") or ",").split()) if element.attr("separators") != "" else ""
    row: list[Node | None] = [_token("mo", element.attr("open") or "(", {})]
    for place, node in enumerate(_row(element, room)):
        if place and commas:
            row.append(_token("mo", commas[min(place, len(commas)) - 1], {}))
        row.append(node)
    row.append(_token("mo", element.attr("close") or ")", {}))
    return _grouped([node for node in row if node is not None])


def _first(element: Element, room: int) -> Node | None:
    """Read the first child that is drawn, or presentation that only an annotation holds."""
    kids = [child for child in element.children if isinstance(child, Element)]
    shown = [child for child in kids if _name(child) in ALLOWED or _name(child) in ("maction", "mfenced", "semantics")]
    for child in kids:
        if _name(child) == "annotation-xml" and "presentation" in (child.attr("encoding") or "").lower() and not shown:
            return _grouped(_row(child, room))
    return _piece((shown or kids)[0], room) if kids else None


def _applied(element: Element, room: int) -> Node | None:
    """Read content MathML: an operator and its operands, `f(x,y)` where it does not stand between them."""
    kids = [child for child in element.children if isinstance(child, Element)]
    name = _name(kids[0]) if kids else ""
    parts = [part for part in (_operand(kid, name, room) for kid in kids[1:]) if _shows(part)]
    if name in ("power", "divide") and len(parts) == 2:
        return Node("msup" if name == "power" else "mfrac", {}, tuple(parts))
    sign = Node("mo", {}, (_SIGNS.get(name, ","),))
    row = [node for part in parts for node in (sign, part)][0 if name == "minus" and len(parts) == 1 else 1 :]
    if name in _SIGNS or not kids:
        return _grouped(row)
    head = _piece(kids[0], room) or Node("mi", {}, (name,))
    return _grouped([head, Node("mrow", {}, (Node("mo", {}, ("(",)), *row, Node("mo", {}, (")",))))])


def _operand(element: Element, name: str, room: int) -> Node:
    """Read an operand, in brackets where it is a sum or the like within another."""
    node = _piece(element, room) or Node("mrow", {}, ())
    inner = next((_name(child) for child in element.children if isinstance(child, Element)), "")
    if inner not in _SIGNS or name not in ("power", "minus", "plus", "times"):
        return node
    return Node("mrow", {}, (Node("mo", {}, ("(",)), *elements(node), Node("mo", {}, (")",))))


def _table(element: Element, room: int) -> Node | None:
    rows = []
    for line in (child for child in element.children if isinstance(child, Element)):
        cells = [child for child in line.children if isinstance(child, Element)] if _name(line) == "mtr" else [line]
        written = tuple(_cell(cell, room - 2) for cell in cells)
        rows += [Node("mtr", {}, written)] if any(cell.kids for cell in written) else []
    return Node("mtable", _attributes("mtable", element), tuple(rows)) if rows else None


def _cell(element: Element, room: int) -> Node:
    """Read a cell, or what stands in the place of one."""
    if _name(element) == "mtd":
        return Node("mtd", _attributes("mtd", element), _inner(element, room))
    node = _piece(element, room)
    return Node("mtd", {}, elements(node) if node and node.tag == "mrow" else (node,) if node else ())


_BUILDERS: dict[str, Callable[[Element, int], Node | None]] = {
    "apply": _applied,
    "maction": _first,
    "mfenced": _fenced,
    "mspace": _space,
    "msqrt": _root,
    "mstyle": _styling,
    "mtable": _table,
    "semantics": _first,
}
