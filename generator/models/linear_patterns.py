"""Say a regular expression of Python's in RE2's syntax, which has no backtracking (`to_re2`). Pure.

What matches stays the same: `\\w`, `\\d` and `\\s` are Unicode's, as in Python, where RE2's are ASCII's. What RE2
cannot say is refused with the reason (https://github.com/google/re2/wiki/Syntax).
"""

import re
import warnings
from collections.abc import Iterable, Sequence
from re import _constants as codes  # type: ignore[attr-defined]  # Python's own parser knows best what a pattern means
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MAX_REPEAT = 1000
"""Times that RE2 bears a part to be repeated."""
_WORD, _DIGIT = r"\p{L}\p{N}_", r"\p{Nd}"
_SPACE = r"\x{09}-\x{0d}\x{1c}-\x{1f}\x{20}\x{85}\p{Z}"
_WORD_RANGES = ((48, 57), (65, 90), (97, 122))
_UNDERSCORE = r"\x{5f}"
_ASCII = {_WORD: "0-9A-Za-z_", _DIGIT: "0-9", _SPACE: r"\x{09}-\x{0d}\x{20}"}
_CATEGORIES = {
    codes.CATEGORY_WORD: (_WORD, False),
    codes.CATEGORY_NOT_WORD: (_WORD, True),
    codes.CATEGORY_DIGIT: (_DIGIT, False),
    codes.CATEGORY_NOT_DIGIT: (_DIGIT, True),
    codes.CATEGORY_SPACE: (_SPACE, False),
    codes.CATEGORY_NOT_SPACE: (_SPACE, True),
}
_REFUSED = {
    codes.ASSERT: "it looks ahead or behind, `(?=…)` or `(?<=…)`",
    codes.ASSERT_NOT: "it looks ahead or behind, `(?!…)` or `(?<!…)`",
    codes.GROUPREF: "it refers back to a group",
    codes.GROUPREF_EXISTS: "it asks whether a group has matched",
    codes.ATOMIC_GROUP: "it has an atomic group, `(?>…)`",
    codes.POSSESSIVE_REPEAT: "it has a possessive repetition, like `++`",
}

_DEEP = "it is nested too deeply"

Node = tuple[Any, Any]


class PatternError(ValueError):
    """Why a pattern cannot be used, in words that follow `a regular expression that can be used: `."""


def to_re2(pattern: str) -> str:
    """Return the same pattern as RE2 writes it, to be searched for.

    Raises:
        PatternError: It is none, or it says what cannot be found in linear time.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what may mean something else in a Python to come
            tree = parser.parse(pattern)
    except (re.error, OverflowError) as error:
        raise PatternError(str(error)) from error
    except RecursionError as error:
        raise PatternError(_DEEP) from error
    flags = tree.state.flags
    if flags & re.VERBOSE:
        raise PatternError("it is written over several lines, `(?x)`")
    try:
        return _sequence(list(tree), flags, begins=True, ends=True)
    except RecursionError as error:
        raise PatternError(_DEEP) from error


def _sequence(nodes: Sequence[Node], flags: int, *, begins: bool, ends: bool) -> str:
    """Return the parts one after the other; `begins` and `ends` tell whether nothing stands before or behind them."""
    parts = []
    for index, (code, argument) in enumerate(nodes):
        first, last = begins and index == 0, ends and index == len(nodes) - 1
        if code is codes.AT and argument is codes.AT_BOUNDARY:
            parts.append(_boundary(nodes, index, flags, first=first, last=last))
        elif code is codes.AT:
            parts.append(_position(argument, flags, last=last))
        else:
            parts.append(_part(code, argument, flags, begins=first, ends=last))
    return "".join(parts)


def _part(code: Any, argument: Any, flags: int, *, begins: bool, ends: bool) -> str:
    if code in _REFUSED:
        raise PatternError(_REFUSED[code])
    if code in (codes.LITERAL, codes.NOT_LITERAL):
        return _class([(code, argument)], flags)
    if code is codes.ANY:
        return r"(?s:.)" if flags & re.DOTALL else r"[^\n]"
    if code is codes.IN:
        return _class(argument, flags)
    if code is codes.BRANCH:
        branches = (_sequence(list(branch), flags, begins=begins, ends=ends) for branch in argument[1])
        return f"(?:{'|'.join(branches)})"
    if code is codes.SUBPATTERN:
        _, added, removed, inner = argument
        inner_flags = (flags | added) & ~removed
        if inner_flags & re.VERBOSE:
            raise PatternError("it is written over several lines, `(?x)`")
        return f"(?:{_sequence(list(inner), inner_flags, begins=begins, ends=ends)})"
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _repeated(argument, flags)
    raise PatternError(f"it has a part ({code}) that is not understood")


def _repeated(argument: Any, flags: int) -> str:
    least, most, inner = argument
    limit = most if most is not codes.MAXREPEAT else least
    if limit > MAX_REPEAT:
        raise PatternError(f"it repeats a part more than {MAX_REPEAT} times")
    times = f"{{{least},{'' if most is codes.MAXREPEAT else most}}}"
    return f"(?:{_sequence(list(inner), flags, begins=False, ends=False)}){times}"


def _class(items: Iterable[Node], flags: int) -> str:
    """Return a set of characters."""
    items = list(items)
    negated = items[0][0] in (codes.NEGATE, codes.NOT_LITERAL)
    inside: list[str] = []
    outside: list[str] = []
    for code, argument in items:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            inside.append(f"\\x{{{argument:x}}}")
        elif code is codes.RANGE:
            inside.append(f"\\x{{{argument[0]:x}}}-\\x{{{argument[1]:x}}}")
        elif code is codes.CATEGORY:
            signs, complement = _CATEGORIES[argument]
            (outside if complement else inside).append(_ASCII[signs] if flags & re.ASCII else signs)
    return _union(inside, outside, negated=negated, fold=bool(flags & re.IGNORECASE))


def _union(inside: list[str], outside: list[str], *, negated: bool, fold: bool) -> str:
    """Return signs that are `inside`, or not in one of `outside`: RE2 has no complement within a class."""
    prefix = "(?i:" if fold else "(?:"
    if not outside:
        return f"{prefix}[{'^' if negated else ''}{''.join(inside)}])"
    if not negated:
        choices = ([f"[{''.join(inside)}]"] if inside else []) + [f"[^{signs}]" for signs in outside]
        return f"{prefix}{'|'.join(choices)})"
    if outside == [_WORD] and set(inside) <= {_UNDERSCORE, _DIGIT}:  # letters, as people write them: `[^\W\d_]`
        numbers = r"\p{Nl}\p{No}" if _DIGIT in inside else r"\p{N}"
        return f"{prefix}[\\p{{L}}{numbers}{'' if _UNDERSCORE in inside else '_'}])"
    if inside or len(outside) > 1:
        raise PatternError("it has a set that leaves out `\\W`, `\\D` or `\\S` beside other signs")
    return f"{prefix}[{outside[0]}])"


def _position(where: Any, flags: int, *, last: bool) -> str:
    if where is codes.AT_BEGINNING_STRING:
        return r"\A"
    if where is codes.AT_END_STRING:
        raise PatternError("it has `\\Z`: write `$`")
    if where is codes.AT_BEGINNING:
        return "(?m:^)" if flags & re.MULTILINE else r"\A"
    if where is codes.AT_END:
        if flags & re.MULTILINE:
            return "(?m:$)"
        if not last:
            raise PatternError("something follows `$`")
        return r"(?:\n?\z)"
    raise PatternError("it has `\\B`")


def _boundary(nodes: Sequence[Node], index: int, flags: int, *, first: bool, last: bool) -> str:
    """Return a boundary of words at an end of the pattern, whose other side is then a sign that is no part of the
    word.
    """
    word = "0-9A-Za-z_" if flags & re.ASCII else _WORD
    inner = nodes[index + 1 :] if first else nodes[index - 1 :: -1] if last and index else []
    kind = _at_edge(inner, flags, from_start=first)
    if kind is None:
        raise PatternError("it has `\\b` elsewhere than before its first or behind its last word")
    sign = f"[^{word}]" if kind else f"[{word}]"
    edge = ("|\\A" if first else "|\\z") if kind else ""
    return f"(?:{sign}{edge})"


def _at_edge(nodes: Iterable[Node], flags: int, *, from_start: bool) -> bool | None:
    """Return whether the parts, from that end on, begin with a sign of a word: True, False, or None where that
    depends.
    """
    kinds: set[bool | None] = set()
    for node in nodes:
        kinds.add(_is_word(node, flags, from_start=from_start))
        if node[0] not in (codes.MAX_REPEAT, codes.MIN_REPEAT) or node[1][0] > 0:
            return kinds.pop() if len(kinds) == 1 else None
    return None


def _is_word(node: Node, flags: int, *, from_start: bool) -> bool | None:
    """Return the same of one part, where it is there."""
    code, argument = node
    if code is codes.LITERAL:
        sign = chr(argument)
        return (sign.isalnum() or sign == "_") and (sign.isascii() or not flags & re.ASCII)
    if code is codes.IN:
        return _same(_is_word_item(item, flags) for item in argument)
    step = 1 if from_start else -1
    if code is codes.BRANCH:
        return _same(_at_edge(list(branch)[::step], flags, from_start=from_start) for branch in argument[1])
    if code is codes.SUBPATTERN:
        inner_flags = (flags | argument[1]) & ~argument[2]
        return _at_edge(list(argument[3])[::step], inner_flags, from_start=from_start)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _at_edge(list(argument[2])[::step], flags, from_start=from_start)
    return None


def _is_word_item(item: Node, flags: int) -> bool | None:
    code, argument = item
    if code is codes.LITERAL:
        return _is_word(item, flags, from_start=True)
    if code is codes.RANGE and any(low <= argument[0] and argument[1] <= high for low, high in _WORD_RANGES):
        return True
    if code is codes.CATEGORY:
        return {codes.CATEGORY_WORD: True, codes.CATEGORY_DIGIT: True}.get(argument)
    return None


def _same(answers: Iterable[bool | None]) -> bool | None:
    kinds = set(answers)
    return kinds.pop() if len(kinds) == 1 else None
