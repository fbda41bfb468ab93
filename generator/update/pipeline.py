"""Run an update, from feeds to commits, with `update`: fetch, read, decide, record, push, remember."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive import tree
from generator.errors import RepositoryError
from generator.git import Repository
from generator.models import Planet
from generator.update import feed_states
from generator.update.context import Progress, RunContext, UpdateOptions
from generator.update.feed_states import FetchResult
from generator.update.fetching import authors_with_news, due
from generator.update.recording import Decision, Recorded, push, record
from generator.update.remembering import give_up, remember, save_polls
from generator.update.report import UpdateReport
from generator.update.subscriptions import choose

if TYPE_CHECKING:
    from generator.update.rounds import News

Seconds = dict[str, float]
"""By stage of a run how long it took."""


def update(root: Path, planet: Planet, options: UpdateOptions, *, now: datetime, watch: Progress) -> UpdateReport:
    """Read the feeds of the planet in `root` as at `now`, and commit what is new.

    Raises PlanetError where nothing can be done; a feed's fault costs that feed and stands in the report.
    """
    with Repository(root) as repository:
        if repository.shallow:
            raise RepositoryError(
                "this clone is shallow and cannot tell what people deleted; run `git fetch --unshallow`"
            )
        repository.prepare(tree.FOLDER)
        feeds = choose(planet, options.only, released=options.release)
        cached = feed_states.load(root, repository, planet.authors, now)
        in_full = feeds.by_url if options.in_full else ()
        context = RunContext(
            root=root,
            planet=planet,
            options=options,
            repository=repository,
            now=now,
            feeds=feeds,
            states={**cached.feeds, **{url: cached.feeds[url].unread() for url in in_full}},
            last_commit=cached.commit,
            watch=watch,
        )
        results, seconds = list[FetchResult](), Seconds()
        recorded = _stages(context, results, seconds)
        return UpdateReport.of(context, results, recorded, seconds)


def _stages(context: RunContext, results: list[FetchResult], seconds: Seconds) -> list[Recorded]:
    """Return what was recorded in each round; `results` and `seconds` are filled on the way."""
    with _or_give_up(context, results):
        with _timed(seconds, "fetch"):
            news = _fetch(context, results)
        if news is None:
            recorded = _record(context, Decision(), Decision, seconds)
            remember(context, results, [recorded], news=results)
            return [recorded]
        save_polls(context, results)
    return _take(context, news, results, seconds)


def _fetch(context: RunContext, results: list[FetchResult]) -> "News | None":
    """Fetch what is due, and begin to read what is new as it arrives; None where nothing is."""
    arriving = authors_with_news(context, due(context), into=results)
    first = next(arriving, None)
    if first is None:
        return None
    from generator.update import rounds  # most runs have no news

    return rounds.begin(context, chain([first], arriving))


def _take(context: RunContext, news: "News", results: list[FetchResult], seconds: Seconds) -> list[Recorded]:
    """Read, decide and record in one round, or two."""
    from generator.update import entry_digests, rounds

    until = time.monotonic() + context.planet.fetch.reading_timeout
    with _or_give_up(context, results):
        with _timed(seconds, "plan"):
            first = rounds.first_round(context, news, until)
        recorded = [_record(context, first.decision, partial(rounds.again, context, first), seconds)]
    readings = first.readings
    late = {fetch.source.url for task in first.late for fetch in task.fetches}
    remember(context, results, recorded, news=[result for result in results if result.url not in late])
    if first.late:
        context.repository.begin_anew()
        with _timed(seconds, "plan"):
            second = rounds.second_round(context, first, until)
        recorded.append(_record(context, second.decision, partial(rounds.again, context, second), seconds))
        readings = (*readings, *second.readings)
        remember(context, results, recorded, news=[result for result in results if result.url in late])
    if not context.options.dry_run:
        entry_digests.save(context.root, news.digests, readings, context.planet.authors)
    return recorded


def _record(context: RunContext, decision: Decision, redecide: Callable[[], Decision], seconds: Seconds) -> Recorded:
    with _timed(seconds, "record"):
        recorded = record(context, decision)
    if context.options.push and not context.options.dry_run:
        with _timed(seconds, "push"):
            recorded = push(context, recorded, redecide)
    return recorded


@contextmanager
def _or_give_up(context: RunContext, results: Sequence[FetchResult]) -> Iterator[None]:
    """Save what is left where a run ends before anything is recorded, whatever ends it."""
    try:
        yield
    except BaseException:
        give_up(context, results)
        raise


@contextmanager
def _timed(seconds: Seconds, stage: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - began
