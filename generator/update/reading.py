"""Parse and plan what servers answered for one author: `read_author`, which any process may run. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.errors import FeedError
from generator.feeds.parse import parse_response
from generator.models import Author, Feed, FeedFetch, FeedIdentity, FeedSource, PollHints, Post, Response
from generator.parallel import LimitError
from generator.plan import Plan, Terms, date_notes, facts, left_over, plan


@dataclass(frozen=True, kw_only=True)
class AuthorReading:
    """What came of an author's answers: the plan, and the reason for each feed that could not be read."""

    nick: str
    plan: Plan
    unreadable: tuple[tuple[FeedSource, str], ...] = ()
    notes: tuple[tuple[FeedSource, str], ...] = ()
    profiles: tuple[tuple[FeedSource, FeedIdentity, PollHints], ...] = ()
    """What each feed that could be read says of itself and of its rhythm."""
    vouched: bool = False
    """Whether a person has vouched for the feeds by an edit of the author file."""
    cut: frozenset[str] = frozenset()
    """Addresses of the feeds that broke off without their end."""
    excess: LimitError | None = None
    """The limit that reading exceeded."""


def read_author(
    author: Author,
    answers: Sequence[FeedFetch],
    posts: Sequence[Post],
    now: datetime,
    terms: Terms,
) -> AuthorReading:
    """Parse the answers and plan what they change in the `posts` of `author`.

    Of `terms`, this room fills in what feeds said of themselves before, unless a person has vouched for them.
    """
    feeds: list[tuple[FeedSource, Feed]] = []
    notes: list[tuple[FeedSource, str]] = []
    unreadable: list[tuple[FeedSource, str]] = []
    before: dict[str, FeedIdentity] = {}
    for answer in answers:
        try:
            feed = feed_of(answer, author)
        except FeedError as error:
            unreadable.append((answer.source, str(error)))
        else:
            feeds.append((answer.source, feed))
            before[answer.source.url] = answer.before
            over = left_over(feed.entries, answer.listed)
            notes += [(answer.source, note) for note in (*feed.notes, over, *date_notes(feed, now)) if note]
    return AuthorReading(
        nick=author.nick,
        plan=plan(author, feeds, posts, now, terms if terms.before is None else replace(terms, before=before)),
        unreadable=tuple(unreadable),
        notes=tuple(notes),
        profiles=tuple((source, facts(feed), feed.hints) for source, feed in feeds),
        cut=frozenset(source.url for source, feed in feeds if not feed.complete),
    )


def hold_together(readings: Sequence[AuthorReading]) -> list[AuthorReading]:
    """Return the readings without what they would take from a feed of which another member's reading takes nothing.

    A hold is of the address. Only for a member for whom a person has vouched, the feed is taken all the same.
    """
    nicks: dict[str, set[str]] = {}
    for reading in readings:
        for stop in reading.plan.stops:
            nicks.setdefault(stop.feed, set()).add(reading.nick)
    return [
        reading if reading.vouched else _without(reading, {url for url in nicks if nicks[url] - {reading.nick}})
        for reading in readings
    ]


def _without(reading: AuthorReading, held: Collection[str]) -> AuthorReading:
    held = {source.url for source, *_ in reading.profiles if source.url in held}
    left = tuple(change for change in reading.plan.changes if change.post.feed not in held)
    dropped = len(reading.plan.changes) - len(left)
    return replace(reading, plan=replace(reading.plan, changes=left, held=reading.plan.held + dropped))


def feed_of(answer: FeedFetch, author: Author) -> Feed:
    """Return the feed of an answer, with the entries of its older pages.

    Raises FeedError where its first one is none.
    """
    first, *older = (page(response, author) for response in (answer.response, *answer.older))
    names = {entry.identity for entry in first.entries}
    more = [entry for feed in older for entry in feed.entries if entry.identity not in names]
    entries = (*first.entries, *{entry.identity: entry for entry in reversed(more)}.values())
    return replace(
        first,
        entries=entries,
        unread_dates=tuple(text for feed in (first, *older) for text in feed.unread_dates),
        complete=first.complete and all(feed.complete for feed in older),
    )


def page(response: Response, author: Author) -> Feed:
    """Return what one response of a feed of `author` says. Raises FeedError."""
    return parse_response(response, zone=ZoneInfo(author.timezone or "UTC"))
