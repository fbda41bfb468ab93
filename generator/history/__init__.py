"""The commits that touched posts/ → the life of each post. The door of this room. Pure."""

from generator.history.find import find
from generator.history.lives import (
    ROBOT,
    Act,
    Event,
    Life,
    Step,
    Texts,
    chains,
    life,
    lives,
    person,
    read_post,
    robots,
)
from generator.history.tell import tell
from generator.history.words import Mark, Passage, Piece, compare, compare_words

__all__ = [
    "ROBOT",
    "Act",
    "Event",
    "Life",
    "Mark",
    "Passage",
    "Piece",
    "Step",
    "Texts",
    "chains",
    "compare",
    "compare_words",
    "find",
    "life",
    "lives",
    "person",
    "read_post",
    "robots",
    "tell",
]
