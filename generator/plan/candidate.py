"""Entries as this planet takes them from a feed: comparable, but not yet posts. Pure. Main function: `draft`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator import markup
from generator.models import (
    Author,
    Enclosure,
    Entry,
    Feed,
    FeedSource,
    When,
    page_url,
    safe_url,
    without_tracking,
)
from generator.plan import filters, language
from generator.plan.attachments import attachments
from generator.plan.content import CandidateText

MAX_TAGS, MAX_TAG = 20, 50


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry, its small texts cleaned. What takes long is made only when somebody asks."""

    guid: str
    content: CandidateText
    excerpt: bool
    published: When | None
    updated: When | None
    tags: tuple[str, ...]
    stated_language: str
    """What the author file says of the feed's language."""
    languages: tuple[str, str, str]
    """What entry, feed and author say of theirs."""
    byline: str | None = None
    """Who wrote it where that is somebody else than the member, else empty; None where the feed names nobody."""
    rights: str
    comments: str
    enclosures: tuple[Enclosure, ...]
    editions: tuple[str, ...]
    feed: str
    first_reading: bool = False
    """Whether the feed was never read before."""
    others: tuple["Candidate", ...] = ()
    """What else the author's feeds tell of the same post: under other GUIDs, or in another feed."""

    @property
    def attachments(self) -> tuple[Enclosure, ...]:
        """The files that come with it and that its text does not show."""
        return attachments(self.enclosures, self.content.html, self.title)

    @property
    def link(self) -> str:
        """Its page, without what only tracks or counts readers; empty where it has none."""
        return page_url(self.content.link)

    @property
    def title(self) -> str:
        """Plain."""
        return self.content.title

    @property
    def guids(self) -> tuple[str, ...]:
        """Every GUID under which the feeds tell it, its own first."""
        return tuple(dict.fromkeys((self.guid, *(other.guid for other in self.others))))

    @property
    def language(self) -> str:
        """The language tag that was told; empty where none was."""
        return self.stated_language or language.first_tag(*self.languages)

    def unsaid(self) -> str:
        """Return the beginning of the text, where that must be asked for the language; else nothing."""
        text = "" if self.stated_language else markup.text(self.content.html)[: language.LOOKED_AT]
        return text if language.is_unsure(text, self.language) else ""


@dataclass(frozen=True, kw_only=True)
class MemberFeed:
    """A feed as a member lists it."""

    author: Author
    source: FeedSource
    feed: Feed


def draft(entry: Entry, origin: MemberFeed, digests: Mapping[str, str]) -> Candidate | None:
    """Return the entry as this planet takes it from this feed, or None where the feed's filters leave it out.

    `digests` are those of `CandidateText`.
    """
    author, source, feed = origin.author, origin.source, origin.feed
    entry = _distrusted(entry, source)
    title, link = markup.title(entry.title, plain=entry.plain_title), without_tracking(entry.link)
    metadata = markup.metadata_of(entry, feed, (author.name, author.nick))
    content = CandidateText(entry=entry, title=title, link=link, full=source.full, metadata=metadata, digests=digests)
    tags = _tags((*entry.tags, *source.tags))
    if not (title or entry.link or entry.enclosures or content.clean) or not _is_wanted(source, content, tags):
        return None
    return Candidate(
        guid=entry.guid,
        content=content,
        excerpt=entry.excerpt or not source.full,
        published=entry.published,
        updated=entry.updated,
        tags=tags,
        stated_language=source.language,
        languages=(entry.language, feed.language, author.language),
        rights=safe_url(entry.rights) or markup.title(entry.rights) or author.licence,
        comments=without_tracking(entry.comments),
        enclosures=tuple(file for file in entry.enclosures if file.url),
        editions=source.editions,
        feed=source.url,
    )


def _is_wanted(source: FeedSource, content: CandidateText, tags: tuple[str, ...]) -> bool:
    texts = filters.EntryTexts(
        entry=content.entry,
        title=content.title,
        link=content.link,
        tags=tags,
        read_body=lambda: markup.text(content.clean),
    )
    return filters.is_wanted(source, texts)


def _distrusted(entry: Entry, source: FeedSource) -> Entry:
    """Return the entry without the fields that the author file says to ignore."""
    if not source.trust:
        return entry
    empty = Entry(guid=entry.link or entry.guid, link="", title="", html="", base="")
    nameless = entry.nameless or "guid" in source.trust
    names = ("authors" if name == "author" else name for name in source.trust)
    return replace(entry, **{name: getattr(empty, name) for name in names}, nameless=nameless)


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for tag in tags:
        name = markup.title(tag)[:MAX_TAG].strip()
        if name and len(names) < MAX_TAGS:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())
