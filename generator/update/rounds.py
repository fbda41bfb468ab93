"""Read what feeds say and decide on it, in two rounds, so that who reads slowly stops nobody: `begin`, `first_round`, …

First come the feeds that are read quickly. What they say is recorded, pushed and remembered before the others, which
took too much time or memory, are read one by one: a run that is killed by those has lost nothing, and has noted them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from generator.models import Author, FeedFetch, FeedIdentity
from generator.parallel import LimitedPool, OutOfTimeError, TimeLimitError, limited_pool
from generator.plan import Terms
from generator.update import entry_digests, reading_tasks
from generator.update.archive_posts import ArchivePosts
from generator.update.context import RunContext
from generator.update.feed_states import FeedOutcome, FeedVerdict
from generator.update.planning import decide, reconsidered
from generator.update.reading import AuthorReading
from generator.update.reading_tasks import ReadingTask
from generator.update.recording import Decision

QUICK = 10.0  # seconds for one author in the first round


@dataclass(frozen=True, kw_only=True)
class News:
    """What authors' feeds say, being read."""

    archive: ArchivePosts
    digests: entry_digests.Digests
    begun: Sequence[tuple[ReadingTask, "Future[AuthorReading]"]]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What was read, and what was decided on it."""

    tasks: Sequence[ReadingTask]
    readings: Sequence[AuthorReading]
    """One a task."""
    decision: Decision
    late: Sequence[ReadingTask] = ()
    """Those that took too much, and are read again apart."""


def begin(context: RunContext, arriving: Iterable[tuple[Author, tuple[FeedFetch, ...]]]) -> News:
    """Begin to read each author's news as it arrives."""
    archive = _archive(context)
    digests, pool = entry_digests.load(context.root), _quick_pool(context)
    pool.wake()
    before: dict[str, FeedIdentity] | None = None if context.options.vouched else {}
    tasks = (
        ReadingTask(
            author=author,
            fetches=fetches,
            posts=archive.of(author.nick),
            now=context.now,
            terms=Terms(
                before=before,
                digests=entry_digests.of_author(digests, author),
                reconvert=context.options.reconvert,
            ),
        )
        for author, fetches in arriving
    )
    return News(archive=archive, digests=digests, begun=[(task, reading_tasks.begin(pool, task)) for task in tasks])


def first_round(context: RunContext, news: News, until: float) -> Round:
    """Read all quickly, up to the moment `until`. Feeds that took too much count as failed before the second round."""
    pool = _quick_pool(context)
    pairs: list[tuple[ReadingTask, AuthorReading]] = []
    late: list[tuple[ReadingTask, AuthorReading]] = []
    context.watch.begin("planning", len(news.begun))
    for task, future in news.begun:
        result = reading_tasks.finish(pool, task, future, until)
        if _deserves_more(context, task, result):
            late.append((task, result))
        else:
            pairs.append((task, _checked(context, pool, news.archive, task, result)))
    finished = _round(context, news.archive, pairs, {})
    failed = {
        source.url: FeedOutcome(verdict=FeedVerdict.UNREADABLE, reason=reason)
        for _, result in late
        for source, reason in result.unreadable
    }
    feeds = {**failed, **_forgo(finished.decision.feeds, failed)}
    return replace(finished, decision=replace(finished.decision, feeds=feeds), late=[task for task, _ in late])


def second_round(context: RunContext, first: Round, until: float) -> Round:
    """Read again, apart and with more time, what has taken too much. The archive has got what is in the first round."""
    archive = _archive(context)
    pool = _pool(context, context.planet.fetch.read_timeout)
    tasks = [replace(task, posts=archive.of(task.author.nick)) for task in first.late]
    pairs = [
        (task, _checked(context, pool, archive, task, reading_tasks.read_apart(pool, task, until))) for task in tasks
    ]
    earlier = {url: outcome for url, outcome in first.decision.feeds.items() if outcome.identity}
    finished = _round(context, archive, pairs, earlier)
    feeds = _forgo(finished.decision.feeds, earlier)
    return replace(finished, decision=replace(finished.decision, feeds=feeds))


def again(context: RunContext, before: Round) -> Decision:
    """Decide anew on what could be read: the archive is another one now."""
    archive = _archive(context)
    pool = _pool(context, context.planet.fetch.read_timeout)
    bad = {source.url for result in before.readings for source, _ in result.unreadable}
    tasks = [replace(task.without(bad), posts=archive.of(task.author.nick)) for task in before.tasks]
    begun = [(task, reading_tasks.begin(pool, task)) for task in tasks if task.fetches]
    pairs = [
        (task, reconsidered(pool, archive, task, reading_tasks.finish(pool, task, future))) for task, future in begun
    ]
    decision = decide(context, archive, [result for _, result in pairs], before.decision.feeds)
    return replace(decision, notes=before.decision.notes, feeds={**before.decision.feeds, **decision.feeds})


def _round(
    context: RunContext,
    archive: ArchivePosts,
    pairs: Sequence[tuple[ReadingTask, AuthorReading]],
    earlier: Mapping[str, FeedOutcome],
) -> Round:
    readings = [result for _, result in pairs]
    decision = decide(context, archive, readings, earlier)
    context.watch.step("\n".join(decision.notes))
    return Round(tasks=[task for task, _ in pairs], readings=readings, decision=decision)


def _checked(
    context: RunContext, pool: LimitedPool, archive: ArchivePosts, task: ReadingTask, result: AuthorReading
) -> AuthorReading:
    context.watch.step("\n".join(f"{result.nick}: {reason}" for _, reason in result.unreadable))
    return reconsidered(pool, archive, task, result)


def _deserves_more(context: RunContext, task: ReadingTask, result: AuthorReading) -> bool:
    """Return whether one of its feeds may be good, or all are with more time."""
    if result.excess is None or isinstance(result.excess, OutOfTimeError):
        return False
    is_short = isinstance(result.excess, TimeLimitError) and context.planet.fetch.read_timeout > QUICK
    return is_short or len(task.fetches) > 1


def _forgo(feeds: Mapping[str, FeedOutcome], urls: Collection[str]) -> dict[str, FeedOutcome]:
    """Return the outcomes, where those of `urls` were read for some of those who share them only: the next run reads
    them again."""
    return {
        url: replace(outcome, verdict=FeedVerdict.FORGONE) if url in urls and outcome.identity else outcome
        for url, outcome in feeds.items()
    }


def _archive(context: RunContext) -> ArchivePosts:
    return ArchivePosts(context.root, context.repository, context.now)


def _quick_pool(context: RunContext) -> LimitedPool:
    return _pool(context, min(QUICK, context.planet.fetch.read_timeout))


def _pool(context: RunContext, seconds: float) -> LimitedPool:
    return limited_pool(context.feeds.planned, seconds=seconds, memory=context.planet.fetch.read_memory)
