"""Fetch a single feed, hop by hop: every redirect is a new request with every check. Main function: `fetch`."""

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urlsplit

from generator.feeds.fetch import body, transport
from generator.feeds.fetch.connection import INTERNET, GuardedConnection, Network
from generator.feeds.fetch.errors import FetchError, plain, refusal
from generator.models import FetchSettings, Response, Validators, urls

REDIRECTS = 5
NO_VALIDATORS = Validators()
_PERMANENT = (301, 308)
_TEMPORARY = (302, 303, 307)
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
_FIELD = re.compile(r"[!-~\x80-\xff](?:[\t -~\x80-\xff]{0,1022}[!-~\x80-\xff])?")
"""What may be sent back as a header's value: RFC 9110 §5.5, at most 1,024 characters."""


@dataclass(frozen=True, kw_only=True)
class PendingRequest:
    """A fetch under way: where it goes next and what lies behind it."""

    source: str
    """The address asked for."""
    url: str
    """Where it goes next."""
    validators: Validators = NO_VALIDATORS
    origin: str = ""
    """The address that gave the validators, and the only one to hear them."""
    seen: tuple[str, ...] = ()
    """Addresses behind it."""
    moved: bool = True
    """Whether all redirects so far were permanent."""
    spent: float = 0.0
    """Seconds on the way, without those in a queue."""


def depart(url: str, validators: Validators = NO_VALIDATORS, origin: str = "") -> PendingRequest:
    """Return the beginning of a journey; `origin` is where the validators came from, by default the address itself."""
    return PendingRequest(source=url, url=url, validators=validators, origin=origin or url)


def fetch(
    source_url: str,
    *,
    settings: FetchSettings,
    validators: Validators = NO_VALIDATORS,
    origin: str = "",
    network: Network = INTERNET,
) -> Response:
    """Return what the server says about one feed: 200 with a body, or 304 where validators were sent.

    `origin` is the `final_url` of the response that gave the validators, by default `source_url`; they go nowhere
    else. Takes at most `settings.timeout` seconds. Raises FetchError, a FeedError.
    """
    progress: PendingRequest | Response = depart(source_url, validators, origin)
    while isinstance(progress, PendingRequest):
        progress = step(progress, settings=settings, network=network)
    return progress


def step(
    journey: PendingRequest, *, settings: FetchSettings, network: Network, until: float = math.inf
) -> PendingRequest | Response:
    """Return one hop: the Response, or the journey that goes on elsewhere; over at `until`, a time.monotonic()."""
    began = time.monotonic()
    seconds = min(settings.timeout - journey.spent, until - began)
    line = GuardedConnection(seconds=seconds, allow_networks=settings.allow_networks, network=network)
    try:
        here = _checked(journey)
        headers = _headers(here, settings.user_agent)
        with transport.ask(here.url, headers, line) as answer:
            visited = replace(here, seen=(*here.seen, here.url))
            if answer.status in _PERMANENT + _TEMPORARY:
                return _redirected(visited, answer, time.monotonic() - began)
            return _arrived(visited, answer, asked=headers, limit=settings.max_bytes, began=began)
    except FetchError as error:
        error.url = journey.url
        error.requests = len(journey.seen) + line.connected
        error.milliseconds = round(1000 * (journey.spent + time.monotonic() - began))
        raise


def _checked(journey: PendingRequest) -> PendingRequest:
    """Return the journey with its next address in its safe spelling."""
    parts = urlsplit(journey.url) if _splits(journey.url) else None
    if parts is not None and parts.username is not None:
        raise FetchError("The address holds a user name or password; feeds must be readable without them.")
    url = urldefrag(urls.safe_url(journey.url)).url
    if not url:
        raise FetchError(
            f"“{plain(journey.url)}” is not the address of a web page; it must begin with https:// or http://."
        )
    return replace(journey, url=url)


def _splits(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _headers(journey: PendingRequest, user_agent: str) -> dict[str, str]:
    headers = {"User-Agent": plain(user_agent, 256), "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
    if journey.url == urldefrag(urls.safe_url(journey.origin)).url:
        conditions = {"If-None-Match": journey.validators.etag, "If-Modified-Since": journey.validators.last_modified}
        headers |= {name: value for name, value in conditions.items() if _FIELD.fullmatch(value)}
    return headers


def _redirected(journey: PendingRequest, answer: transport.RawResponse, seconds: float) -> PendingRequest:
    """Return the journey onwards. The redirect's body stays unread."""
    target = _target(answer, journey.url)
    if target in journey.seen:
        raise FetchError("The redirects go round in a circle; put the feed's true address into the author file.")
    if len(journey.seen) > REDIRECTS:
        raise FetchError(
            f"The feed lies behind more than {REDIRECTS} redirects; put its true address into the author file."
        )
    moved = journey.moved and answer.status in _PERMANENT
    return replace(journey, url=target, moved=moved, spent=journey.spent + seconds)


def _target(answer: transport.RawResponse, base: str) -> str:
    """Return where a redirect leads. What is no web address comes back as it is, for the next hop to refuse by name."""
    raw = answer.headers.get("location", "")
    try:
        text = raw.encode("latin-1").decode("utf-8")  # http.client reads Latin-1, servers write UTF-8
    except UnicodeError:
        text = raw
    if not text:
        reason = f"The server sends the planet on ({answer.status}) but does not say where to; ask whoever runs it."
        raise FetchError(reason, status=answer.status, headers=answer.headers)
    return urldefrag(urls.safe_url(text, base=base)).url or text


def _arrived(
    journey: PendingRequest, answer: transport.RawResponse, *, asked: Mapping[str, str], limit: int, began: float
) -> Response:
    conditional = "If-None-Match" in asked or "If-Modified-Since" in asked
    status = 200 if answer.status == 203 else answer.status  # 203: a proxy on the way has changed something
    if status != 200 and not (status == 304 and conditional):
        raise refusal(answer.status, answer.headers)
    encoding = answer.headers.get("content-encoding", "")
    content, wire = b"", 0
    if status == 200:
        content, wire = body.read(answer.chunks, encoding=encoding, limit=limit, surplus=answer.surplus)
    return Response(
        url=journey.source,
        final_url=journey.url,
        moved_to=journey.url if journey.moved and len(journey.seen) > 1 else "",
        status=status,
        headers=answer.headers,
        body=content,
        wire_bytes=wire,
        requests=len(journey.seen),
        milliseconds=round(1000 * (journey.spent + time.monotonic() - began)),
    )
