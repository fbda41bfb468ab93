"""An address or a file → what a planet would get from it."""

from dataclasses import dataclass
from pathlib import Path

from generator.errors import FeedError, PlanetError
from generator.fetch import fetch
from generator.model import Feed, FetchSettings, Response, Validators
from generator.parse import parse


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One feed, asked twice as a planet would ask: once for all, once for what is new."""

    response: Response
    feed: Feed
    again: str = ""
    """What the second, conditional question was answered: `304`, `200`, a fault in words, or empty for a file."""


def visit(url: str, settings: FetchSettings) -> Visit:
    """Asks a server. Raises FeedError where it gives no feed."""
    response = fetch(url, settings=settings)
    feed = _read(response)
    if response.validators == Validators():
        return Visit(response=response, feed=feed, again="no validators")
    try:
        second = fetch(url, settings=settings, validators=response.validators, origin=response.final_url)
    except FeedError as error:
        return Visit(response=response, feed=feed, again=str(error))
    return Visit(response=response, feed=feed, again=str(second.status))


def open_file(path: Path) -> Visit:
    """Reads a file as if a server had sent it. Raises FeedError where it holds no feed."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise PlanetError(f"{path} cannot be read ({error.strerror}); give a file or an address") from error
    url = path.resolve().as_uri()
    response = Response(url=url, final_url=url, status=200, headers={}, body=body, wire_bytes=len(body))
    return Visit(response=response, feed=_read(response))


def _read(response: Response) -> Feed:
    return parse(response.body, url=response.final_url, content_type=response.headers.get("content-type", ""))
