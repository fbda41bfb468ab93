"""An entry as a feed tells it → a Draft: cleaned, comparable, not yet a post. Pure."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from generator import language, markup
from generator.model import Author, Enclosure, Entry, Feed, FeedSource, When
from generator.urls import without_tracking

MAX_TAGS, MAX_TAG = 20, 50
DESCRIPTION = 300
"""Characters of a description."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry after cleaning. Its Markdown is made only when something is to be written."""

    guid: str
    link: str
    title: str
    html: str
    """HTML of record: sanitised, addresses absolute."""
    digest: str
    description: str
    excerpt: bool
    published: When | None
    updated: When | None
    tags: tuple[str, ...]
    language: str
    rights: str
    enclosures: tuple[Enclosure, ...]
    editions: tuple[str, ...]
    feed: str
    others: tuple["Draft", ...] = ()
    """What else the author's feeds tell of the same post: under other GUIDs, or in another feed."""

    @property
    def guids(self) -> tuple[str, ...]:
        """Every GUID under which the feeds tell it, its own first."""
        return tuple(dict.fromkeys((self.guid, *(other.guid for other in self.others))))

    def body(self) -> str:
        """The Markdown of record."""
        return markup.to_markdown(self.html).strip("\n")


def draft(entry: Entry, feed: Feed, source: FeedSource, author: Author) -> Draft | None:
    """The entry as this planet takes it from this feed, or None where the feed's filters leave it out."""
    entry = _distrusted(entry, source)
    title = markup.title(entry.title)
    clean = markup.clean(entry.html, base=entry.base, title=title).html
    tags, text = _tags((*entry.tags, *source.tags)), markup.text(clean)
    if not _wanted(source, "\n".join((title, text, *tags))):
        return None
    if not (title or clean or entry.link or entry.enclosures):
        return None
    description = _description(entry, clean)
    html = clean if source.full else markup.clean(f"<p>{escape(description)}</p>", base=entry.base).html
    return Draft(
        guid=entry.guid,
        link=without_tracking(entry.link),
        title=title,
        html=html,
        digest=_digest(title, html),
        description=description,
        excerpt=entry.excerpt or not source.full,
        published=entry.published,
        updated=entry.updated,
        tags=tags,
        language=source.language or language.of(text, entry.language, feed.language, author.language),
        rights=markup.title(entry.rights) or author.licence,
        enclosures=tuple(file for file in entry.enclosures if file.url),
        editions=source.editions,
        feed=source.url,
    )


def _distrusted(entry: Entry, source: FeedSource) -> Entry:
    """The entry without the fields that the author file says to ignore."""
    if not source.trust:
        return entry
    empty = Entry(guid=entry.link or entry.guid, link="", title="", html="", base="")
    return replace(entry, **{name: getattr(empty, name) for name in source.trust})


def _wanted(source: FeedSource, text: str) -> bool:
    if source.include and not any(re.search(pattern, text) for pattern in source.include):
        return False
    return not any(re.search(pattern, text) for pattern in source.exclude)


def digest_of(title: str, markdown: str) -> str:
    """The digest of a post in its file: equal to that of its draft until a person edits the file."""
    return _digest(title, markup.to_html(markdown))


def _digest(title: str, html: str) -> str:
    """What a reader would notice, as 32 hex digits: title, text, link targets, images; no dates, ids or white space."""
    return hashlib.sha256(f"{title}\n{markup.signature(html)}".encode("utf-8", "replace")).hexdigest()[:32]


def _description(entry: Entry, clean: str) -> str:
    told = markup.text(markup.clean(entry.summary, base=entry.base).html) if entry.summary else ""
    return markup.description(clean, limit=DESCRIPTION) if len(told) < 20 else _cut(told)


def _cut(text: str) -> str:
    if len(text) <= DESCRIPTION:
        return text
    return text[:DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for tag in tags:
        name = markup.title(tag)[:MAX_TAG].strip()
        if name and len(kept) < MAX_TAGS:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())
