"""What servers answered for one author → the changes it makes: parsing and planning, for any process. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.errors import FeedError
from generator.model import Author, Feed, FeedSource, Post, Response
from generator.parse import parse
from generator.plan import Plan, plan


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A new body for one feed of an author."""

    source: FeedSource
    response: Response


@dataclass(frozen=True, kw_only=True)
class Yield:
    """What came of an author's answers: the plan, and the reason for each feed that could not be read."""

    nick: str
    plan: Plan
    unreadable: tuple[tuple[FeedSource, str], ...] = ()
    notes: tuple[tuple[FeedSource, str], ...] = ()


def bring_in(author: Author, answers: Sequence[Answer], known: Sequence[Post], now: datetime) -> Yield:
    """Parses the answers and plans what they change in the `known` posts of `author`."""
    feeds: list[tuple[FeedSource, Feed]] = []
    unreadable: list[tuple[FeedSource, str]] = []
    notes: list[tuple[FeedSource, str]] = []
    for answer in answers:
        try:
            feed = parse(
                answer.response.body,
                url=answer.response.final_url,
                content_type=answer.response.headers.get("content-type", ""),
                zone=ZoneInfo(author.timezone or "UTC"),
            )
        except FeedError as error:
            unreadable.append((answer.source, str(error)))
        else:
            feeds.append((answer.source, feed))
            notes.extend((answer.source, note) for note in feed.notes)
    return Yield(
        nick=author.nick,
        plan=plan(author, feeds, known, now),
        unreadable=tuple(unreadable),
        notes=tuple(notes),
    )


def hash_of(body: bytes) -> str:
    """The name of a body in the cache."""
    return hashlib.sha256(body).hexdigest()
