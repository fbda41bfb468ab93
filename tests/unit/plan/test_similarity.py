"""When two texts are one: where the bounds lie, and that case, links and the rest of a long text do not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.similarity import alike, nearly_same_text, retells, same_text, wording


def words(first: int, last: int) -> str:
    """Different words, from one number up to the other."""
    return " ".join(f"w{number}" for number in range(first, last + 1))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (words(1, 20), words(1, 20), True),
        (words(1, 20), " ".join(words(1, 20).upper().split()[::-1]), True),
        (words(1, 19), words(1, 19), False),
        (words(1, 20), words(1, 19), False),
        (words(1, 19), words(1, 20), False),
        (words(1, 19) + " w19", words(1, 20), False),
        (words(1, 70), words(1, 100), True),
        (words(1, 69), words(1, 100), False),
        (words(1, 85), words(16, 100), True),
        (words(1, 84), words(16, 100), False),
    ],
)
def test_texts_are_alike_that_share_seven_of_ten_different_words_and_have_enough(
    first: str, second: str, same: bool
) -> None:
    assert alike(first, second) is same
    assert alike(second, first) is same
    assert nearly_same_text(wording(first), wording(second)) is same
    assert nearly_same_text(wording(second), wording(first)) is same


def test_a_text_of_another_length_is_another() -> None:
    once, often = words(1, 21), " ".join([words(1, 21)] * 2)
    assert alike(once, often)
    assert not nearly_same_text(wording(once), wording(often))
    assert nearly_same_text(wording(words(1, 70)), wording(words(1, 70) + " w1" * 30))
    assert not nearly_same_text(wording(words(1, 70)), wording(words(1, 70) + " w1" * 31))


@given(st.lists(st.sampled_from("Some words, and SOME more; `ab` [c](d) <e> ß".split())))
def test_case_spaces_and_targets_are_no_words(parts: list[str]) -> None:
    plain = wording(" ".join(parts))
    other = " \n".join(part.upper().replace("(D)", "(https://x.example/)").replace("<E>", "<f>") for part in parts)
    assert wording(other) == plain
    assert plain.count == sum({"<e>": 0}.get(part, 1) for part in parts)


def test_a_hash_is_of_all_words_in_their_order() -> None:
    assert wording("b a").key != wording("a b").key
    assert len(wording("").key) == 32
    long, longer = words(1, 1001), words(1, 1002)
    assert wording(long).key != wording(longer).key
    assert wording(long).different == wording(longer).different == frozenset(words(1, 1000).split())
    assert len(wording(longer).pairs) == 999
    assert wording(longer).count == 1002


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        (words(1, 40), True),
        (words(1, 39), False),
        (" ".join(["same"] * 40), True),
        ("日" * 80, True),
        ("日" * 79, False),
        ("日" * 40 + " word " + "本" * 40, True),
        ("ü" * 80, False),
        ("x" * 80, False),
        ("1" * 80, False),
    ],
)
def test_enough_words_or_twice_as_many_letters_where_none_are_parted(text: str, is_long: bool) -> None:
    assert wording(text).is_long is is_long
    assert same_text(wording(text), wording(text.upper())) is is_long
    assert not same_text(wording(text), wording(text + " more"))


@pytest.mark.parametrize(
    ("copy", "text", "same"),
    [
        ("", words(1, 9), True),
        (words(1, 9), "", False),
        ("", "", True),
        (words(1, 9), words(1, 900), True),
        (words(1, 900), words(1, 9), True),
        ("w5", words(1, 9), True),
        ("w1", "w1 w1 w1", True),
        ("other", words(1, 9), False),
        (words(1, 9), "w5", True),
        ("w1 w3 w5 w7 w9", words(1, 9), False),  # the words, not in their order
        (words(1, 7) + " and so", words(1, 90), True),  # six pairs of eight
        (words(1, 7) + " and so on", words(1, 90), False),  # six of nine
        (words(1, 70), " ".join(words(1, 100).split()[::-1]), True),  # most words, as long
        (words(1, 69), " ".join(words(1, 100).split()[::-1]), False),
        (words(1, 50), " ".join(words(1, 50).split()[::-1] * 2), False),
    ],
)
def test_a_copy_says_what_the_text_says_or_a_part_of_it(copy: str, text: str, same: bool) -> None:
    assert retells(wording(copy), wording(text)) is same
