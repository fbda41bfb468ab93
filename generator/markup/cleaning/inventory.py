"""Note what occurs in a document at all, with `inventory`: most rules need not search for what they mend."""

from dataclasses import dataclass

from turbohtml import Element


@dataclass(frozen=True, slots=True)
class Inventory:
    """The kinds of elements of a document, and the names that its page gave them."""

    tags: frozenset[str]
    names: str
    """All classes and ids, each value on a line of its own."""


def inventory(root: Element) -> Inventory:
    """Note what the document holds before any rule has touched it."""
    named = root.select("[class],[id]")
    names = {element.attr("class") or "" for element in named} | {element.attr("id") or "" for element in named}
    return Inventory(tags=frozenset(element.tag for element in root.iter_elements()), names="\n".join(names))
