"""`pre` elements, as all the highlighters write them, into code with its language."""

import re

from turbohtml import Element, Text

from generator.markup.before.nodes import Node

_NAMED = re.compile(
    r"(?:^|[\s;])(?:language-|lang-|lang:|highlight-source-|highlight-text-|brush:\s*|sourceCode\s+|highlight\s+"
    r"|src\s+src-|syntax-|code-)([A-Za-z][\w+#.-]*)"
)
_NO_LANGUAGE = frozenset(
    "default text plain plaintext none nohighlight highlight code block txt wrapper source sourcecode undefined "
    "line-numbers linenos numberlines brush".split()
)
_HIGHLIGHT = re.compile(
    r"highl|syntax|sourcecode|codehilite|hljs|prettyprint|brush|rouge|chroma|language-|lang-", re.IGNORECASE
)
_LINES = frozenset(("div", "li", "p", "tr", "ol", "ul", "table"))
_MARKED = "a,img,b,strong,em,i,u,sub,sup,mark,del,ins,s,strike,kbd,var"


def _around(element: Element) -> list[Element]:
    inner = [child for child in element.children if isinstance(child, Element) and child.tag == "code"]
    outer = [
        ancestor for ancestor, _ in zip(element.ancestors, range(3), strict=False) if isinstance(ancestor, Element)
    ]
    return [*inner[:1], element, *outer]


def language(element: Element) -> str:
    """The language that a `pre`, its `code` or the wrapper around it names, in lower case; empty where none does."""
    for holder in _around(element):
        attribute = holder.attr("data-lang") or holder.attr("data-language") or holder.attr("lang-name")
        names = [attribute] if attribute else _NAMED.findall(holder.attr("class") or "")
        for name in names:
            if name.lower() not in _NO_LANGUAGE and re.fullmatch(r"[A-Za-z][\w+#.-]{0,30}", name):
                return name.lower()
    return ""


def highlighted(element: Element) -> bool:
    """Whether a highlighter wrote the elements inside, so that they are colours and not words of the author."""
    if any(_HIGHLIGHT.search(holder.attr("class") or "") for holder in _around(element)):
        return True
    return any(span.attr("class") or span.attr("style") for span in element.select("span,font")[:3])


def formatted(element: Element) -> bool:
    """Whether the text holds links, images or emphasis that a block of code cannot keep."""
    parts = element.select(_MARKED)
    if any(part.tag == "img" or (part.tag == "a" and part.attr("href") and part.text.strip()) for part in parts):
        return True
    return any(part.tag != "a" for part in parts) and not highlighted(element)


def _gather(element: Element, out: list[str], depth: int) -> None:
    for child in element.children:
        if isinstance(child, Text):
            out.append(child.data)
        elif not isinstance(child, Element):
            continue
        elif child.tag == "br":
            out.append("\n")
        elif child.tag in ("script", "style"):
            continue
        elif depth == 0:
            out.append(child.text)
        else:
            _gather(child, out, depth - 1)
            if child.tag in _LINES and out and not out[-1].endswith("\n"):
                out.append("\n")


def text(element: Element) -> str:
    """What is written in a `pre`, to the character, without the line end that closes it."""
    out: list[str] = []
    _gather(element, out, 60)
    return "".join(out).removesuffix("\n")


def block(element: Element) -> Node | None:
    """A `pre` as a block of code, or nothing where it is empty."""
    written = text(element)
    return Node("pre", {"lang": language(element)}, (written,)) if written.strip() else None
