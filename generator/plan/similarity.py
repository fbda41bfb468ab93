"""Compare two texts in Markdown that may be one with a few words changed. Pure. Main function: `alike`."""

ALIKE = 0.7
"""Share of the words of two texts that both have, from which on they are one."""
FEW = 20
"""Different words that a text must have to be compared at all."""


def alike(first: str, second: str) -> bool:
    """Return whether they share most of their words, in whatever order; short texts are never alike."""
    these, those = set(first.casefold().split()), set(second.casefold().split())
    return min(len(these), len(those)) >= FEW and len(these & those) >= ALIKE * len(these | those)
