"""Convert HTML of record to Markdown of record with `to_markdown`, and prove that nothing is lost."""

import re

from generator.markup.markdown import blocks, engine
from generator.markup.tree import html as tree_html
from generator.markup.tree import read
from generator.markup.tree.nodes import Node

_FIRST_LINE = re.compile(r"(<code[^<>]*>)\n")


def _same(markdown: str, tree: tuple[Node, ...]) -> bool:
    """Return whether the Markdown, rendered, is this tree: by the letter, which is quick and mostly enough, else as
    a tree.
    """
    html = engine.render(markdown)
    return _flat(html) == _flat(tree_html.html(tree)) or read(html) == tree


def _flat(html: str) -> str:
    """HTML without line ends beside tags, and in one spelling."""
    html = _FIRST_LINE.sub(r"\1\r", html.replace("&#10;", "\n"))
    html = html.replace(">\n", ">").replace("\n<", "<").replace(" />", ">")
    return html.replace("&quot;", '"').replace("&#x27;", "'").replace("&#39;", "'")


def to_markdown(html: str) -> str:
    """HTML of record as Markdown of record.

    Rendered, it is the same tree. Blocks that would not be stay HTML; were that not enough, the whole body would.
    """
    tree = read(html)
    whole = blocks.markdown(tree)
    if _same(whole, tree):
        return whole + "\n"
    as_html = frozenset(place for place, block in enumerate(tree) if not _same(blocks.markdown([block]), (block,)))
    part = blocks.markdown(tree, as_html=as_html)
    return (part if _same(part, tree) else tree_html.html(tree)) + "\n"
