"""Compare texts in Markdown that may be one: word for word (`same_text`), or with a few words changed. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise

ALIKE = 0.7
"""Share of the words of two texts that both have, from which on they are one."""
PART = 0.75
"""Share of the pairs of words of a text that another one has, from which on it is a part of that."""
FEW = 20
"""Different words that a text must have to be compared at all."""
ENOUGH = 40
"""Words from which on nobody writes the same text by chance."""
_COMPARED = 1000
"""Words of a text that are compared one by one."""
_TARGET = re.compile(r"\]\([^()]*\)|<[^<>]*>")
_WORD = re.compile(r"\w+")


def alike(first: str, second: str) -> bool:
    """Return whether they share most of their words, in whatever order; short texts are never alike."""
    these, those = set(first.casefold().split()), set(second.casefold().split())
    return min(len(these), len(those)) >= FEW and _share_most(these, those)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The words of a text as a reader sees them, whatever their case, links and markup."""

    key: str
    """A hash of all of them in their order."""
    count: int
    is_long: bool
    """Whether there are enough; in scripts that part no words by spaces, two letters count as one."""
    different: frozenset[str]
    """Those among the first ones."""
    pairs: frozenset[tuple[str, str]]
    """Those among the first ones that follow each other."""


@lru_cache(maxsize=512)
def wording(text: str) -> Wording:
    """Return the wording of a text in Markdown."""
    words = _WORD.findall(_TARGET.sub("]", text).casefold())
    first = words[:_COMPARED]
    letters = sum(len(word) for word in words if not word.isascii() and word.upper() == word)
    return Wording(
        key=sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:32],
        count=len(words),
        is_long=len(words) >= ENOUGH or letters >= 2 * ENOUGH,
        different=frozenset(first),
        pairs=frozenset(pairwise(first)),
    )


def same_text(first: Wording, second: Wording) -> bool:
    """Return whether two texts are word for word the same, and long enough."""
    return first.is_long and first.key == second.key


def nearly_same_text(first: Wording, second: Wording) -> bool:
    """Return whether two texts share most of their words and are as long; short ones are never alike."""
    enough = min(len(first.different), len(second.different)) >= FEW
    return enough and _are_of_one_length(first, second) and _share_most(first.different, second.different)


def retells(copy: Wording, text: Wording) -> bool:
    """Return whether the copy says what the text says, or one is a part of the other: with other words it does not.

    One feed has whole texts and another one excerpts, after which a word may lead to the rest. A text without words
    takes nothing from one that has some.
    """
    if not copy.count:
        return True
    is_part = _holds(text, copy) or _holds(copy, text)
    return is_part or (_are_of_one_length(copy, text) and _share_most(copy.different, text.different))


def differ_little(first: Wording, second: Wording) -> bool:
    """Return whether one has all words of the other and few more: who edits a text replaces some."""
    these, those = first.different, second.different
    return (these <= those or those <= these) and _share_most(these, those)


def _holds(text: Wording, part: Wording) -> bool:
    """Return whether the text has the words of the part, in its order: common words alone are in any long text."""
    if not part.pairs:
        return bool(part.count) and part.different <= text.different
    return len(part.pairs & text.pairs) >= PART * len(part.pairs)


def _are_of_one_length(first: Wording, second: Wording) -> bool:
    return min(first.count, second.count) >= ALIKE * max(first.count, second.count)


def _share_most(these: frozenset[str] | set[str], those: frozenset[str] | set[str]) -> bool:
    return len(these & those) >= ALIKE * len(these | those)
