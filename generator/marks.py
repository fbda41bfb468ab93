"""What a page shows → a mark that changes whenever it does. Pure.

Nouns are marked by all their fields, wherever they stand, and each once: so a page costs no more than its own names.
"""

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

_PLAIN = frozenset([str, int, float, bool, type(None), date, datetime])


class Marks:
    """Marks of values: nouns, texts, numbers, dates, and lists and tables of them."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Any, str]] = {}
        """By identity, with the noun itself, so that no other takes its number."""

    def of(self, value: Any) -> str:
        """Equal for equal values, in every process. Raises TypeError for what cannot be told by its fields."""
        return blake2b(self._told(value).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def _told(self, value: Any) -> str:
        """All that the value says, in one line of text; of a noun only its mark."""
        kind = type(value)
        if kind in _PLAIN:
            return repr(value)
        if known := self._kept.get(id(value)):
            return known[1]
        if kind is tuple or kind is list:
            return f"[{','.join([repr(one) if type(one) in _PLAIN else self._told(one) for one in value])}]"
        if is_dataclass(kind):
            return self._noun(value, kind)
        if isinstance(value, str | int | float):
            return f"{kind.__name__} {value}"
        if isinstance(value, Mapping):
            return f"{{{','.join([f'{key!r}:{self._told(one)}' for key, one in sorted(value.items())])}}}"
        if isinstance(value, set | frozenset):
            return f"<{','.join(sorted(map(self._told, value)))}>"
        if isinstance(value, Collection):  # not what could be read but once
            return f"[{','.join(map(self._told, value))}]"
        raise TypeError(f"{type(value).__name__} has no mark")

    def _noun(self, value: Any, kind: Any) -> str:
        shown = [getattr(value, name) for name in _shown(kind)]
        told = [kind.__name__, *[repr(one) if type(one) in _PLAIN else self._told(one) for one in shown]]
        mark = blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        self._kept[id(value)] = value, mark
        return mark


@lru_cache(256)
def _shown(kind: Any) -> tuple[str, ...]:
    """The fields that say something; tools for showing the others are marked as such."""
    return tuple(one.name for one in fields(kind) if not one.metadata.get("tool"))
