"""Parse the bytes that a server sent as a Feed; a FeedError says in plain words why not. Main function: `parse`."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, tzinfo

from generator.errors import FeedError
from generator.feeds.parse import decode, excerpts, jsonfeed, media, mend, webpage, xml
from generator.feeds.parse.webpage import announced, is_of_comments
from generator.models import Entry, Feed, Response, page_guid, url_key

__all__ = ["MAX_BODY", "MAX_ENTRIES", "announced", "is_of_comments", "parse", "parse_response"]

MAX_ENTRIES = 500
"""Entries of one feed that are read: the newest, or the first where not all are dated."""
MAX_BODY = 1024 * 1024
"""Characters of one entry's HTML that are read. A long text full of formulas has half of that."""
_DATA = re.compile(r"(?<=[\"'])data:[^\"']{100,}(?=[\"'])", re.IGNORECASE)
"""Files within the text: they are not kept, and make most of what is too long."""


def parse(body: bytes, *, url: str, content_type: str = "", zone: tzinfo = UTC) -> Feed:
    """Return the feed in `body`, which came from `url`. Raises FeedError where there is none.

    Texts stay as the feed wrote them; only addresses are made absolute. Times without a zone are times of `zone`.
    """
    text, notes = decode.decode(body, content_type)
    if not text.strip():
        raise FeedError(f"{url} answered with an empty page; check that the feed is still made there")
    if jsonfeed.looks_like(text):
        feed = jsonfeed.read(jsonfeed.mend(text), url, zone)
    else:
        feed = xml.read(mend.prepare(text), url, zone)
    if feed is None:
        raise FeedError(webpage.explain(text, url))
    return _limited(replace(feed, notes=(*notes, *feed.notes)))


def parse_response(response: Response, *, zone: tzinfo = UTC) -> Feed:
    """Return the feed that a server gave. Raises FeedError where it gave none."""
    kind = response.headers.get("content-type", "")
    return parse(response.body, url=response.final_url, content_type=kind, zone=zone)


def _limited(feed: Feed) -> Feed:
    notes = list(feed.notes)
    if len(feed.entries) > MAX_ENTRIES:
        notes.append(f"it has {len(feed.entries)} entries; the newest {MAX_ENTRIES} were read")
    entries = []
    for entry in _named(_newest(feed.entries)):
        html = _without_files(entry.html)
        if entry.former_html is not None:
            former = _without_files(entry.former_html)
            entry = replace(entry, former_html=former if len(former) <= MAX_BODY else entry.summary[:MAX_BODY])
        if len(html) > MAX_BODY:
            notes.append(
                f"the entry {entry.guid[:100]!r} is over {MAX_BODY // 1024} KiB of text: only its summary was read"
            )
            entries.append(replace(entry, html=entry.summary[:MAX_BODY], excerpt=True))
        else:
            entries.append(replace(entry, html=html))
    return replace(feed, entries=_distinct(excerpts.marked(media.without_logos(entries), feed)), notes=tuple(notes))


def _without_files(html: str) -> str:
    return _DATA.sub("data:", html) if len(html) > MAX_BODY else html


def _newest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return no more than `MAX_ENTRIES` of them, in their order: some feeds begin with the oldest."""
    dates = sorted((_newness(entry) for entry in entries), reverse=True)
    if len(entries) > MAX_ENTRIES and all(dates):
        entries = tuple(entry for entry in entries if _newness(entry) >= dates[MAX_ENTRIES - 1])
    return entries[:MAX_ENTRIES]


def _named(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return the entries, named by their links where one GUID stands for several pages: some programs give all the
    same.

    Those without a GUID that share their link are named by that and their title.
    """
    pages: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        pages[entry.guid].add((url_key(entry.link), entry.title))
        if entry.nameless and entry.link:
            sharing[entry.link].add(page_guid(entry))
    return [replace(entry, guid=_name(entry, pages[entry.guid], sharing)) for entry in entries]


def _name(entry: Entry, pages: set[tuple[str, str]], sharing: Mapping[str, Collection[str]]) -> str:
    if entry.nameless and len(sharing.get(entry.link, ())) > 1:
        return page_guid(entry)
    return entry.link or entry.guid if _many(pages) else entry.guid


def _many(pages: set[tuple[str, str]]) -> bool:
    """Return whether there are two that share neither link nor title."""
    return min(len({link for link, _ in pages}), len({title for _, title in pages})) > 1


def _distinct(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return one entry a GUID: the one updated last, else the first."""
    by_guid: dict[str, Entry] = {}
    for entry in entries:
        other = by_guid.get(entry.guid)
        if other is None or _newness(entry) > _newness(other):
            by_guid[entry.guid] = entry
    return tuple(by_guid.values())


def _newness(entry: Entry) -> str:
    when = entry.updated or entry.published
    return when.isoformat() if when else ""
