"""What an author's feeds change in the archive: entries and known posts in, Changes out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from generator import language, posts
from generator.model import Author, Change, Facts, Feed, FeedSource, Post
from generator.plan.change import change
from generator.plan.draft import Draft, draft
from generator.plan.guard import facts, suspicion
from generator.plan.match import match
from generator.plan.merge import merge

__all__ = ["Plan", "Stop", "facts", "plan", "spoken"]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A feed of which nothing is published until a person has looked at it."""

    feed: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one author's feeds change, oldest post first, and what a person should know about it."""

    changes: tuple[Change, ...] = ()
    held: int = 0
    """Changes seen upstream and not applied, each told in a note or a stop."""
    notes: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    digests: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    """Of each feed, by address, what digests came of its entries, by fingerprint: for the next run."""


def plan(
    author: Author,
    feeds: Iterable[tuple[FeedSource, Feed]],
    known: Sequence[Post],
    now: datetime,
    *,
    before: Mapping[str, Facts] | None = None,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """The changes that `feeds` of `author` make to the `known` posts of that author, seen at `now`.

    What a feed no longer lists is left alone: absence is never a deletion. A feed that floods or that has become
    another one since `before` (by address) is stopped, and one whose entries are the same says nothing new; with None
    for `before` a person has vouched for all of them. `digests` are those of entries that were read before.
    """
    drafts: list[Draft] = []
    stops: list[Stop] = []
    made: dict[str, Mapping[str, str]] = {}
    held = 0
    for source, feed in sorted(feeds, key=lambda each: _place(author, each[0])):
        was = before.get(source.url, Facts()) if before is not None else None
        if was and was.entries == facts(feed).entries:
            continue
        told = [each for each in (draft(entry, feed, source, author, digests) for entry in feed.entries) if each]
        reason = suspicion(feed, told, known, source, was, now) if was else ""
        if reason:
            stops.append(Stop(feed=source.url, reason=reason))
            held += len(told)
        else:
            drafts.extend(told)
            made[source.url] = {one.content.fingerprint: one.content.digest for one in told if not one.content.is_empty}
    found = [change(each, post, author, now) for each, post in match(merge(drafts, known), known)]
    notes = tuple(note for _, note in found if note)
    changes = sorted((each for each, _ in found if each), key=lambda each: posts.age(each.post))
    return Plan(changes=tuple(changes), held=held + len(notes), notes=notes, stops=tuple(stops), digests=made)


def spoken(change: Change) -> Change:
    """The change with its language, guessed where nobody told it for sure.

    That is no part of `plan`: what a guess needs takes long to load, and most changes need none.
    """
    if not change.unsaid:
        return change
    tag = language.guess(change.unsaid) or change.post.lang
    return replace(change, post=replace(change.post, lang=tag), unsaid="")


def _place(author: Author, source: FeedSource) -> int:
    """Where the author file names the feed: answers come in any order, and the result must not depend on it."""
    return author.feeds.index(source) if source in author.feeds else len(author.feeds)
