"""Names of people, compared as people do."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import name_key, shape_key

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Michał Górny", "MICHAŁ GÓRNY", "michal  gorny", "Micha\u0142 Go\u0301rny", "Michał\u00a0Górny\u200b"),
        ("Øystein Strauß", "oystein STRAUSS"),
        ("Nguyễn Văn An", "Nguyen Van An"),
        ("Андрей", "АНДРЕЙ"),
        ("مُحَمَّد", "محمد"),
        ("Zoé", "Ｚｏｅ"),
        ("İlker", "ilker"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [("Kim", "Kim Cow"), ("かとう", "がとう"), ("राम", "रम"), ("ดี", "ดี่"), ("Kim", ""), ("O'Cow", "Ocow")],
)
def test_another_name(name: str, other: str) -> None:
    assert name_key(name) != name_key(other)


@given(NAMES, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_how_letters_are_composed_makes_no_other_name(name: str, form: str) -> None:
    assert name_key(unicodedata.normalize(form, name)) == name_key(name)
    assert name_key(name_key(name)) == name_key(name)
    assert name_key(" ".join(name)) == name_key(name)


@pytest.mark.parametrize(
    "name",
    [
        "Lаrrу thе Соw",  # Cyrillic
        "Lαrry the Cοw",  # Greek
        "Ｌarry the 𝒞ow",
        "Larry-the-Cow",
        "Larry the C0w.",
        "1arry the Cow",
        "Iarry the Cow",
        "|arry the Cow",
        "Larry the Covv",
        "LARRY THE CΟW",
        "Larry\u2060 the\u00a0Cow",
        "L\u0430\u0301rry the Cow",
    ],
)  # fmt: skip
def test_names_that_look_like_one(name: str) -> None:
    assert shape_key(name) == shape_key("Larry the Cow")


@pytest.mark.parametrize(
    ("one", "other"), [("Larry", "Lara"), ("Кim", "Tim"), ("कमल", "कोमल"), ("Иван", "Ирина"), ("Σωκράτης", "Σωκρατία")]
)  # fmt: skip
def test_names_that_do_not(one: str, other: str) -> None:
    assert shape_key(one) != shape_key(other)


def test_a_name_of_signs_alone_looks_like_nothing() -> None:
    assert shape_key("…") == ""


def test_marks_beside_a_letter_are_left_out_and_those_that_make_other_letters_are_not() -> None:
    """Vowel points have the classes 10 to 36, accents those from 200 on: https://www.unicode.org/reports/tr44/."""
    marks = [mark for mark in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(mark)]
    marks = [mark for mark in marks if unicodedata.normalize("NFKD", mark) == mark == mark.casefold()]
    assert {unicodedata.combining(mark) for mark in marks} >= {9, 10, 36, 84, 202, 230}
    for mark in marks:
        place = unicodedata.combining(mark)
        assert (name_key("a" + mark) == "a") is (10 <= place <= 36 or place >= 200), hex(ord(mark))


def test_a_name_may_hold_any_letter() -> None:
    assert name_key("Kim \u26f9") == "kim\u26f9"  # PERSON WITH BALL, and there is no PERSON
    assert name_key("Kim \ufffe\ue000") == "kim\ufffe\ue000"  # without names


def test_letters_that_run_together_look_like_one() -> None:
    assert shape_key("Bernd") == shape_key("Bemd") != shape_key("Bend")
    assert shape_key("Vvolf") == shape_key("Wolf") != shape_key("Volf")
