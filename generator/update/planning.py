"""Decide what a run records of what authors' feeds say: `decide`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.models import HELD, Doubt, Post
from generator.parallel import LimitedPool, OutOfTimeError
from generator.plan import with_guessed_language
from generator.update.archive_posts import ArchivePosts
from generator.update.context import RunContext
from generator.update.feed_states import FeedOutcome, FeedVerdict
from generator.update.reading import AuthorReading, hold_together
from generator.update.reading_tasks import ReadingTask, read
from generator.update.reconcile import Settlement, reconsider, settle
from generator.update.recording import Decision


def decide(
    context: RunContext,
    archive: ArchivePosts,
    readings: Sequence[AuthorReading],
    earlier: Mapping[str, FeedOutcome],
) -> Decision:
    """Decide on readings, `earlier` ones of the same run having decided on some of the feeds already.

    Only posts of the run's nicks change. Others who share a feed with them have read it, too, for what is remembered of
    a feed is by address; what they would change is left for a later run.
    """
    together = hold_together(readings)
    taken = [reading for reading in together if reading.nick in context.feeds.nicks]
    changes = [with_guessed_language(change) for reading in taken for change in reading.plan.changes]
    vouched = {reading.nick for reading in taken if reading.vouched or context.options.vouched}
    broken = archive.broken
    blocked = [change for change in changes if change.post.path in broken]
    settlement = settle(
        [change for change in changes if change.post.path not in broken],
        archive,
        released=vouched,
        doubts=_doubts(context),
    )
    others = {reading.nick for reading in together if reading.plan.changes} - {reading.nick for reading in taken}
    settlement = replace(
        settlement,
        pending=settlement.pending | {change.post.nick for change in blocked},
        waiting=settlement.waiting | others,
    )
    return Decision(
        changes=tuple(change for change in settlement.changes if change.post.path not in broken),
        feeds=_outcomes(context, together, settlement, earlier),
        held=sum(reading.plan.held for reading in together) + settlement.held + len(blocked),
        kept_away=settlement.kept_away,
        notes=(*_notes(readings), *_misread_notes(readings, earlier), *settlement.notes),
        faults={str(problem): problem for problem in broken.values()},
    )


def reconsidered(pool: LimitedPool, archive: ArchivePosts, task: ReadingTask, reading: AuthorReading) -> AuthorReading:
    """Return the reading, planned again where git knows more than the tree. What could not be read is tried no more."""
    good = task.without({source.url for source, _ in reading.unreadable})

    def again(posts: Sequence[Post], vouched: bool) -> AuthorReading:
        terms = replace(task.terms, before=None) if vouched else task.terms
        return read(pool, replace(good, posts=posts, terms=terms))

    final = reconsider(reading, archive, again)
    return reading if final is reading else replace(final, unreadable=(*reading.unreadable, *final.unreadable))


def _doubts(context: RunContext) -> dict[str, Doubt]:
    return {doubt.path: doubt for state in context.states.values() for doubt in state.doubts}


def _outcomes(
    context: RunContext,
    readings: Sequence[AuthorReading],
    settlement: Settlement,
    earlier: Mapping[str, FeedOutcome],
) -> dict[str, FeedOutcome]:
    """Return what is remembered of each feed. One has failed that could be read for nobody."""
    outcomes = _of_readable(context, readings, settlement)
    readable = _readable(readings, earlier)
    for reading in readings:
        for source, reason in reading.unreadable:
            url = source.url
            if url not in readable and not isinstance(reading.excess, OutOfTimeError):
                outcomes[url] = FeedOutcome(verdict=FeedVerdict.UNREADABLE, reason=reason)
                continue
            outcome = outcomes.get(url) or earlier.get(url) or FeedOutcome(reason=reason)
            outcome = replace(outcome, verdict=FeedVerdict.FORGONE)
            outcomes[url] = _with_note(outcome, _misread(reading, reason)) if url in readable else outcome
        for source, note in reading.notes:
            outcomes[source.url] = _with_note(outcomes[source.url], note)
    return outcomes


def _of_readable(
    context: RunContext, readings: Sequence[AuthorReading], settlement: Settlement
) -> dict[str, FeedOutcome]:
    held = {stop.feed: f"{HELD}{stop.reason}" for reading in reversed(readings) for stop in reading.plan.stops}
    cut = {url for reading in readings for url in reading.cut}
    outcomes: dict[str, FeedOutcome] = {}
    for source, identity, hints in (profile for reading in readings for profile in reading.profiles):
        url = source.url
        nicks = {own.author.nick for own in context.feeds.by_url[url]}
        doubts = settlement.doubts.get(url, ())
        is_forgone = url in held or url in cut or not settlement.waiting.isdisjoint(nicks)
        outcome = FeedOutcome(
            verdict=FeedVerdict.FORGONE if is_forgone else FeedVerdict.TAKEN,
            reason=held.get(url, ""),
            identity=identity,
            hints=hints,
            pending=not settlement.pending.isdisjoint(nicks),
            doubts=doubts,
            notes=tuple(map(_doubt_note, doubts)),
        )
        outcomes.setdefault(url, outcome)
    return outcomes


def _readable(readings: Sequence[AuthorReading], earlier: Mapping[str, FeedOutcome]) -> set[str]:
    """Return the feeds that could be read for some of those who share them: what one writes stops no other."""
    before = {url for url, outcome in earlier.items() if outcome.identity}
    return before | {source.url for reading in readings for source, *_ in reading.profiles}


def _with_note(outcome: FeedOutcome, note: str) -> FeedOutcome:
    return replace(outcome, notes=tuple(dict.fromkeys((*outcome.notes, note))))


def _doubt_note(doubt: Doubt) -> str:
    return f"most of the text of {doubt.path} is missing; a later reading has to confirm that"


def _misread(reading: AuthorReading, reason: str) -> str:
    return f"it could not be read for {reading.nick}: {reason}"


def _misread_notes(readings: Sequence[AuthorReading], earlier: Mapping[str, FeedOutcome]) -> Iterator[str]:
    readable = _readable(readings, earlier)
    for reading in readings:
        for source, reason in reading.unreadable:
            if source.url in readable:
                yield f"{source.url}: {_misread(reading, reason)}"
            elif isinstance(reading.excess, OutOfTimeError):
                yield f"{source.url}: {reason}"


def _notes(readings: Sequence[AuthorReading]) -> list[str]:
    """Return what is to be said of the feeds, each once however many members share one."""
    notes: dict[tuple[str, str], str] = {}
    for reading in readings:
        for stop in reading.plan.stops:
            notes.setdefault(
                (stop.feed, "held"),
                f"{stop.feed} is held: {stop.reason}; see it, then run `gitplanet release {reading.nick}`",
            )
        for source, note in reading.notes:
            notes.setdefault((source.url, note), f"{source.url}: {note}")
    return list(notes.values())
