"""Read a line of the tree of record as a reader takes it: its `text`, its `words` and its `links`."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from generator.markup.tree.nodes import Content, Node

WORD = re.compile(r"\d+|[^\s\d!-/:-@\[-`{-~\u00a1-\u00bf\u2000-\u206f\u3001-\u303f]+")
"""A number or a word, in any script, without punctuation."""


class Link(NamedTuple):
    """A link of a line: where it leads, and what it says."""

    url: str
    text: str


def text(kids: Content) -> str:
    """Return the text of a line; a break is a space."""
    return "".join(kid if isinstance(kid, str) else " " if kid.tag == "br" else text(kid.kids) for kid in kids)


def links(kids: Content) -> Iterator[Link]:
    """Yield the links of a line, in their order."""
    for kid in kids:
        if isinstance(kid, Node) and kid.tag == "a":
            yield Link(kid.attrs.get("href", ""), text(kid.kids))
        elif isinstance(kid, Node):
            yield from links(kid.kids)


def holds(kids: Content, tags: tuple[str, ...]) -> bool:
    """Return whether a line holds one of these elements."""
    return any(isinstance(kid, Node) and (kid.tag in tags or holds(kid.kids, tags)) for kid in kids)


def words(line: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, equal for all ways to write them: case, width, punctuation and space."""
    return tuple(WORD.findall(unicodedata.normalize("NFKC", line).casefold()))
