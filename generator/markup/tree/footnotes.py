"""Find what footnotes and other elements stand in, with `around`."""

from collections.abc import Iterable
from itertools import takewhile

from turbohtml import Element, Node

MAX_BACKS = 100
"""Links of one footnote that are looked at."""


def around(elements: Iterable[Element]) -> set[Node]:
    """Return all that elements stand in."""
    ancestors: set[Node] = set()
    for element in elements:
        ancestors.update(takewhile(lambda node: node not in ancestors, element.ancestors))
    return ancestors
