"""Read values of feedparser's dictionaries (`text`, `date_text`)."""

from typing import Any


def text(item: Any, key: str) -> str:
    """Return the text under `key`, without halves of characters; empty where there is none."""
    value = item.get(key)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def date_text(item: Any, key: str) -> str:
    """Return the text of a date that is there: feedparser's `get` gives `published` where `updated` is asked for."""
    return text(item, key) if key in item else ""
