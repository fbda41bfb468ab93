"""List the names of an element's attributes with `names`."""

from itertools import islice

from turbohtml import Element

MAX_NAMES = 200
"""Attributes of one element that are looked at: each is looked up among all of them, and pages write a few dozen."""


def names(element: Element) -> list[str]:
    """Return the names of an element's attributes in their order, at most `MAX_NAMES`."""
    return list(islice(element.attrs, MAX_NAMES))
