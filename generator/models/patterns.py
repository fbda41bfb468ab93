"""Regular expressions that people write into author files: whether one matches, or what is wrong with it. Pure.

This is the one place that compiles them, with RE2, whose time is linear in the text whatever a stranger writes.
"""

from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]

from generator.models.linear_patterns import PatternError, to_re2

MAX_SIZE = 10_000
"""Instructions that a pattern may come to: a text is read in time proportional to them."""
_MEMORY = 1 << 20  # bytes


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        compiled = re2.compile(to_re2(pattern), options)
    except re2.error as error:
        raise PatternError("it comes to too much") from error
    if compiled.programsize > MAX_SIZE:
        raise PatternError("it comes to too much")
    return compiled


def pattern_matches(pattern: str, text: str) -> bool:
    """Return whether a right pattern matches anywhere in the text."""
    return _compiled(pattern).search(text.encode("utf-8", "replace").decode("utf-8")) is not None


def pattern_fault(pattern: str) -> str:
    """Return why the pattern cannot be used; empty where it can."""
    try:
        _compiled(pattern)
    except PatternError as error:
        return str(error)
    return ""
