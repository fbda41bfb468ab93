"""Save what a run has learnt of feeds: `remember` after a round, `save_polls` before it, `give_up` where it fails."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from generator.errors import PlanetError
from generator.models import HELD, FeedState
from generator.update import feed_states
from generator.update.context import RunContext
from generator.update.feed_states import NO_NEWS, FeedVerdict, FetchResult, abandon, advance
from generator.update.recording import Recorded

_REFUSED = f"{HELD}the remote refuses a post"


def remember(
    context: RunContext, results: Sequence[FetchResult], recorded: Sequence[Recorded], *, news: Sequence[FetchResult]
) -> None:
    """Save the states of all feeds after the rounds that are recorded, and log `news`, which are some of `results`.

    The feeds of a member whose post the remote refused are read again as if this run had not been.
    """
    if context.options.dry_run:
        return
    outcomes = {url: outcome for item in recorded for url, outcome in item.decision.feeds.items()}
    states = dict(context.states)
    for url in context.feeds.urls_of({path.split("/")[1] for item in recorded for path in item.refused}):
        outcomes[url] = replace(outcomes.get(url, NO_NEWS), verdict=FeedVerdict.FORGONE, reason=_REFUSED)
        states[url] = replace(states[url], outcome=_REFUSED)
    states |= {
        result.url: advance(context.states[result.url], result, outcomes.get(result.url, NO_NEWS)) for result in results
    }
    feed_states.save(context.root, states, context.repository.tip)
    records = {result.url: feed_states.record(result, outcomes.get(result.url, NO_NEWS)) for result in news}
    feed_states.log(context.root, records, states)


def save_polls(context: RunContext, results: Sequence[FetchResult]) -> dict[str, FeedState]:
    """Save when feeds are to be asked again, and nothing else: whatever ends the run now, that is not forgotten.

    Where it cannot be saved, the posts are recorded all the same.
    """
    asked = {result.url: abandon(context.states[result.url], result) for result in results}
    states = {**context.states, **asked}
    if not context.options.dry_run:
        with suppress(PlanetError):
            feed_states.save(context.root, states, context.last_commit)
    return states


def give_up(context: RunContext, results: Sequence[FetchResult]) -> None:
    """Save what is left of a run that came to nothing."""
    states = save_polls(context, results)
    if not context.options.dry_run:
        feed_states.log(context.root, {result.url: feed_states.record(result) for result in results}, states)
