"""A planet → what others read: a list of its feeds, its data, or settings by which their tools read posts/."""

from generator.exporting import consumers, database
from generator.exporting.texts import as_json, opml

__all__ = ["as_json", "consumers", "database", "opml"]
