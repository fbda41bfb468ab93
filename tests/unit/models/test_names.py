"""Names of people, compared as people do."""

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
