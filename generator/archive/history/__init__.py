"""The history of each post, read from the commits that touched posts/ (`Timelines`). A door of its own. Pure."""

from generator.archive.history.diff import DiffMark, DiffPiece, Passage, compare, compare_words, count_words
from generator.archive.history.find import find
from generator.archive.history.format import format_history
from generator.archive.history.timeline import (
    EventKind,
    HistoryEvent,
    HistoryStep,
    PostHistory,
    PostTexts,
    Timelines,
    by_robot,
    chains,
    moves,
    person,
    read_post,
)

__all__ = [
    "DiffMark",
    "DiffPiece",
    "EventKind",
    "HistoryEvent",
    "HistoryStep",
    "Passage",
    "PostHistory",
    "PostTexts",
    "Timelines",
    "by_robot",
    "chains",
    "compare",
    "compare_words",
    "count_words",
    "find",
    "format_history",
    "moves",
    "person",
    "read_post",
]
