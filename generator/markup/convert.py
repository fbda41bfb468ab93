"""HTML of record into Markdown of record, and the proof that nothing is lost."""

import turbohtml

from generator.markup import blocks, engine, write
from generator.markup.nodes import Node
from generator.markup.shape import shape


def read(html: str) -> tuple[Node, ...]:
    """HTML as the tree of record."""
    return shape(turbohtml.parse_fragment(html, positions=False))


def _same(markdown: str, tree: tuple[Node, ...]) -> bool:
    return read(engine.render(markdown)) == tree


def to_markdown(html: str) -> str:
    """HTML of record as Markdown of record."""
    tree = read(html)
    whole = blocks.markdown(tree)
    if _same(whole, tree):
        return whole + "\n"
    parts = [_checked(block) for block in tree]
    return "\n\n".join(parts) + "\n"


def _checked(block: Node) -> str:
    written = blocks.markdown([block])
    return written if _same(written, (block,)) else write.element(block)
