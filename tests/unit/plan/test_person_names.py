"""Whether two names are one person's, and whether a name is one at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.person_names import is_several, is_spelling, is_within, people, without_roles, words

SAME = [
    ("Larry Cow", "larry cow"),
    ("Larry Cow", "Cow, Larry"),
    ("Larry Cow", "Larry"),
    ("Larry Cow", "L. Cow"),
    ("Larry Cow", "L. C."),
    ("Larry Cow", "Larry C."),
    ("Larry Middle Cow", "Larry Cow"),
    ("Larry Cow", "larryc"),
    ("Larry Cow", "lcow"),
    ("Larry Cow", "cowlarry"),
    ("Larry Cow", "lc"),
    ("Larry Middle Cow", "lmcow"),
    ("Larry Cow", "larry42"),
    ("Jörg Müller", "Joerg Mueller"),
    ("Łukasz Śliwa", "Lukasz Sliwa"),
    ("Søren Ærø", "Soren Aro"),
    ("Larry’s", "Larry"),
]
OTHERS = [
    ("Larry Cow", "Larry Ox"),
    ("Larry Cow", "Larry K."),
    ("Larry Cow", "L."),
    ("Larry Cow", "l"),
    ("Larry Cow", "Kim"),
    ("Larry Cow", "larryk"),
    ("Larry Cow", "K. C."),
    ("Larry Cow", ""),
    ("Larry", "larryc"),
    ("Larry", "L."),
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_spellings_of_one_name(name: str, other: str) -> None:
    assert is_spelling(words(name), words(other))
    assert is_spelling(words(other), words(name))


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_names_of_others(name: str, other: str) -> None:
    assert not is_spelling(words(name), words(other))
    assert not is_spelling(words(other), words(name))


@given(st.text(max_size=20), st.text(max_size=20))
def test_it_makes_no_difference_which_name_is_first(name: str, other: str) -> None:
    assert is_spelling(words(name), words(other)) == is_spelling(words(other), words(name))
    assert is_spelling(words(name), words(name))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann and Bob", [("ann",), ("bob",)]),
        ("Ann Lee, Bob Ray", [("ann", "lee"), ("bob", "ray")]),
        ("Lee, Ann", [("lee", "ann")]),
        ("Ann, Bob, Cem", [("ann",), ("bob",), ("cem",)]),
        (
            "Ann & Bob / Cem; Dan | Eve + Fay、Gus",
            [("ann",), ("bob",), ("cem",), ("dan",), ("eve",), ("fay",), ("gus",)],
        ),
        ("Анна и Борис", [("анна",), ("борис",)]),
        ("Andy", [("andy",)]),
        ("& -- 12", [("12",)]),
        ("", []),
    ],
)
def test_the_people_of_a_text(text: str, names: list[tuple[str, ...]]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    ("name", "several"), [("Ortega y Gasset", False), ("Ann y Bob", False), ("Ann und Bob", True), ("Lee, Ann", False)]
)
def test_what_is_surely_the_name_of_several(name: str, several: bool) -> None:
    assert is_several(name) is several


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Site Admin", ()),
        ("Администратор", ()),
        ("no-reply", ()),
        ("Redaktion Larry", ("larry",)),
        ("Larry Webster", ("larry", "webster")),
        ("Theo", ("theo",)),
    ],
)
def test_words_for_what_somebody_is_are_no_part_of_a_name(name: str, left: tuple[str, ...]) -> None:
    assert without_roles(words(name)) == left


def test_a_name_within_other_words_stands_together_and_whole() -> None:
    whole = words("the blog of Larry Cow and others")
    assert is_within(words("Larry Cow"), whole)
    assert not is_within(words("Larry others"), whole)
    assert not is_within(words("arry Cow"), whole)
    assert not is_within((), whole)
