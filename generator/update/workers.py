"""Work for two cores, within limits: a crew of processes, in which a task that goes wrong costs itself only."""

import atexit
import resource
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from multiprocessing import forkserver, get_context
from os import cpu_count
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from generator.errors import FeedError

FEW = 24
"""Feeds for which a second process takes longer to start than to be of use."""
_CONTEXT = get_context("forkserver")  # a plain fork would copy the threads that are fetching
_CONTEXT.set_forkserver_preload(["generator.update.reading"])
P = ParamSpec("P")
T = TypeVar("T")


class LimitError(FeedError):
    """A task took too much time or memory, or its process broke down."""


class Crew:
    """Processes that read feeds. They are started when the first work comes, not before."""

    def __init__(self, pool: ProcessPool, seconds: float) -> None:
        self._pool, self._seconds = pool, seconds

    def wake(self) -> None:
        """There will be work: what its processes need is read meanwhile."""
        forkserver.ensure_running()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Begins the work; it is ended where it takes longer than it may."""
        return self._pool.submit(work, self._seconds, *args, **kwargs)

    def result(self, future: "Future[T]") -> T:
        """What the work came to. Raises LimitError where it exceeded its limits, and what the work itself raised."""
        try:
            return future.result()
        except TimeoutError:
            raise LimitError(f"Reading it took longer than {self._seconds:.0f} seconds; {_REMEDY}.") from None
        except MemoryError:
            raise LimitError(f"Reading it took more memory than a feed may; {_REMEDY}.") from None
        except ProcessExpired:
            raise LimitError(f"Reading it broke the program that reads; {_REMEDY}.") from None


_REMEDY = "offer a shorter feed, or simplify the patterns in the author file"


def crew(feeds: int, *, seconds: float, memory: int) -> Crew:
    """Who reads `feeds` feeds; each task may take that many `seconds` and each process so many bytes of `memory`.

    The processes stay for further runs of this program, and end with it.
    """
    return Crew(_pool(1 if feeds <= FEW else cpu_count() or 1, memory), seconds)


@cache
def _pool(size: int, memory: int) -> ProcessPool:
    pool = ProcessPool(size, initializer=_limit, initargs=(memory,), context=_CONTEXT)
    atexit.register(_end, pool)
    return pool


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _limit(memory: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
