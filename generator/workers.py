"""Work for two cores: a crew of processes, or this one where there is little to do."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from os import cpu_count
from typing import Any

FEW = 24
"""Feeds for which starting processes takes longer than reading them here."""


@contextmanager
def crew(feeds: int) -> Iterator[Executor]:
    """Who reads `feeds` feeds. Processes are started when the first work comes, not before."""
    # "spawn" and not "fork": threads are fetching while the first process starts.
    executor = _Here() if feeds <= FEW else ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn"))
    with executor:
        yield executor


class _Here(Executor):
    """Does the work at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as an executor must: whoever asks for the result gets it
            future.set_exception(error)
        return future
