"""Names that are one to people, or to the eye."""

import pytest

from generator.models import name_key, shape_key


@pytest.mark.parametrize(
    "name", ["Larry the Cow", "LARRY THE COW", "Lárry  the Cow", "Larry\u200b the Cow", "Łarry the Cow"]
)
def test_spellings_of_a_name(name: str) -> None:
    assert name_key(name) == name_key("larry the cow")


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
