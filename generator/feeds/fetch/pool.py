"""Fetch many feeds at once: at most two at a time from a host, each address once. Main function: `fetch_all`."""

import queue
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urlsplit

from generator.errors import FeedError
from generator.feeds.fetch.connection import INTERNET, Network
from generator.feeds.fetch.errors import FetchError
from generator.feeds.fetch.request import NO_VALIDATORS, PendingRequest, depart, step
from generator.models import FetchSettings, Response, Validators, urls

PER_HOST = 2
_GRACE = 5.0
"""Seconds after the run's deadline in which every thread must have come back."""

Outcome = Response | FeedError


@dataclass(frozen=True, kw_only=True)
class FetchRequest:
    """One feed to be fetched and what is known of it."""

    url: str
    validators: Validators = NO_VALIDATORS
    origin: str = ""
    """The `final_url` of the response that gave the validators; empty means `url`."""


def fetch_all(
    asks: Iterable[FetchRequest], settings: FetchSettings, *, network: Network = INTERNET
) -> Iterator[tuple[FetchRequest, Outcome]]:
    """Yield each ask with its Response or FeedError, as they come in. Two asks for one address share one request.

    At most `settings.parallel` at once and two per host. After `settings.run_timeout` seconds all that is left fails.
    Closing the iterator ends the work: nothing new is begun, what is under way is left behind.
    """
    waiting = _by_address(asks)
    deadline = time.monotonic() + settings.run_timeout

    def walk(journey: PendingRequest) -> PendingRequest | Response:
        if time.monotonic() >= deadline:
            raise _late()
        return step(journey, settings=settings, network=network, until=deadline)

    crew = _FetchThreads(walk)
    try:
        crew.begin([_journey(url, group) for url, group in waiting.items()], settings.parallel)
        while waiting:
            source, outcome = crew.next(max(0.0, deadline - time.monotonic()) + _GRACE)
            for ask in waiting.pop(source):
                yield ask, _as_asked(outcome, ask)
    except queue.Empty:
        for ask in [ask for group in waiting.values() for ask in group]:
            yield ask, _late()
    finally:
        crew.end()


def _by_address(asks: Iterable[FetchRequest]) -> dict[str, list[FetchRequest]]:
    groups: defaultdict[str, list[FetchRequest]] = defaultdict(list)
    for ask in asks:
        groups[urldefrag(urls.safe_url(ask.url)).url or ask.url].append(ask)
    return dict(groups)


def _journey(url: str, group: list[FetchRequest]) -> PendingRequest:
    """Return one for all who ask: conditional only where they know the same, for a 304 must serve each of them."""
    conditions = {(ask.validators, ask.origin) for ask in group}
    return depart(url, group[0].validators, group[0].origin) if len(conditions) == 1 else depart(url)


def _as_asked(outcome: Outcome, ask: FetchRequest) -> Outcome:
    return replace(outcome, url=ask.url) if isinstance(outcome, Response) else outcome


def _late() -> FetchError:
    return FetchError(
        "This feed did not get its turn before the run's time was over; nothing to do, the next run asks."
    )


class _HostQueue:
    """Journeys that may go, never more than two of them at one host."""

    def __init__(self) -> None:
        self._ready: queue.SimpleQueue[PendingRequest | None] = queue.SimpleQueue()
        """Those that may go; each holds a place at its host."""
        self._parked: defaultdict[str, deque[PendingRequest]] = defaultdict(deque)
        self._busy: Counter[str] = Counter()
        self._lock = threading.Lock()

    def put(self, journey: PendingRequest) -> None:
        """Let the journey go as soon as there is a place at its host."""
        with self._lock:
            host = _host(journey)
            if self._busy[host] >= PER_HOST:
                self._parked[host].append(journey)
                return
            self._busy[host] += 1
        self._ready.put(journey)

    def get(self) -> PendingRequest | None:
        """Wait for a journey that may go; None where there will be no more."""
        return self._ready.get()

    def leave(self, journey: PendingRequest) -> None:
        """Give the journey's place at its host to the next that waits for it."""
        host = _host(journey)
        with self._lock:
            if not self._parked[host]:
                self._busy[host] -= 1
                return
            following = self._parked[host].popleft()
        self._ready.put(following)

    def close(self, getters: int) -> None:
        """Send away so many who wait."""
        for _ in range(getters):
            self._ready.put(None)


class _FetchThreads:
    """Threads that walk journeys, one hop at a time."""

    def __init__(self, walk: Callable[[PendingRequest], PendingRequest | Response]) -> None:
        self._walk = walk
        self._journeys = _HostQueue()
        self._done: queue.SimpleQueue[tuple[str, Outcome]] = queue.SimpleQueue()
        self._room = threading.Semaphore()
        """How many more bodies may lie about before somebody takes them."""
        self._threads: list[threading.Thread] = []
        self._over = False

    def begin(self, journeys: list[PendingRequest], size: int) -> None:
        """Set out with `size` threads; daemons, so that nobody waits for a silent server when the program ends."""
        self._room = threading.Semaphore(size)
        for journey in journeys:
            self._journeys.put(journey)
        for number in range(min(size, len(journeys))):
            thread = threading.Thread(target=self._work, name=f"fetch {number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def next(self, seconds: float) -> tuple[str, Outcome]:
        """Return the source of a journey that has ended and how; raises queue.Empty when none ends in time."""
        ending = self._done.get(timeout=seconds)
        self._room.release()
        return ending

    def end(self) -> None:
        """Begin nothing more."""
        self._over = True
        for _ in self._threads:
            self._room.release()
        self._journeys.close(len(self._threads))

    def _work(self) -> None:
        while True:
            self._room.acquire()
            journey = self._journeys.get()
            if journey is None or self._over:
                return
            outcome = self._attempt(journey)
            self._journeys.leave(journey)
            if isinstance(outcome, PendingRequest):
                self._room.release()
                self._journeys.put(outcome)
            else:
                self._done.put((journey.source, outcome))

    def _attempt(self, journey: PendingRequest) -> PendingRequest | Outcome:
        try:
            return self._walk(journey)
        except FeedError as error:
            return error
        except Exception as error:
            fault = FetchError(f"The planet stumbled over this feed ({type(error).__name__}); please report it.")
            fault.__cause__ = error
            return fault


def _host(journey: PendingRequest) -> str:
    return urlsplit(urls.safe_url(journey.url)).hostname or ""
