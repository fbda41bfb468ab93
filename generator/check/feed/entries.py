"""Preview what becomes of an entry: its post, the rules that touched it, what its Markdown lost (`examine`). Pure."""

import difflib
import re
from dataclasses import dataclass
from datetime import datetime

from generator import markup
from generator.models import Author, Entry, Feed, FeedSource, Post, dates
from generator.plan import plan

_ANYBODY = Author(nick="you", name="You", feeds=())
_BLOCK = re.compile(r"(?:\A|\n\n)<[a-z]")


@dataclass(frozen=True, kw_only=True)
class EntryPreview:
    """An entry and the post that it would become."""

    entry: Entry
    post: Post
    rules: tuple[str, ...]
    """Names of the cleaning rules that touched the text."""
    removals: tuple[markup.Removal, ...]
    """What each of them took away."""
    differences: tuple[str, ...]
    """Lines of a diff between the text as the feed has it and as the post shows it."""

    @property
    def html_blocks(self) -> int:
        """How many blocks of the Markdown are HTML, since Markdown cannot say them."""
        return len(_BLOCK.findall(self.post.body))


def examine(feed: Feed, url: str, now: datetime) -> list[EntryPreview]:
    """Return what becomes of each entry of a feed that a planet sees for the first time."""
    source = FeedSource(url=url, editions=())
    changes = plan(_ANYBODY, [(source, feed)], [], now).changes
    by_guid = {change.post.guid: change.post for change in changes}
    return [_patient(entry, by_guid[entry.guid], feed) for entry in feed.entries if entry.guid in by_guid]


def _patient(entry: Entry, post: Post, feed: Feed) -> EntryPreview:
    clean = markup.clean(entry.html, base=entry.base, title=post.title, metadata=markup.metadata_of(entry, feed))
    before, after = _lines(entry.html), _lines(markup.to_html(post.body))
    return EntryPreview(
        entry=entry,
        post=post,
        rules=clean.rules,
        removals=clean.removals,
        differences=tuple(difflib.unified_diff(before, after, "the feed's text", "the post's text", lineterm="", n=0)),
    )


def _lines(html: str) -> list[str]:
    """Return the visible text, one sentence or so a line."""
    return re.split(r"(?<=[.!?:。！？])\s+", markup.text(html)) if html else []


def format_entry(patient: EntryPreview) -> str:
    """Return one line for a list of entries."""
    post = patient.post
    parts = [dates.to_iso(post.date), repr(post.title)[1:-1] or f"({post.description[:60]})"]
    parts.append(f"{len(post.body.split())} words")
    if patient.rules:
        parts.append(f"cleaned: {', '.join(patient.rules)}")
    if patient.html_blocks:
        blocks = "a block" if patient.html_blocks == 1 else f"{patient.html_blocks} blocks"
        parts.append(f"{blocks} kept as HTML")
    if post.byline:
        parts.append(f"by {post.byline}")
    if post.excerpt:
        parts.append("an excerpt")
    return " · ".join(parts)
