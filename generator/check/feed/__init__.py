"""Examine a feed: what is good and bad about it, in sentences that its author understands (`visit`, `findings`)."""

from generator.check.feed.entries import EntryPreview, examine, format_entry
from generator.check.feed.findings import FeedFinding, findings, kind_of, losses
from generator.check.feed.visit import FeedVisit, open_file, visit, visit_all

__all__ = [
    "EntryPreview",
    "FeedFinding",
    "FeedVisit",
    "examine",
    "findings",
    "format_entry",
    "kind_of",
    "losses",
    "open_file",
    "visit",
    "visit_all",
]
