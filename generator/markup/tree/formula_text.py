"""Write formulas on one line of text, as people type them, with `words`.

It is for search, descriptions, code, and those who read the source.
"""

import re
from collections.abc import Sequence

from generator.markup.tree.nodes import TOKENS, Node, elements

_MARKS = {
    "mmultiscripts": "_^",
    "mover": "^",
    "msub": "_",
    "msubsup": "_^",
    "msup": "^",
    "munder": "_",
    "munderover": "_^",
}
"""What stands before each script in turn."""

_BRACKETED = re.compile(r"\([^()]*\)")


def words(row: Sequence[Node]) -> str:
    """Write a row of a formula as people type it: `x^2`, `a/(b+1)`, `√(x)`, `[a b; c d]`."""
    out: list[str] = []
    before: Node | None = None
    for node in row:
        text = _linear(node)
        if before and text and out[-1][-1:].isalnum() and text[0].isalnum() and not _close(before, node):
            out.append(" ")
        if text:
            out.append(text)
            before = node
    return " ".join("".join(out).replace("\\", "∖").split())


def _close(left: Node, right: Node) -> bool:
    """Tell whether two tokens stand side by side without a space, as `2x` and `ab` do."""
    if left.tag not in TOKENS or right.tag not in TOKENS or right.tag == "mn":
        return False
    return len(str(right.kids[0])) == 1 and (left.tag == "mn" or len(str(left.kids[0])) == 1)


def _linear(node: Node) -> str:
    kids = elements(node)
    if node.tag in TOKENS:
        return str(node.kids[0])
    if node.tag in _MARKS:
        return _scripts(node.tag, kids)
    if node.tag == "mfrac":
        return ("¦" if node.attrs else "/").join(_bracketed(kid, ("mrow", "mstyle", "mfrac")) for kid in kids)
    if node.tag == "msqrt":
        return f"√{_bracketed(kids[0] if len(kids) == 1 else Node('mrow', {}, kids))}"
    if node.tag == "mroot":
        return f"{_bracketed(kids[0])}^(1/{_bracketed(kids[1])})"
    if node.tag == "mtable":
        return "; ".join(" ".join(words(elements(cell)) for cell in elements(line)) for line in kids)
    return " " if node.tag == "mspace" else words(kids)


def _bracketed(node: Node, rows: Sequence[str] = ()) -> str:
    """Write a node in brackets, if it is more than one thing; given `rows`, if it is one of these elements."""
    text = _linear(node)
    several = node.tag in rows if rows else node.tag not in TOKENS
    return f"({text})" if several and len(text) > 1 and not _BRACKETED.fullmatch(text) else text


def _scripts(tag: str, kids: tuple[Node, ...]) -> str:
    base, after, ahead = kids[0], list(kids[1:]), list[Node]()
    if "mprescripts" in (names := [kid.tag for kid in after]):
        place = names.index("mprescripts")
        after, ahead = after[:place], after[place + 1 :]
    marks = _MARKS[tag]
    before = f" {_marked(ahead, marks)}" if ahead else ""
    return before + _bracketed(base) + _marked(after, marks)


def _marked(scripts: list[Node], marks: str) -> str:
    """Write scripts with their marks in turn. Primes and accents follow what they belong to without a mark."""
    out = []
    for place, script in enumerate(scripts):
        text = _bracketed(script)
        alone = script.tag == "mo" and len(text) == 1 and not text.isalnum() and text not in "+-−*∗†∘"
        out.append(text if alone or not text else marks[place % len(marks)] + text)
    return "".join(out)
