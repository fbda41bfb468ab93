"""Divide work among several processes. Main functions: `fork_map` and `limited_pool`.

The processes of `fork_map` are copies of this one, so they know all that it knows and nothing has to be sent to them.
Where the system has no safe `fork`, one process does it all.
"""

import gc
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from math import inf
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.util import Finalize
from os import cpu_count
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from generator.errors import FeedError, PlanetError
from generator.models import FetchSettings

Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """Return how many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def fork_map(work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int) -> list[Result]:
    """Return the results in the order of the items. Each of the processes takes the next item when it is done with one.

    What `work` changes stays in its process: only results come back, and they must be such that can be sent. Raises
    what `work` raises, in whichever process.
    """
    jobs = min(jobs, len(items))
    if jobs < 2 or sys.platform != "linux":
        return [work(item) for item in items]
    gc.freeze()  # or collections would copy what processes share: 258 MB in place of 233 for a site of 6,000 posts
    counter: Synchronized[int] = get_context("fork").Value("l", 0)
    helpers: list[tuple[ForkProcess, Connection]] = []
    try:
        helpers.extend(_start(partial(_take, work, items, counter)) for _ in range(jobs - 1))
        results = _take(work, items, counter)
        for _, line in helpers:
            results |= _received(line)
    finally:
        for process, line in helpers:
            line.close()
            process.join()
        gc.unfreeze()
    return [results[number] for number in range(len(items))]


def _take(work: Callable[[Item], Result], items: Sequence[Item], counter: "Synchronized[int]") -> dict[int, Result]:
    results: dict[int, Result] = {}
    while True:
        with counter.get_lock():
            number = counter.value
            counter.value += 1
        if number >= len(items):
            return results
        results[number] = work(items[number])


def _start(work: Callable[[], Any]) -> tuple[ForkProcess, Connection]:
    """Start a copy of this process that does the work, and the line on which it sends what came of it."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _send(work: Callable[[], Any], line: Connection) -> None:
    try:
        line.send(work())
    except BrokenPipeError:  # nobody waits for it any more
        return
    except Exception as error:  # told to the first process, which raises it
        line.send(error)


def _received(line: Connection) -> Any:
    try:
        message = line.recv()
    except EOFError as error:
        raise RuntimeError("a process of the build was ended from outside; run it again") from error
    if isinstance(message, Exception):
        raise message
    return message


FEW_FEEDS = 24
"""Feeds for which a second process takes longer to start than to be of use."""
_CONTEXT = get_context("forkserver")  # a plain fork would copy the threads that are fetching
_CONTEXT.set_forkserver_preload(["generator.update.reading"])
P = ParamSpec("P")
T = TypeVar("T")


class LimitError(FeedError):
    """A task took too much time or memory, or its process broke down."""


class TimeLimitError(LimitError):
    """A task took too much time."""


class OutOfTimeError(LimitError):
    """All tasks together took too much time, and this one was not done."""


class LimitedPool:
    """Processes that read feeds. They are started when the first work comes, not before."""

    def __init__(self, pool: ProcessPool, seconds: float) -> None:
        self._pool, self._seconds = pool, seconds

    def wake(self) -> None:
        """Prepare for work: what its processes need is read meanwhile."""
        forkserver.ensure_running()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Begin the work; it is ended where it takes longer than it may."""
        return self._pool.submit(work, self._seconds, *args, **kwargs)

    def result(self, future: "Future[T]", *, until: float = inf) -> T:
        """Return what the work came to.

        Raises LimitError where it exceeded its limits, OutOfTimeError where it is not done at the moment `until` (of
        the monotonic clock), PlanetError where all processes were ended from outside, and what the work itself raised.
        """
        try:
            return future.result(None if until == inf else max(0.0, until - time.monotonic()))
        except TimeoutError:
            if not future.done():
                future.cancel()
                raise OutOfTimeError("there was no time left to read it; the next run does") from None
            raise TimeLimitError(f"Reading it took longer than {self._seconds:.0f} seconds; {_REMEDY}.") from None
        except MemoryError:
            raise LimitError(f"Reading it took more memory than a feed may; {_REMEDY}.") from None
        except ProcessExpired:
            raise LimitError(f"Reading it broke the program that reads; {_REMEDY}.") from None
        except BrokenProcessPool:
            raise PlanetError("the processes that read feeds were ended from outside; run it again") from None


_REMEDY = "offer a shorter feed, or simplify the patterns in the author file"


def limited_pool(feeds: int, *, seconds: float, memory: int) -> LimitedPool:
    """Return who reads `feeds` feeds; each task may take that many `seconds` and each process so many bytes of
    `memory`.

    The processes stay for further runs of this program, and end with it.
    """
    return LimitedPool(_pool(1 if feeds <= FEW_FEEDS else cpu_count() or 1, memory), seconds)


def within_limits(settings: FetchSettings, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work on what a stranger wrote in a process that may take as much time and memory as `settings` say.

    Raises LimitError where it takes more, and what the work itself raises.
    """
    pool = limited_pool(1, seconds=settings.read_timeout, memory=settings.read_memory)
    return pool.result(pool.submit(work, *args, **kwargs))


@cache
def _pool(size: int, memory: int) -> ProcessPool:
    pool = ProcessPool(size, initializer=_limit, initargs=(memory,), context=_CONTEXT)
    Finalize(None, _end, args=(pool,), exitpriority=10)  # in processes of multiprocessing no `atexit` runs
    return pool


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _limit(memory: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
