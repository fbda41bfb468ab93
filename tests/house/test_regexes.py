"""The tables of `tests.property.regexes` are still true of the code, and its attacks are worth their name."""

import re
from pathlib import Path

import pytest

import generator
from tests.property.attacks import attacks
from tests.property.patterns import Pattern, patterns, unread
from tests.property.regexes import LENGTH, NEVER, PARAMETERS, SHORT

FOLDER = Path(generator.__file__).parent


@pytest.fixture(scope="module")
def every() -> list[Pattern]:
    """The expressions of the package."""
    return patterns(FOLDER)


def test_exceptions_are_of_expressions_that_are_there(every: list[Pattern]) -> None:
    there = {pattern.key for pattern in every} | {f"{pattern.module}:*" for pattern in every}
    assert {*SHORT, *NEVER} - there == set()
    assert all(length < LENGTH for length, _ in SHORT.values())


def test_every_call_whose_pattern_stands_elsewhere_is_explained() -> None:
    assert set(unread(FOLDER)) == set(PARAMETERS)


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        (r"\s+$", " "),
        (r"(#+)$", "#"),
        (r"<!--.*?-->", "<!--"),
        (r"a(b|c)*d", "b"),
        (r"([a-z]+x?)+!", "a"),
        (r"^\s*`{3}", "\n"),
        (rb"<\?xml[^>]*encoding", "<?xml"),
    ],
)
def test_attacks_are_made_of_the_parts_of_an_expression(expression: str | bytes, part: str) -> None:
    compiled = re.compile(expression, re.MULTILINE)
    parts = {attack.part for attack in attacks(compiled)}
    assert any(set(part) == set(other) or part in other for other in parts)
    assert all(len(attack.string(1000)) < 2000 for attack in attacks(compiled))
