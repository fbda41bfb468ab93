"""Patterns of author files: the meaning is Python's, the time is linear, and what cannot be said is refused."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.models import pattern_fault, pattern_matches

ATOMS = st.sampled_from(
    [" ", *r"a b é Ж ß \w \d \s . [a-c] [^a] (?:a|é) \W \D \S [\w-] [^\s] [^\W\d] [^\W_] ٣ K ſ \. (?i:k)".split()]
)
TIMES = st.sampled_from(["", "", "", "*", "+", "?", "{1,3}", "*?"])
WORDS = st.lists(st.tuples(ATOMS, TIMES).map("".join), min_size=1, max_size=4).map("".join)
PATTERNS = st.tuples(
    st.sampled_from(["", "(?i)", "(?m)", "(?s)", "(?a)"]),
    st.sampled_from(["", r"\b", "^", r"\A"]),
    WORDS | st.tuples(WORDS, WORDS).map(lambda pair: f"({pair[0]}|{pair[1]})"),
    st.sampled_from(["", r"\b", "$"]),
).map("".join)
TEXTS = st.text(st.sampled_from("abcéЖж ß-٣\n_ſK1K\u00a0\u0301²\x1c\u2028.") | st.characters(codec="utf-8"), max_size=8)


@given(PATTERNS, TEXTS)
@example(r"\bgentoo\b", "égentoo")
@example(r"\b(foo|bar)s?\b", "a foo's")
@example(r"(?i)\bgentoo\b", "A GENTOO.")
@example(r"a$", "a\n")
def test_a_pattern_means_what_python_says(pattern: str, text: str) -> None:
    if not pattern_fault(pattern):
        assert pattern_matches(pattern, text) == bool(re.search(pattern, text))


@pytest.mark.parametrize(
    "pattern",
    [
        r"gentoo",
        r"\bgentoo\b",
        r"(?i)^\[.*\]",
        r"[\s\S]+",
        r"\b(foo|bar)s?\b",
        r"C\+\+",
        r"[^\W\d_]{3}",
        "é\\b",
        "(?:a+)+$",
    ],
)
def test_what_people_write_can_be_said(pattern: str) -> None:
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "unterminated"),
        ("a(?=b)", "looks ahead"),
        ("(?<!a)b", "looks ahead or behind"),
        (r"(a)\1", "refers back"),
        ("(a)?(?(1)b|c)", "asks whether a group"),
        ("(?>a)b", "atomic"),
        ("a++b", "possessive"),
        (r"a\Z", "write `$`"),
        ("(?x) a", "several lines"),
        ("(?x: a)", "several lines"),
        ("a{1,2000}", "more than 1000 times"),
        ("(?:(?:a{100}){100}){100}", "comes to too much"),
        (r"a\bb", "elsewhere than"),
        (r"\Ba", r"\B"),
        ("a$b", "follows `$`"),
        ("(" * 5000 + ")" * 5000, "nested too deeply"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(pattern: str, reason: str) -> None:
    assert reason in pattern_fault(pattern)


def test_a_half_of_a_character_stops_nothing() -> None:
    assert pattern_matches("a", "\ud800a")
