"""Bound the depth of a parsed document with `flatten`."""

from turbohtml import Element

MAX_DEPTH = 256
"""Elements in each other; the deepest real entry seen has 60, and the tree of record has 128."""


def flatten(root: Element) -> None:
    """Take apart what stands deeper than `MAX_DEPTH`: there, elements that hold elements are no boxes any more.

    Rules look at all that is in an element, and may do so for each: in elements that stand in each other without end,
    that would take the square of their number.
    """
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element.children if isinstance(child, Element)]
        if not level:
            return
    for element in level:
        for inner in element.find_all(True):
            if inner.find(True) is not None:
                inner.unwrap()
