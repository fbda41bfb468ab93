"""Fetch the feeds that are due: `due`, `fetch`, and `authors_with_news`, which sorts what came by author.

A feed that several members list is asked once, and its response is sorted to each of them.
"""

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from generator.errors import FeedError
from generator.feeds.fetch import FetchError, FetchRequest, fetch_all
from generator.models import Author, FeedFetch, FeedState, Response
from generator.update.context import RunContext
from generator.update.feed_states import FetchResult, advance


def due(context: RunContext) -> list[str]:
    """Return the addresses of the feeds that are asked now; of a member whom a person has named, say of the others."""
    force = context.options.force or context.options.in_full
    urls = []
    for url in context.feeds.by_url:
        before, poll = context.states[url], context.states[url].standing
        if poll.is_due(context.now, hints=before.hints, force=force):
            urls.append(url)
        elif context.options.only:
            until = f"not asked before {poll.due:%Y-%m-%d %H:%M} UTC" if poll.due else "not asked any more"
            context.watch.step(
                f"{url} is {until}; {'its server wants that' if poll.held_off else '--force asks it now'}"
            )
    return urls


def fetch(context: RunContext, urls: Collection[str]) -> Iterator[FetchResult]:
    """Fetch feeds, all at once, and yield what became of each as it arrives."""
    began = time.monotonic()
    context.watch.begin("fetching", len(urls))
    for request, outcome in fetch_all([_request(url, context.states[url]) for url in urls], context.planet.fetch):
        # to the second: a round may take minutes, and waiting counts from an answer
        at = context.now + timedelta(seconds=int(time.monotonic() - began))
        result = _result(request.url, at, outcome, context.states[request.url].body)
        context.watch.step(_line(context, result))
        yield result


def _result(url: str, at: datetime, outcome: Response | FeedError, before: str) -> FetchResult:
    if not isinstance(outcome, Response):
        error = outcome if isinstance(outcome, FetchError) else FetchError(str(outcome))
        return FetchResult(url=url, at=at, outcome=error, body=before, requests=error.requests)
    body = hashlib.sha256(outcome.body).hexdigest() if outcome.status == 200 else before
    return FetchResult(
        url=url,
        at=at,
        outcome=outcome,
        body=body,
        is_news=body != before,
        requests=outcome.requests,
        bytes=outcome.wire_bytes,
    )


def authors_with_news(
    context: RunContext, urls: Collection[str], *, into: list[FetchResult]
) -> Iterator[tuple[Author, tuple[FeedFetch, ...]]]:
    """Yield each author who has news with them, as soon as all of the author's feeds have answered.

    All results go `into` that list, also where the caller takes no more authors.
    """
    listed = context.feeds.by_url
    missing = Counter(own.author.nick for url in urls for own in listed[url])
    news: defaultdict[str, list[FeedFetch]] = defaultdict(list)
    for result in fetch(context, urls):
        into.append(_with_older_pages(context, result))
        for own in listed[result.url]:
            nick = own.author.nick
            if result.is_news and isinstance(result.outcome, Response):
                fetched = FeedFetch(
                    source=own.source,
                    response=result.outcome,
                    before=context.states[result.url].identity,
                    older=into[-1].older,
                    listed=context.feeds.listed[result.url],
                )
                news[nick].append(fetched)
            missing[nick] -= 1
            if not missing[nick] and nick in news:
                yield own.author, tuple(news[nick])


def moves(context: RunContext, results: Iterable[FetchResult]) -> dict[str, str]:
    """Return a note for each feed whose new address has stood long enough, by the old one."""
    notes = {}
    for result in results:
        if not (isinstance(result.outcome, Response) and result.outcome.moved_to):
            continue
        poll = advance(context.states[result.url], result).standing
        if poll.moved_long_ago(context.now):
            files = " and ".join(f"authors/{own.author.nick}.yaml" for own in context.feeds.by_url[result.url])
            notes[result.url] = f"{result.url} has moved to {poll.moved_to}; write that into {files}"
    return notes


def _request(url: str, before: FeedState) -> FetchRequest:
    return FetchRequest(url=url, validators=before.validators, origin=before.origin)


def _line(context: RunContext, result: FetchResult) -> str:
    nicks = context.feeds.nicks_of(result.url)
    if isinstance(result.outcome, FetchError):
        return f"{nicks}: {result.outcome}"
    note = moves(context, [result]).get(result.url, "")
    return note and f"{nicks}: {note}"


def _with_older_pages(context: RunContext, result: FetchResult) -> FetchResult:
    if not (context.options.backfill and result.is_news and isinstance(result.outcome, Response)):
        return result
    from generator.feeds.pagination import older_pages  # only here: most runs read no feed
    from generator.parallel import within_limits
    from generator.update.reading import page

    author, asked = context.feeds.by_url[result.url][0].author, list[Response | FeedError]()

    def get(url: str) -> Response:
        _, outcome = next(iter(fetch_all([FetchRequest(url=url)], context.planet.fetch)))
        asked.append(outcome)
        if isinstance(outcome, Response):
            return outcome
        raise outcome

    older = older_pages(
        result.outcome, get=get, read=lambda response: within_limits(context.planet.fetch, page, response, author)
    )
    received = sum(response.wire_bytes for response in asked if isinstance(response, Response))
    return replace(result, older=older, requests=result.requests + len(asked), bytes=result.bytes + received)
