"""Write the tree of record as HTML with `html`: a line for each block and no blank line, as Markdown needs it."""

import re
from collections.abc import Callable
from html import escape

from generator.markup.tree.nodes import HEADINGS, Content, Node

_BLANK = re.compile(r"\n(?=[ \t]*\n)")
_VOID = ("br", "hr", "img")
_LINES = HEADINGS | {"p", "pre", "hr", "td", "th", "dt", "dd", "figcaption", "summary", "caption"}
_BOXES = frozenset(("blockquote", "details", "dl", "figure", "ol", "section", "table", "tbody", "thead", "tr", "ul"))
BLOCKS = _LINES | _BOXES | {"li"}


def attributes(attrs: dict[str, str]) -> str:
    """Return the attributes as they stand in a tag, with a space before each."""
    return "".join(f' {name}="{_shielded(escape(value))}"' for name, value in attrs.items()) if attrs else ""


def _shielded(html: str) -> str:
    return html.replace("{{%", "{&#123;%")  # which Hugo would take for a shortcode


def _text(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return _shielded(text)


def _verbatim(node: Node) -> str:
    """`pre`, without blank lines: they would end an HTML block of Markdown."""
    if "lang" in node.attrs:
        named = f' class="language-{escape(node.attrs["lang"])}"' if node.attrs["lang"] else ""
        inner = f"<code{named}>{inline(node.kids)}\n</code>"
    else:
        inner = inline(node.kids)
    return _BLANK.sub("&#10;", f"<pre>{inner}</pre>")


def inline(kids: Content) -> str:
    """Inline content on one line."""
    return "".join(_text(kid) if isinstance(kid, str) else element(kid) for kid in kids)


def element(node: Node) -> str:
    """Return one element with all that is in it."""
    tag, attrs, kids = node
    if tag in _SPECIAL:
        return _SPECIAL[tag](node)
    start = f"<{tag}{attributes(attrs)}>" if attrs else f"<{tag}>"
    if tag in _VOID:
        return start
    if tag in _BOXES:
        return f"{start}\n{html(kids)}\n</{tag}>"
    return f"{start}{html(kids)}</{tag}>"


def _note(node: Node) -> str:
    number = node.attrs["number"]
    return f'<sup id="fnref-{number}"><a href="#fn-{number}">{number}</a></sup>'


def _notes(node: Node) -> str:
    items = [kid for kid in node.kids if isinstance(kid, Node)]
    written = "\n".join(note(item.attrs["number"], html(item.kids)) for item in items)
    return section(written)


def note(number: str, inner: str) -> str:
    """Return one footnote with the way back to where it belongs."""
    back = f'<a href="#fnref-{number}">↩</a>'
    inner = inner.rstrip()
    inner = f"{inner[:-4]} {back}</p>" if inner.endswith("</p>") else f"{inner}\n<p>{back}</p>"
    return f'<li id="fn-{number}">\n{inner}\n</li>'


def section(items: str) -> str:
    """Return the footnotes of a document."""
    return f'<section class="footnotes">\n<ol>\n{items}\n</ol>\n</section>'


_SPECIAL: dict[str, Callable[[Node], str]] = {"pre": _verbatim, "note": _note, "section": _notes}


def html(kids: Content) -> str:
    """Content as HTML: inline pieces side by side, each block on lines of its own."""
    if len(kids) == 1 and isinstance(only := kids[0], str):
        return _text(only).removesuffix("\n")
    out: list[str] = []
    after_block = True
    for kid in kids:
        if isinstance(kid, str):
            out.append(_text(kid))
            after_block = False
        elif kid.tag in BLOCKS:
            out.append(f"{element(kid)}\n" if after_block or out[-1].endswith("\n") else f"\n{element(kid)}\n")
            after_block = True
        else:
            out.append(element(kid))
            after_block = False
    return "".join(out).removesuffix("\n")
