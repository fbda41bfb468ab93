"""A planet → what others read: a list of its feeds, its data, or settings by which their tools read posts/."""

from generator.archive.export import generators as consumers
from generator.archive.export import sqlite as database
from generator.archive.export.documents import as_json, opml

__all__ = ["as_json", "consumers", "database", "opml"]
