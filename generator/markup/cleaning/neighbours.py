"""Find the elements that stand beside an element, with `neighbours`."""

from itertools import islice

from turbohtml import Element

_NEAR = 4  # siblings that are looked at, pieces of text and comments among them


def neighbours(element: Element) -> list[Element]:
    """Return the nearest element before and the nearest after, if they are near."""
    ways = (islice(element.previous_siblings, _NEAR), islice(element.next_siblings, _NEAR))
    sides = (next((node for node in way if isinstance(node, Element)), None) for way in ways)
    return [side for side in sides if side is not None]
