"""Export a planet: its feeds as OPML, its data as JSON or SQLite, or settings by which site generators read posts/."""

from generator.archive.export import generators as consumers
from generator.archive.export import sqlite as database
from generator.archive.export.documents import as_json, opml

__all__ = ["as_json", "consumers", "database", "opml"]
