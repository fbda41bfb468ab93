"""Read HTML into the tree of record, of elements that Markdown can say, with `read`."""

import turbohtml

from generator.markup import repair
from generator.markup.tree.build import shape
from generator.markup.tree.nodes import Node

MAX_TAGS = 4 * repair.MAX_TAGS
"""What is written has more tags than it came from: ends that an author left out, heads and bodies of tables."""


def read(html: str) -> tuple[Node, ...]:
    """HTML as the tree of record."""
    return shape(turbohtml.parse_fragment(repair.harmless(html, limit=MAX_TAGS), positions=False))
