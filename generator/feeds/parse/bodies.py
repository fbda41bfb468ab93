"""Choose the text of an entry among all that its feed gives (`bodies`), as HTML (`to_html`)."""

import html
import re
from typing import Any

from generator.feeds.parse.jsonfeed import paragraphs
from generator.feeds.parse.values import text


def bodies(item: Any) -> tuple[Any, Any]:
    """Return the fullest text (HTML before plain text, content before summary, then the longest) and the other one."""
    contents = [part for part in item.get("content") or () if part.get("value") and _is_text(part)]
    best: Any = max(contents, key=lambda part: (not _is_plain(part), len(part["value"])), default={})
    summary = item.get("summary_detail") or {}
    if best and summary.get("value") == best["value"]:
        return best, {}
    fuller = _is_plain(best) and not _is_plain(summary) and len(text(summary, "value")) > len(best["value"])
    return (summary, best) if fuller or not best else (best, summary)


def _is_text(part: Any) -> bool:
    return bool(re.match(r"text/|$|.*(html|xml)$", text(part, "type"))) or "<" in part["value"]


def _is_plain(part: Any) -> bool:
    return text(part, "type") == "text/plain"


def to_html(part: Any) -> str:
    """Return the text of one part as HTML: paragraphs where it is plain."""
    value = text(part, "value")
    if part.get("type") == "text/plain" or (not re.search(r"<[a-z!/]", value, re.IGNORECASE) and "\n\n" in value):
        return paragraphs(html.unescape(value) if part.get("type") != "text/plain" else value)
    return value
