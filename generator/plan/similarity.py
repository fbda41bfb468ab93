"""Two texts in Markdown → are they one text with a few words changed? Pure."""

ALIKE = 0.7
"""Share of the words of two texts that both have, from which on they are one."""
FEW = 20
"""Different words that a text must have to be compared at all."""


def alike(one: str, other: str) -> bool:
    """Whether they share most of their words, in whatever order; short texts are never alike."""
    these, those = set(one.casefold().split()), set(other.casefold().split())
    return min(len(these), len(those)) >= FEW and len(these & those) >= ALIKE * len(these | those)
