"""Get a feed as a planet would, from an address (`visit`) or a file (`open_file`)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import FeedError, PlanetError
from generator.feeds.fetch import FetchRequest, fetch_all
from generator.feeds.parse import parse_response
from generator.models import Feed, FetchSettings, Response, Validators
from generator.parallel import within_limits


@dataclass(frozen=True, kw_only=True)
class FeedVisit:
    """One feed, asked twice as a planet would ask: once for all, once for what is new."""

    response: Response
    feed: Feed
    again: str = ""
    """What the second, conditional question was answered: `304`, `200`, a fault in words, or empty for a file."""


def visit(url: str, settings: FetchSettings) -> FeedVisit:
    """Ask a server. Raises FeedError where it gives no feed."""
    outcome = visit_all([url], settings)[url]
    if isinstance(outcome, FeedError):
        raise outcome
    return outcome


def visit_all(urls: Iterable[str], settings: FetchSettings) -> dict[str, FeedVisit | FeedError]:
    """Ask the servers of many feeds, all at once; by address, what each gave."""
    visits = {
        ask.url: _first(outcome, settings)
        for ask, outcome in fetch_all([FetchRequest(url=url) for url in urls], settings)
    }
    seen = {url: visit for url, visit in visits.items() if isinstance(visit, FeedVisit)}
    asks = [
        FetchRequest(url=url, validators=visit.response.validators, origin=visit.response.final_url)
        for url, visit in seen.items()
        if visit.response.validators != Validators()
    ]
    for ask, outcome in fetch_all(asks, settings):
        again = str(outcome.status if isinstance(outcome, Response) else outcome)
        visits[ask.url] = replace(seen[ask.url], again=again)
    return visits


def _first(outcome: Response | FeedError, settings: FetchSettings) -> FeedVisit | FeedError:
    if isinstance(outcome, FeedError):
        return outcome
    try:
        return FeedVisit(response=outcome, feed=_read(outcome, settings), again="no validators")
    except FeedError as error:
        return error


def open_file(path: Path, settings: FetchSettings) -> FeedVisit:
    """Read a file as if a server had sent it. Raises FeedError where it holds no feed."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise PlanetError(f"{path} cannot be read ({error.strerror}); give a file or an address") from error
    url = path.resolve().as_uri()
    response = Response(url=url, final_url=url, status=200, headers={}, body=body, wire_bytes=len(body))
    return FeedVisit(response=response, feed=_read(response, settings))


def _read(response: Response, settings: FetchSettings) -> Feed:
    return within_limits(settings, parse_response, response)
