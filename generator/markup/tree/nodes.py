"""Define the tree that HTML of record is made of, by its `Node`, and which elements mean what."""

from typing import NamedTuple


class Node(NamedTuple):
    """An element of HTML of record. Two trees are equal where a reader is shown the same."""

    tag: str
    attrs: dict[str, str]
    kids: "tuple[Node | str, ...]"
    """Text is a plain string; in blocks of text its white space is folded."""


Content = tuple[Node | str, ...]
Mark = tuple[str, tuple[tuple[str, str], ...], int]
"""An inline element around a piece of text: tag, attributes, and a number that keeps neighbours apart."""
NodePath = tuple[Mark, ...]
"""The marks around a piece, outermost first."""
Leaf = tuple[Node | str, NodePath]
"""A piece of a line: text, an image or a break."""

DEPTH = 128
"""Elements nested deeper than this are read as their text; the deepest real entry seen has 60."""

SYNONYMS = {
    "b": "strong",
    "i": "em",
    "strike": "del",
    "s": "del",
    "tt": "code",
    "acronym": "abbr",
    "dir": "ul",
    "menu": "ul",
    "xmp": "pre",
    "listing": "pre",
    "plaintext": "pre",
    "textarea": "pre",
}
JOINED = frozenset(("em", "strong", "del", "ins", "u", "code", "mark", "a"))
"""Marks that show no border: two side by side are one."""
MARKS = JOINED | {"abbr", "bdi", "bdo", "cite", "dfn", "kbd", "q", "rp", "rt", "ruby"}
MARKS |= {"samp", "small", "sub", "sup", "var"}
MARK_ATTRS = {"a": ("href", "title"), "abbr": ("title",), "bdo": ("dir",)}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
PLAIN_BLOCKS = frozenset(
    (
        "address article aside body center dd div dt fieldset figcaption footer form header hgroup legend li main nav "
        "p search section summary tr caption optgroup"
    ).split()
)
"""Blocks that say no more than that a paragraph ends here."""
DROPPED = frozenset(
    (
        "applet audio base button canvas datalist embed frame frameset head iframe input link meta noembed noframes "
        "object option param script select source style svg template title track video"
    ).split()
)
"""Elements that leave nothing; what they meant is told before, by a rule of `rules`."""
TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))
"""Elements of formulas that hold text, and nothing but text; all others hold elements."""


def elements(node: Node) -> tuple[Node, ...]:
    """Return the elements directly in an element, without its text."""
    return tuple(kid for kid in node.kids if isinstance(kid, Node))
