"""The commits that touched posts/ → the life of each post. The door of this room. Pure."""

from generator.archive.history.diff import Mark, Passage, Piece, compare, compare_words, count_words
from generator.archive.history.find import find
from generator.archive.history.format import tell
from generator.archive.history.timeline import Act, Event, Life, Lives, Step, Texts, by_robot, chains, person, read_post

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
