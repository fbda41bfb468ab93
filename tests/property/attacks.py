"""Hostile strings for a regular expression, made from its own parts, with `attacks`.

Matching takes long where much matches and then something does not: a beginning, one part again and again, and an end at
which the whole fails. Parts are what the repeated pieces of the expression match, its literals, and each run of pieces.
"""

import random
import re
import re._constants as op  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

ORDINARY = "aZ05_-./:;=\"'<>()[]{}&#%@!|,*\\`~^$+? \t\n\r\0é\u00a0\u2028あ\U0001f600"
REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
CLASSES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
LETTERS = 14
"""Characters that are tried alone and in pairs: one of each kind that the expression tells apart."""


@dataclass(frozen=True)
class Attack:
    """A string of any length: `begin`, then `part` as often as needed, then `end`."""

    begin: str
    part: str
    end: str

    def __str__(self) -> str:
        return " + ".join(
            repr(text if len(text) < 60 else f"{text[:40]}…{text[-9:]}") for text in (self.begin, self.part, self.end)
        )

    def string(self, length: int) -> str:
        return self.begin + self.part * (length // len(self.part)) + self.end


def attacks(compiled: re.Pattern[Any]) -> list[Attack]:
    """Return the attacks on an expression, in an order that is always the same."""
    text = compiled.pattern if isinstance(compiled.pattern, str) else compiled.pattern.decode("latin-1")
    return list(dict.fromkeys(_Attacker(text, compiled.flags, isinstance(compiled.pattern, bytes)).attacks()))


class _Attacker:
    def __init__(self, text: str, flags: int, is_bytes: bool) -> None:
        self.flags = flags
        self.tree = list(parser.parse(text, flags & ~re.UNICODE & ~re.DEBUG if is_bytes else flags))
        atoms = list(_atoms(self.tree))
        letters = {*filter(lambda letter: not is_bytes or ord(letter) < 256, ORDINARY), *_literals(self.tree)}
        kinds: dict[tuple[bool, ...], str] = {}
        for letter in sorted(letters, key=lambda letter: (ORDINARY.find(letter) % 1000, letter)):
            kinds.setdefault((letter == "\n", *(self._fits(atom, letter) for atom in atoms)), letter)
        self.letters = list(kinds.values())
        self.chance = random.Random(repr(text))

    def attacks(self) -> Iterator[Attack]:
        letters = self.letters[:LETTERS]
        ends = ["", "\0", "\n", *self.letters[:4]]
        whole = self._sample(self.tree)
        parts = [*self.letters, whole, *self._runs(self.tree), *(a + b for a in letters for b in letters if a != b)]
        for part in filter(None, parts):
            yield from (Attack("", part, end) for end in ends[:3])
        for begin, body, rest in self._repeated(self.tree, "", ""):
            inner = [self._sample(body) for _ in range(3)]
            fitting = [letter for letter in self.letters if any(self._fits(atom, letter) for atom in _atoms(body))]
            inner += fitting + [a + b for a in fitting[:6] for b in fitting[:6] if a != b]
            for part in filter(None, dict.fromkeys(inner)):
                yield from (Attack(begin, part, end) for end in (*ends, rest, rest[:-1]))
                yield from (Attack("", begin + part * 3, end) for end in ("", "\0"))
        pairs = [(begin, self._sample(body)) for begin, body, _ in self._repeated(self.tree, "", "")]
        for begin, first in pairs:
            yield from (Attack(begin + first * 300, second, "\0") for _, second in pairs if second)

    def _runs(self, items: list[Any]) -> Iterator[str]:
        """A sample of each run of neighbours, at every depth."""
        for first in range(len(items)):
            for last in range(first + 1, min(len(items), first + 12) + 1):
                yield self._sample(items[first:last])
        for item in items:
            for inner in _inner(item):
                yield from self._runs(inner)

    def _repeated(self, items: list[Any], begin: str, rest: str) -> Iterator[tuple[str, list[Any], str]]:
        """Every part that may be repeated, with samples of all before and after it."""
        for place, item in enumerate(items):
            before = begin + self._sample(items[:place])
            after = self._sample(items[place + 1 :]) + rest
            if item[0] in REPEATS and item[1][1] > 20:
                yield before, list(item[1][2]), after
            for inner in _inner(item):
                yield from self._repeated(inner, before, after)

    def _sample(self, items: Iterable[Any]) -> str:
        """A string that the items match, as far as their looks around allow."""
        return "".join(self._sample_item(item) for item in items)

    def _sample_item(self, item: Any) -> str:
        code, value = item
        if code in REPEATS:
            often = max(value[0], min(value[1], self.chance.choice((1, 1, 2))))
            return "".join(self._sample(value[2]) for _ in range(min(often, 50)))
        if code is op.ASSERT or code is op.GROUPREF:
            return ""
        if inner := _inner(item):
            return self._sample(self.chance.choice(inner)) if code is not op.ASSERT_NOT else ""
        if code is op.LITERAL:
            return chr(value)
        fitting = [letter for letter in self.letters if self._fits(item, letter)]
        return self.chance.choice(fitting) if fitting else ""

    def _fits(self, atom: Any, letter: str) -> bool:
        """Whether an atom matches a character."""
        if self.flags & re.IGNORECASE:
            return any(self._is(atom, other) for other in {letter, letter.lower(), letter.upper()} if len(other) == 1)
        return self._is(atom, letter)

    def _is(self, atom: Any, letter: str) -> bool:
        code, value = atom
        match code:
            case op.LITERAL:
                return ord(letter) == value
            case op.NOT_LITERAL:
                return ord(letter) != value
            case op.ANY:
                return letter != "\n" or bool(self.flags & re.DOTALL)
            case op.RANGE:
                return value[0] <= ord(letter) <= value[1]
            case op.CATEGORY:
                return bool(re.fullmatch(CLASSES[value], letter, self.flags & re.ASCII))
            case op.IN:
                negated = value[0][0] is op.NEGATE
                return any(self._is(part, letter) for part in value[negated:]) != negated
        return False


def _inner(item: Any) -> list[list[Any]]:
    """The sequences within an item."""
    code, value = item
    if code in REPEATS:
        return [list(value[2])]
    if code is op.BRANCH:
        return [list(branch) for branch in value[1]]
    if code is op.SUBPATTERN:
        return [list(value[3])]
    if code is op.ATOMIC_GROUP:
        return [list(value)]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [list(value[1])]
    return []


def _atoms(items: Iterable[Any]) -> Iterator[Any]:
    """Whatever matches a single character."""
    for item in items:
        if item[0] in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            yield item
        for inner in _inner(item):
            yield from _atoms(inner)


def _literals(items: Iterable[Any]) -> Iterator[str]:
    """Characters that stand in the expression, the ends of its ranges among them."""
    for code, value in _atoms(items):
        for kind, inner in value if code is op.IN else [(code, value)]:
            if kind in (op.LITERAL, op.NOT_LITERAL):
                yield chr(inner)
            elif kind is op.RANGE:
                yield from map(chr, inner)
