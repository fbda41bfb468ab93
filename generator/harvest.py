"""What servers answered for one author → the changes it makes: parsing and planning, for any process. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.errors import FeedError
from generator.model import Answer, Author, Facts, Feed, FeedSource, Hints, Post, Response
from generator.parse import parse
from generator.plan import Plan, facts, plan


@dataclass(frozen=True, kw_only=True)
class Yield:
    """What came of an author's answers: the plan, and the reason for each feed that could not be read."""

    nick: str
    plan: Plan
    unreadable: tuple[tuple[FeedSource, str], ...] = ()
    notes: tuple[tuple[FeedSource, str], ...] = ()
    told: tuple[tuple[FeedSource, Facts, Hints], ...] = ()
    """What each feed that could be read says of itself and of its rhythm."""


def bring_in(
    author: Author,
    answers: Sequence[Answer],
    known: Sequence[Post],
    now: datetime,
    vouched: bool,
    digests: Mapping[str, str],
) -> Yield:
    """Parses the answers and plans what they change in the `known` posts of `author`.

    `digests` are those of entries that were read before. No feed is stopped for what it looks like where a person has
    `vouched` for the author's feeds.
    """
    feeds: list[tuple[FeedSource, Feed]] = []
    unreadable: list[tuple[FeedSource, str]] = []
    before: dict[str, Facts] = {}
    for answer in answers:
        try:
            feed = read(answer, author)
        except FeedError as error:
            unreadable.append((answer.source, str(error)))
        else:
            feeds.append((answer.source, feed))
            before[answer.source.url] = answer.before
    return Yield(
        nick=author.nick,
        plan=plan(author, feeds, known, now, before=None if vouched else before, digests=digests),
        unreadable=tuple(unreadable),
        notes=tuple((source, note) for source, feed in feeds for note in feed.notes),
        told=tuple((source, facts(feed), feed.hints) for source, feed in feeds),
    )


def read(answer: Answer, author: Author) -> Feed:
    """The feed of an answer, with the entries of its older pages. Raises FeedError where its first one is none."""
    first, *older = (page(response, author) for response in (answer.response, *answer.older))
    known = {entry.guid for entry in first.entries}
    more = [entry for feed in older for entry in feed.entries if entry.guid not in known]
    return replace(first, entries=(*first.entries, *{entry.guid: entry for entry in reversed(more)}.values()))


def page(response: Response, author: Author) -> Feed:
    """What one response of a feed of `author` tells. Raises FeedError."""
    return parse(
        response.body,
        url=response.final_url,
        content_type=response.headers.get("content-type", ""),
        zone=ZoneInfo(author.timezone or "UTC"),
    )
