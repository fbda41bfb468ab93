"""Strangers' HTML into clean HTML, Markdown of record, and sanitised HTML for pages. The door of this room. Pure."""

from generator.markup.thin import (
    Cleaned,
    clean,
    description,
    fold,
    signature,
    text,
    title,
    to_html,
    to_markdown,
)

__all__ = ["Cleaned", "clean", "description", "fold", "signature", "text", "title", "to_html", "to_markdown"]
