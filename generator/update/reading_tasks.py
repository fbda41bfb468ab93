"""Have authors' news read within limits on time and memory: `begin` and `finish`, or feed by feed with `read_apart`."""

from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from generator.models import Author, FeedFetch, Post
from generator.parallel import LimitedPool, LimitError
from generator.plan import Plan, Terms
from generator.update.reading import AuthorReading, read_author


@dataclass(frozen=True, kw_only=True)
class ReadingTask:
    """New bodies for an author, and what they are held against."""

    author: Author
    fetches: tuple[FeedFetch, ...]
    posts: Sequence[Post]
    now: datetime
    terms: Terms

    def without(self, urls: Collection[str]) -> "ReadingTask":
        """Return the task without those feeds."""
        return replace(self, fetches=tuple(fetch for fetch in self.fetches if fetch.source.url not in urls))


def begin(pool: LimitedPool, task: ReadingTask) -> "Future[AuthorReading]":
    """Hand the task to the pool."""
    return pool.submit(read_author, task.author, task.fetches, task.posts, task.now, task.terms)


def finish(pool: LimitedPool, task: ReadingTask, future: "Future[AuthorReading]", until: float = inf) -> AuthorReading:
    """Return what came of the task; where it exceeded its limits, that none of its feeds could be read."""
    try:
        return pool.result(future, until=until)
    except LimitError as error:
        return AuthorReading(
            nick=task.author.nick,
            plan=Plan(),
            unreadable=tuple((fetch.source, str(error)) for fetch in task.fetches),
            excess=error,
        )


def read(pool: LimitedPool, task: ReadingTask, until: float = inf) -> AuthorReading:
    """Do the task now."""
    return finish(pool, task, begin(pool, task), until)


def read_apart(pool: LimitedPool, task: ReadingTask, until: float) -> AuthorReading:
    """Do a task that has exceeded its limits without those of its feeds that do so on their own."""
    if len(task.fetches) == 1:
        return read(pool, task, until)
    alone = (read(pool, replace(task, fetches=(fetch,)), until) for fetch in task.fetches)
    bad = [fault for reading in alone if reading.excess for fault in reading.unreadable]
    good = task.without({source.url for source, _ in bad})
    if not bad or not good.fetches:
        return read(pool, task, until)
    reading = read(pool, good, until)
    return replace(reading, unreadable=(*reading.unreadable, *bad))
