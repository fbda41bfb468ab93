"""The commits that touched posts/ → the life of each post. The door of this room. Pure."""

from generator.history.find import find
from generator.history.lives import (
    Act,
    Event,
    Life,
    Lives,
    Step,
    Texts,
    by_robot,
    chains,
    person,
    read_post,
)
from generator.history.tell import tell
from generator.history.words import Mark, Passage, Piece, compare, compare_words, count_words

__all__ = [
    "Act",
    "Event",
    "Life",
    "Lives",
    "Mark",
    "Passage",
    "Piece",
    "Step",
    "Texts",
    "by_robot",
    "chains",
    "compare",
    "compare_words",
    "count_words",
    "find",
    "person",
    "read_post",
    "tell",
]
