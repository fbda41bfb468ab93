"""Read values of feedparser's dictionaries (`text`, `date_text`, `further_dates`)."""

from collections.abc import Iterator
from typing import Any

_FURTHER = ("dcterms_date", "dcterms_available", "dc_created", "dc_issued", "prism_publicationdate")
"""Elements in which few feeds date an item, by feedparser's names."""


def text(item: Any, key: str) -> str:
    """Return the text under `key`, without halves of characters; empty where there is none."""
    value = item.get(key)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def date_text(item: Any, key: str) -> str:
    """Return the text of a date that is there: feedparser's `get` gives `published` where `updated` is asked for."""
    return text(item, key) if key in item else ""


def further_dates(item: Any) -> Iterator[str]:
    """Yield what else may date an item, where its usual elements do not: a `<time>` may stand within one of them."""
    inner = item.get("time")
    yield text(inner, "datetime") if isinstance(inner, dict) else text(item, "time")
    yield from (text(item, key) for key in _FURTHER if key in item)
