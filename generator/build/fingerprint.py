"""Hash what a page shows with `Fingerprinter`, into a mark that changes whenever it does. Pure.

Nouns are marked by all their fields, wherever they stand, and each once: so a page costs no more than its own names.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

_PLAIN = frozenset([str, int, float, bool, type(None), date, datetime])


class Fingerprinter:
    """Marks of values: nouns, texts, numbers, dates, and lists and tables of them."""

    def __init__(self, marks: Iterable[tuple[Any, str]] = (), lasting: Collection[type] = ()) -> None:
        """`marks` are of nouns that are told by what they were read from, each with the mark of that; or none.

        Nouns of the `lasting` kinds are remembered after `forget`, too.
        """
        nouns = [(noun, mark) for noun, mark in marks if mark]
        self._marks: dict[int, str] = {id(noun): mark for noun, mark in nouns}
        """By identity."""
        self._held: list[Any] = [noun for noun, _ in nouns]
        """So that no other noun takes the number of one of them."""
        self._lasting, self._passing = frozenset(lasting), list[Any]()

    def of(self, value: Any) -> str:
        """Equal for equal values, in every process. Raises TypeError for what cannot be told by its fields."""
        return _hash(self._serialize(value))

    def forget(self) -> None:
        """Lets go of what will hardly be shown again."""
        for noun in self._passing:
            del self._marks[id(noun)]
        self._passing.clear()

    def shared(self, value: Any) -> str:
        """The same of what many pages show: it is told once."""
        if id(value) not in self._marks:
            self._marks[id(value)] = self.of(value)
            self._held.append(value)
        return self._marks[id(value)]

    def _serialize(self, value: Any) -> str:
        """All that the value says, in one line of text; of a noun only its mark."""
        kind: Any = type(value)
        if kind in _PLAIN:
            return repr(value)
        if kind is tuple or kind is list:
            return f"[{','.join(self._serialize_all(value))}]"
        if mark := self._marks.get(id(value)):
            return mark
        if shown := _shown(kind):
            mark = _hash("\0".join([kind.__name__, *self._serialize_all(shown(value))]))
            self._marks[id(value)] = mark
            (self._held if kind in self._lasting else self._passing).append(value)
            return mark
        if isinstance(value, str | int | float):
            return f"{kind.__name__} {value}"
        if isinstance(value, Mapping):
            return f"{{{','.join(map(repr, value))}:{','.join(self._serialize_all(value.values()))}}}"
        if isinstance(value, set | frozenset):
            return f"<{','.join(sorted(map(self._serialize, value)))}>"
        if isinstance(value, Collection):  # not what could be read but once
            return f"[{','.join(self._serialize_all(value))}]"
        raise TypeError(f"{type(value).__name__} has no mark")

    def _serialize_all(self, values: Iterable[Any]) -> list[str]:
        """What each of them says; that of nouns is mostly known."""
        marks, serialize = self._marks, self._serialize
        return [
            mark if (mark := marks.get(id(value))) else repr(value) if type(value) in _PLAIN else serialize(value)
            for value in values
        ]


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@lru_cache(256)
def _shown(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gets the fields that say something; tools for showing the others are marked as such. None of no noun."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind) if not field.metadata.get("tool")]
    return attrgetter(*names) if len(names) > 1 else lambda noun: tuple(getattr(noun, name) for name in names)
