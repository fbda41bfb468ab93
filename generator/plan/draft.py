"""An entry as a feed tells it → a Draft: cleaned, comparable, not yet a post. Pure."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape

from generator import language, markup
from generator.model import Author, Enclosure, Entry, Feed, FeedSource, Post, When
from generator.urls import without_tracking

MAX_TAGS, MAX_TAG = 20, 50
DESCRIPTION = 300
"""Characters of a description."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry after cleaning. What takes long and is not compared is made only when something is to be written."""

    guid: str
    link: str
    title: str
    html: str
    """HTML of record: sanitised, addresses absolute."""
    summary: str
    """HTML, as the feed wrote it."""
    base: str
    digest: str
    excerpt: bool
    published: When | None
    updated: When | None
    tags: tuple[str, ...]
    told_language: str
    """What the author file says of the feed's language."""
    languages: tuple[str, str, str]
    """What entry, feed and author say of theirs."""
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

    def language(self) -> str:
        """The language tag, told or guessed; empty where neither is sure."""
        return self.told_language or language.of(markup.text(self.html), *self.languages)

    def description(self) -> str:
        """The feed's own summary, or the first plain sentences."""
        return _description(self.summary, self.base, self.html)


def draft(entry: Entry, feed: Feed, source: FeedSource, author: Author) -> Draft | None:
    """The entry as this planet takes it from this feed, or None where the feed's filters leave it out."""
    entry = _distrusted(entry, source)
    title = markup.title(entry.title)
    clean = markup.clean(entry.html, base=entry.base, title=title).html
    tags = _tags((*entry.tags, *source.tags))
    if not _wanted(source, lambda: "\n".join((title, markup.text(clean), *tags))):
        return None
    if not (title or clean or entry.link or entry.enclosures):
        return None
    html, link = clean if source.full else _excerpt(entry, clean), without_tracking(entry.link)
    return Draft(
        guid=entry.guid,
        link=link,
        title=title,
        html=html,
        summary=entry.summary,
        base=entry.base,
        digest=_digest(title, html, link),
        excerpt=entry.excerpt or not source.full,
        published=entry.published,
        updated=entry.updated,
        tags=tags,
        told_language=source.language,
        languages=(entry.language, feed.language, author.language),
        rights=markup.title(entry.rights) or author.licence,
        enclosures=tuple(file for file in entry.enclosures if file.url),
        editions=source.editions,
        feed=source.url,
    )


def _excerpt(entry: Entry, clean: str) -> str:
    return markup.clean(f"<p>{escape(_description(entry.summary, entry.base, clean))}</p>", base=entry.base).html


def _distrusted(entry: Entry, source: FeedSource) -> Entry:
    """The entry without the fields that the author file says to ignore."""
    if not source.trust:
        return entry
    empty = Entry(guid=entry.link or entry.guid, link="", title="", html="", base="")
    return replace(entry, **{name: getattr(empty, name) for name in source.trust})


def _wanted(source: FeedSource, read: Callable[[], str]) -> bool:
    if not (source.include or source.exclude):
        return True
    text = read()
    if source.include and not any(re.search(pattern, text) for pattern in source.include):
        return False
    return not any(re.search(pattern, text) for pattern in source.exclude)


def digest_of(post: Post) -> str:
    """The digest of a post in its file: equal to that of its draft until a person edits the file."""
    return _digest(post.title, markup.to_html(post.body), post.canonical_url)


def _digest(title: str, html: str, page: str) -> str:
    """What a reader would notice, as 32 hex digits: title, text, link targets, images; no dates, ids or white space.

    Places within its own page do not count: some programs name them anew whenever they write it.
    """
    noticed = markup.signature(html)
    if page:
        noticed = re.sub(re.escape(page) + r"#\S*", page, noticed)
    return hashlib.sha256(f"{title}\n{noticed}".encode("utf-8", "replace")).hexdigest()[:32]


def _description(summary: str, base: str, clean: str) -> str:
    told = markup.text(markup.clean(summary, base=base).html) if summary else ""
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
