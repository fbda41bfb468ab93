"""Two texts → the words that went and came."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.history import DiffMark, compare, compare_words, count_words
from generator.archive.history.diff import MAX_DIFFERENCES, match
from generator.archive.history.format import to_text

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d.", "(e)", "\n\n", "日本", "[f](https://g/h)"]), max_size=40).map(
    " ".join
)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("for forty milliseconds", "for four hundred milliseconds", "for [-forty-]{+four hundred+} milliseconds"),
        ("foo", "foo bar", "foo {+bar+}"),
        ("foo bar", "foo", "foo [-bar-]"),
        ("", "new", "{+new+}"),
        ("one two", "one\ttwo", "one\ttwo"),
        ("before 2.39.5 it didn't", "before 2.40 it didn't", "before [-2.39.5-]{+2.40+} it didn't"),
        ("See [it](https://a/b).", "See [it](https://a/c).", "See [it][-(https://a/b)-]{+(https://a/c)+}."),
        ("設定をまとめました。", "新しい設定をまとめました。", "{+新しい+}設定をまとめました。"),
        ("nothing of this stays", "all words are others", "[-nothing of this stays-]{+all words are others+}"),
        ("one two the three four", "5 6 the 7 8", "[-one two the three four-]{+5 6 the 7 8+}"),
    ],
)  # fmt: skip
def test_words_that_went_and_came(before: str, after: str, told: str) -> None:
    assert to_text(compare_words(before, after)) == told


@given(TEXTS, TEXTS)
def test_without_what_came_it_is_the_old_text_and_without_what_went_the_new(before: str, after: str) -> None:
    pieces = compare_words(before, after)

    def without(mark: DiffMark) -> str:
        return "".join("".join(piece.text.split()) for piece in pieces if piece.mark is not mark)

    assert without(DiffMark.INSERTED) == "".join(before.split())
    assert without(DiffMark.DELETED) == "".join(after.split())


SEQUENCES = st.lists(st.sampled_from("abc"), max_size=12)


@given(SEQUENCES, SEQUENCES)
def test_as_much_as_possible_is_recognised(old: list[str], new: list[str]) -> None:
    pairs = match(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(i < x and j < y for (i, j), (x, y) in pairwise(pairs))
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, j in product(range(len(old)), range(len(new))):
        longest[i + 1][j + 1] = longest[i][j] + 1 if old[i] == new[j] else max(longest[i][j + 1], longest[i + 1][j])
    assert len(pairs) == longest[-1][-1]


@given(TEXTS)
def test_white_space_is_no_change(text: str) -> None:
    assert compare(text, "\n\n\n".join(part for part in text.split("\n\n") if part.strip())) == ()


def test_only_paragraphs_that_changed_are_told() -> None:
    paragraphs = [f"Paragraph {number} stays." for number in range(9)]
    changed = [*paragraphs]
    changed[2], changed[7] = "Paragraph 2 leaves.", "Paragraph 7 leaves."
    first, second = compare("\n\n".join(paragraphs), "\n\n".join(changed))
    assert (first.skipped, to_text(first.pieces)) == (2, "Paragraph 2 [-stays-]{+leaves+}.")
    assert (second.skipped, to_text(second.pieces)) == (4, "Paragraph 7 [-stays-]{+leaves+}.")


def test_of_a_long_paragraph_only_what_is_near_is_told() -> None:
    many = " ".join(f"word{number}" for number in range(500))
    (passage,) = compare(f"{many} old {many}", f"{many} new {many}")
    told = to_text(passage.pieces)
    assert len(told) < 400
    assert "word499 [-old-]{+new+} word0" in told
    assert told.startswith("…")
    assert told.endswith("…")


def test_too_many_changes_are_told_as_a_whole() -> None:
    begin = "the same " * MAX_DIFFERENCES
    old = " ".join(f"same {number}" for number in range(MAX_DIFFERENCES))
    new = " ".join(f"same x{number}" for number in range(MAX_DIFFERENCES))
    assert [piece.mark for piece in compare_words(begin + old, begin + new)] == [
        DiffMark.SAME,
        DiffMark.DELETED,
        DiffMark.INSERTED,
    ]


def test_words_are_counted_and_signs_where_there_are_no_words() -> None:
    assert count_words(compare_words("", "Two-fold (words) – of [a](https://b.example/c)!"), DiffMark.INSERTED) == 5
    assert count_words(compare_words("新しい。", ""), DiffMark.DELETED) == 3
