"""Read titles (`read_title`), and say how the release before this one read them (`title_fields`)."""

import html
import re
from typing import Any

from generator import markup
from generator.feeds.parse.handlers import EntryParts
from generator.feeds.parse.values import text

_SPECIAL = re.compile(r"[<>&]")
_ESCAPED = re.compile(r"(?=[^<>]*&(?:quot|apos|#\d{2,5}|#x[\da-fA-F]{2,4});)[^<>]*")
"""A text whose quotation marks or dashes a program escaped: no person writes them so beside bare signs."""


def title_as_html(item: Any) -> str:
    """Return the title as HTML: what feedparser takes for plain text is escaped."""
    value = text(item, "title")
    plain = text(item.get("title_detail") or {}, "type") == "text/plain"
    return html.escape(value, quote=False) if plain and re.search(r"[<>]", value) else value


def read_title(item: Any, parts: EntryParts) -> dict[str, Any]:
    """Return the fields of an entry that tell its title.

    A title of Atom is text unless it says otherwise (https://www.rfc-editor.org/rfc/rfc4287#section-3.1.1); one of RSS
    may be anything. What a file is called is no title of the entry; what a group of its versions is called may be.
    """
    former = title_as_html(item)
    if not any(part["value"] for part in parts.own("title")):
        scopes = [parts.media, *(scope for scope in parts.media.inner if scope.is_group)]
        part = next((scope.title for scope in scopes if scope.title), {})
        value = text(part, "value")
        plain = text(part, "type") == "text/plain"
        return title_fields(value, former, plain=plain)
    plain = parts.is_atom and text(item.get("title_detail") or {}, "type") == "text/plain"
    return title_fields(text(item, "title") if plain else former, former, plain=plain)


def title_fields(title: str, former: str, *, plain: bool) -> dict[str, Any]:
    """Return the fields of an entry that tell its title, which was read as the HTML `former` before this release.

    Some programs escape what is plain by its format: the reference to a quotation mark in it says so.
    """
    if plain and _ESCAPED.fullmatch(title):
        title = html.unescape(title)
    fields: dict[str, Any] = {"title": title, "plain_title": plain}
    if title != former or _SPECIAL.search(title):
        before = markup.former_title(former)
        if before != markup.title(title, plain=plain):
            fields["former_title"] = before
    return fields
