"""Decide what an author's feeds change in the archive. Pure. Main function: `plan`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from generator.models import Author, Change, Feed, FeedIdentity, FeedSource, Post, dates
from generator.plan import language
from generator.plan.byline import bylines
from generator.plan.candidate import Candidate, MemberFeed, draft
from generator.plan.changes import change, renamed_only
from generator.plan.dating import date_notes, is_first_reading
from generator.plan.duplicates import drop_duplicates
from generator.plan.filters import is_by, left_over, name_list, writers_of
from generator.plan.flapping import RecordedRevision, RevisionVerdict, verdict
from generator.plan.match import match
from generator.plan.merge import merge
from generator.plan.shrinkage import MANY, loses_text
from generator.plan.suspicion import facts, suspicion
from generator.plan.withdrawn import keep_away

__all__ = [
    "MANY",
    "Candidate",
    "MemberFeed",
    "Plan",
    "RecordedRevision",
    "RevisionVerdict",
    "Stop",
    "Terms",
    "change",
    "date_notes",
    "draft",
    "drop_duplicates",
    "facts",
    "is_by",
    "keep_away",
    "language",
    "left_over",
    "loses_text",
    "match",
    "merge",
    "name_list",
    "plan",
    "renamed_only",
    "suspicion",
    "verdict",
    "with_guessed_language",
    "writers_of",
]


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
    """Changes seen upstream and not applied, each told in a stop."""
    stops: tuple[Stop, ...] = ()
    digests: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    """Of each feed, by address, what digests came of its entries, by fingerprint: for the next run."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What else a plan is made by."""

    before: Mapping[str, FeedIdentity] | None = None
    """What each feed, by address, said of itself when it was last believed; None where a person vouches for all."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Those of entries that were read before, by fingerprint."""
    reconvert: bool = False
    """Posts that say what their feed says are converted again where that gives a better text."""


def plan(
    author: Author,
    feeds: Iterable[tuple[FeedSource, Feed]],
    posts: Sequence[Post],
    now: datetime,
    terms: Terms | None = None,
) -> Plan:
    """Return the changes that `feeds` of `author` make to the archive's `posts` of that author, seen at `now`.

    What a feed no longer lists is left alone: absence is never a deletion. A feed that floods, that has become another
    one, or that takes most of the text of several posts away at once is stopped, unless a person vouches for it; one
    whose entries are the same says nothing new; of one that breaks off nothing but new posts is taken.
    """
    terms = terms or Terms()
    drafts: list[Candidate] = []
    stops: list[Stop] = []
    held = 0
    for source, feed in sorted(feeds, key=lambda pair: _place(author, pair[0])):
        origin = MemberFeed(author=author, source=source, feed=feed)
        was = terms.before.get(source.url, FeedIdentity()) if terms.before is not None else None
        if was and was.entries == facts(feed).entries:
            continue
        candidates = _drafts(origin, posts, terms)
        reason = suspicion(origin, candidates, posts, was, now) if was else ""
        if reason:
            stops.append(Stop(feed=source.url, reason=reason))
            held += len(candidates)
        else:
            drafts.extend(candidates if feed.complete else _new(candidates, posts))
    matched = match(merge(drafts, posts), posts)
    made = (change(candidate, post, author, now, reconvert=terms.reconvert) for candidate, post in matched)
    changes = sorted((item for item in made if item), key=lambda item: dates.sort_key(item.post))
    damage = _damage(changes) if terms.before is not None else []
    damaged = {stop.feed for stop in damage}
    left = tuple(item for item in changes if item.post.feed not in damaged)
    return Plan(
        changes=left,
        held=held + len(changes) - len(left),
        stops=(*stops, *damage),
        digests=_digests(candidate for candidate in drafts if candidate.feed not in damaged),
    )


def _drafts(origin: MemberFeed, posts: Sequence[Post], terms: Terms) -> list[Candidate]:
    author, source, feed = origin.author, origin.source, origin.feed
    byline_of = bylines(origin, is_group=_has_bylines(source, posts))
    drafts: list[Candidate] = []
    for entry in feed.entries:
        candidate = draft(entry, origin, terms.digests)
        if candidate:
            drafts.append(replace(candidate, byline="" if "author" in source.trust else byline_of(entry)))
    before = terms.before.get(source.url) if terms.before is not None else None
    if is_first_reading(source.url, drafts, author, posts, before):
        return [replace(candidate, first_reading=True) for candidate in drafts]
    return drafts


def _has_bylines(source: FeedSource, posts: Iterable[Post]) -> bool:
    return any(post.byline for post in posts if post.feed == source.url)


def _new(drafts: Sequence[Candidate], posts: Sequence[Post]) -> list[Candidate]:
    """Return the drafts that are none of the `posts`."""
    matched = match(merge(drafts, posts), posts)
    return [candidate for candidate, post in matched if post is None]


def _damage(changes: Iterable[Change]) -> list[Stop]:
    """Return a stop for each feed that takes most of the text of `MANY` posts away at once: that is no author's
    doing.
    """
    count = Counter(item.post.feed for item in changes if item.shrinks)
    return [
        Stop(feed=feed, reason=f"{number} of its posts would lose most of their text at once")
        for feed, number in count.items()
        if number >= MANY
    ]


def _digests(drafts: Iterable[Candidate]) -> dict[str, dict[str, str]]:
    """Return what was made of the text of each entry; its own digest always, for the next run to know it by."""
    made: dict[str, dict[str, str]] = {}
    for candidate in drafts:
        if not candidate.content.is_empty:
            own = {candidate.content.fingerprint: candidate.content.digest}
            made.setdefault(candidate.feed, {}).update(candidate.content.made_digests() | own)
    return made


def with_guessed_language(change: Change) -> Change:
    """Return the change with its language, guessed where nobody told it for sure.

    That is no part of `plan`: what a guess needs takes long to load, and most changes need none.
    """
    if not change.unsaid:
        return change
    tag = language.guess(change.unsaid) or change.post.lang
    return replace(change, post=replace(change.post, lang=tag), unsaid="")


def _place(author: Author, source: FeedSource) -> int:
    """Return where the author file names the feed: answers come in any order, and the result must not depend on it."""
    return author.feeds.index(source) if source in author.feeds else len(author.feeds)
