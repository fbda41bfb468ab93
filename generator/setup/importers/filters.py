"""Translate another planet's regular expressions, or say why they cannot be: `includes` and `excludes`. Pure."""

from generator.models import pattern_fault

MOST, LONGEST = 20, 200
"""What an author file may have: patterns, and characters of each."""


def includes(text: str) -> tuple[list[str], str]:
    """Venus' `filter` as `include`; beside it why it cannot be, or an empty string.

    Venus wants every line to match and we want one, so only a single line means the same.
    """
    lines = text.strip().splitlines()
    if len(lines) > 1:
        return [], "each of its lines has to match, and of include's patterns one is enough"
    return _ours(lines)


def excludes(text: str) -> tuple[list[str], str]:
    """Venus' `exclude`, of whose lines one is enough, as ours is."""
    return _ours(text.strip().splitlines())


def _ours(lines: list[str]) -> tuple[list[str], str]:
    patterns: list[str] = []
    for line in lines:
        if why := pattern_fault(line):
            return [], f"{line!r} is not a regular expression that can be used: {why}"
        patterns += [line] if len(line) <= LONGEST else _packed(line)
    if len(patterns) > MOST or any(len(pattern) > LONGEST for pattern in patterns):
        return [], f"it is longer than {LONGEST} characters and cannot be divided"
    return patterns, ""


def _packed(pattern: str) -> list[str]:
    """Return its alternatives in as few patterns as hold them: one of them matches where the whole did."""
    if pattern.startswith("(?"):  # flags count for all alternatives
        return [pattern]
    packs = [""]
    for part in _alternatives(pattern):
        if packs[-1] and len(packs[-1]) + len(part) < LONGEST:
            packs[-1] += f"|{part}"
        else:
            packs.append(part)
    packs = packs[1:]
    return [pattern] if any(map(pattern_fault, packs)) else packs


def _alternatives(pattern: str) -> list[str]:
    """Return the parts between the bars that stand in no group and no set."""
    parts, depth, in_set, escaped = [""], 0, False, False
    for sign in pattern:
        bar = sign == "|" and not depth and not in_set and not escaped
        if not escaped:
            in_set = sign != "]" if in_set else sign == "["
            depth += (sign == "(") - (sign == ")") if not in_set else 0
        escaped = sign == "\\" and not escaped
        parts[-1:] = [parts[-1], ""] if bar else [parts[-1] + sign]
    return parts
