"""Read `pre` elements, as all the highlighters write them, into code with its language, with `block`."""

import re
from collections.abc import Sequence

from turbohtml import Element, Text
from turbohtml import Node as DomNode

from generator.markup.tree import attributes, mathml
from generator.markup.tree.marks import SAFE
from generator.markup.tree.nodes import DROPPED, Node

_NAMED = re.compile(
    r"(?:^|[\s;])(?:language-|lang-|lang:\s*|highlight-(?:source-|text-)?|brush:\s*|syntax-"
    r"|(?:sourceCode|highlight|code|syntaxhighlighter|src)\s+(?:nogutter\s+|src-)?"
    r"(?!(?:language|lang|highlight|syntax|code)[-:]))([A-Za-z][\w+#.-]*)"
)
_LANGUAGE = re.compile(r"(?:.+-)?language|.+-lang|lang-name")
"""Names of attributes, which are many: `data-lang`, `data-language`, `data-code-block-lang` …"""
_SHORT = ("go", "js", "py", "rb", "sh", "ts")
"""Of the languages with two letters, those that nobody speaks."""
_NO_LANGUAGE = frozenset(
    "default fallback text plain plaintext none nohighlight highlight highlighter code block txt wrapper source "
    "sourcecode undefined line-numbers linenos numberlines brush literal-block nogutter hljs toolbar".split()
)
_HIGHLIGHT = re.compile(
    r"highl|syntax|sourcecode|codehilite|hljs|prettyprint|brush|rouge|chroma|language-|lang-", re.IGNORECASE
)
_LINES = frozenset(("div", "li", "p", "pre", "tr", "ol", "ul", "table"))
_LINE = re.compile(r"(?:^|[\s_-])line(?:$|[\s_\d-])")
_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid)")
_MARKED = "a,img,b,strong,em,i,u,sub,sup,mark,del,ins,s,strike,kbd,var"
_DEPTH = 60
Piece = tuple[str, Element]
"""Some of the code, and the element that it stands in."""


def _around(element: Element) -> list[Element]:
    inner = element.find("code")
    outer = [
        ancestor for ancestor, _ in zip(element.ancestors, range(3), strict=False) if isinstance(ancestor, Element)
    ]
    return [*([inner] if inner is not None else []), element, *outer]


def language(element: Element) -> str:
    """Return the language that a `pre`, its `code` or the wrapper around it names, in lower case; empty where none
    does.
    """
    for holder in _around(element):
        attribute = next(
            (value for name in attributes.names(holder) if _LANGUAGE.fullmatch(name) and (value := holder.attr(name))),
            "",
        )
        names = [attribute] if attribute else [*_NAMED.findall(holder.attr("class") or ""), _lang(holder)]
        for name in names:
            if name.lower() not in _NO_LANGUAGE and re.fullmatch(r"[A-Za-z][\w+#.-]{0,30}", name):
                return name.lower()
    return ""


def _lang(element: Element) -> str:
    """Return the `lang` of code where it is no tongue."""
    value = element.attr("lang") or "" if element.tag in ("pre", "code") else ""
    return value if value in _SHORT or (len(value) != 2 and "-" not in value) else ""


def boxed(element: Element) -> bool:
    """Return whether an element or a box around it has the name of a highlighter."""
    return any(_HIGHLIGHT.search(holder.attr("class") or "") for holder in _around(element))


def highlighted(element: Element) -> bool:
    """Return whether a highlighter wrote the elements inside, so that they are colours and not words of the author."""
    if boxed(element):
        return True
    return any(span.attr("class") or span.attr("style") for span in element.select("span,font")[:3])


def formatted(element: Element) -> bool:
    """Return whether the text holds links, images or emphasis that a block of code cannot keep."""
    parts = element.select(_MARKED)
    links = (part for part in parts if part.tag == "a" and SAFE.fullmatch(" ".join((part.attr("href") or "").split())))
    if any(part.tag == "img" for part in parts) or any(part.text.strip() for part in links):
        return True
    return any(part.tag != "a" for part in parts) and not highlighted(element)


def pieces(element: Element) -> list[Piece]:
    """Return what is written in a block of code, with the line ends that its page shows."""
    out: list[Piece] = []
    _gather(element, out, _DEPTH)
    return out


def _gather(element: Element, out: list[Piece], depth: int) -> None:
    kids = element.children
    lined = len(kids) > 1 and _lined(element, kids)
    for child in kids:
        if isinstance(child, Text):
            if child.data and not (lined and child.data.isspace()):
                out.append((child.data, element))
        elif not isinstance(child, Element) or child.tag in DROPPED:
            continue
        elif child.tag == "br":
            out.append(("\n", child))
        elif child.tag == "math":
            out.append((mathml.line(child), child))
        elif depth == 0:
            out.append((child.text, child))
        elif lined or child.tag in _LINES:
            _gather_line(child, out, depth, empty=lined)
        else:
            _gather(child, out, depth - 1)


def _gather_line(element: Element, out: list[Piece], depth: int, *, empty: bool) -> None:
    """An element that begins on a new line and ends its last one; with `empty` it is a line even with nothing in it."""
    if out and not out[-1][0].endswith("\n"):
        out.append(("\n", element))
    before = len(out)
    _gather(element, out, depth - 1)
    if not out[-1][0].endswith("\n") if len(out) > before else empty:
        out.append(("\n", element))


def _lined(element: Element, kids: Sequence[DomNode]) -> bool:
    """Return whether each child is a line, so that white space between them is none of the code."""
    elements = [child for child in kids if isinstance(child, Element) and child.tag not in DROPPED]
    tags = {child.tag for child in elements if child.tag != "br"} if len(elements) > 1 else set()
    if len(tags) != 1 or any(isinstance(child, Text) and not child.data.isspace() for child in kids):
        return False
    if not tags.isdisjoint(_LINES):
        return True
    first = next(child for child in elements if child.tag != "br")
    shown = _LINE.search(first.attr("class") or "") or _BLOCK.search(first.attr("style") or "")
    return bool(shown) and "\n" not in element.text and element.find("br") is None


def text(element: Element) -> str:
    """Return what is written in a `pre`, to the character, without the line end that closes it.

    A space that must not break is how editors of pages write a space: where all spaces count, it is one.
    """
    return "".join(piece for piece, _ in pieces(element)).removesuffix("\n").replace("\xa0", " ")


def block(element: Element) -> Node | None:
    """Return a `pre` as a block of code, or nothing where it is empty."""
    written = text(element)
    return Node("pre", {"lang": language(element)}, (written,)) if written.strip() else None
