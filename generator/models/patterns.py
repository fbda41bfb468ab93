"""Regular expressions that people write into author files: whether one matches, or what is wrong with it. Pure.

This is the one place that compiles them.
"""

import re
from functools import lru_cache

_compiled = lru_cache(maxsize=1024)(re.compile)


def pattern_matches(pattern: str, text: str) -> bool:
    """Return whether a right pattern matches anywhere in the text."""
    return bool(_compiled(pattern).search(text))


def pattern_fault(pattern: str) -> str:
    """Return why the pattern is none; empty where it is one."""
    try:
        _compiled(pattern)
    except (re.error, OverflowError) as error:
        return str(error)
    return ""
