"""Rebuild the MathML of formulas that MathJax drew as SVG, and left no other trace of, with `redrawn`.

MathJax names the element that each group draws in `data-mml-node` and the letter of each outline in `data-c`.
"""

import unicodedata
from collections.abc import Iterator

from turbohtml import Element, Text

from generator.markup.tree.mathml import ALLOWED
from generator.markup.tree.nodes import DEPTH, TOKENS

_PIECES = {0x239B: "(", 0x239E: ")", 0x23A1: "[", 0x23A4: "]", 0x23A7: "{", 0x23AB: "}"}
"""The first of the three pieces that a tall bracket is made of."""


def redrawn(drawing: Element, room: int = DEPTH) -> Element:
    """Build the element that a group draws, with all that is in it, no more than `room` levels deep."""
    name = drawing.attr("data-mml-node") or ""
    made = Element(name if name in ALLOWED else "mrow", {})
    if name in TOKENS:
        written = "".join(_letters(drawing, room))
        made.append(Text(unicodedata.normalize("NFKC", written) if _is_italic(written) else _bracket(written)))
        return made
    parts = [part for part in _parts(drawing, room) if not (name in ("msqrt", "mroot") and part.text == "√")]
    if name == "msubsup" and len(parts) == 3:
        parts[1:] = reversed(parts[1:])  # MathJax draws what stands above before what stands below
    if name == "mfrac" and all(child.tag != "rect" for child in drawing.children if isinstance(child, Element)):
        made.attrs["linethickness"] = "0"
    made.extend(parts)
    return made


def _parts(drawing: Element, room: int) -> Iterator[Element]:
    for child in drawing.children if room else ():
        if isinstance(child, Element) and "data-mml-node" in child.attrs:
            yield redrawn(child, room - 1)
        elif isinstance(child, Element):
            yield from _parts(child, room - 1)


def _letters(drawing: Element, room: int) -> Iterator[str]:
    for child in drawing.children if room else ():
        if isinstance(child, Element) and (code := child.attr("data-c")):
            yield _letter(code)
        elif isinstance(child, Element):
            yield from _letters(child, room - 1)
        elif isinstance(child, Text):
            yield child.data


def _letter(code: str) -> str:
    try:
        letter = chr(int(code, 16))
    except (OverflowError, ValueError):
        return ""
    return letter if letter.isprintable() else ""


def _is_italic(written: str) -> bool:
    return len(written) == 1 and unicodedata.name(written, "").startswith("MATHEMATICAL ITALIC")


def _bracket(written: str) -> str:
    """Return the one letter for a bracket that is made of pieces; anything else as it is."""
    return _PIECES.get(ord(min(written)), written) if len(written) > 1 and "⎛" <= min(written) <= "⎭" else written
