"""Front matter and the strict YAML that people write."""

import pytest

from generator import strict_yaml
from generator.errors import FileError


def value(text: str) -> object:
    return strict_yaml.read_yaml(text, "x.yaml").value


def test_words_stay_words() -> None:
    assert value("a: no\nb: 12:30:00\nc: 012\nd: 1e3\ne: 2019-10-13\nf: on") == {
        "a": "no", "b": "12:30:00", "c": "012", "d": "1e3", "e": "2019-10-13", "f": "on",
    }  # fmt: skip


def test_true_false_null_and_whole_numbers_are_what_they_look_like() -> None:
    assert value("a: true\nb: false\nc: null\nd:\ne: ~\nf: -12\ng: 0") == {
        "a": True, "b": False, "c": None, "d": None, "e": None, "f": -12, "g": 0,
    }  # fmt: skip


def test_nothing_is_none() -> None:
    assert value("") is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: &x 2\nc: *x", 2, "anchors and aliases"),
        ("a: 1\nb: 2\na: 3", 3, "'a' stands here twice"),
        ("a:\n  b: 1\n  b: 2", 3, "'b' stands here twice"),
        ("a: !!python/object:os.system x", 1, "tags"),
        ("a: [1,\nb: }", 2, "not YAML"),
        ("a: " + "[" * 50, 1, "nested too deeply"),
        ("[" * 7000, 1, "nested too deeply"),
        ("a: 1\nb: \x07", 2, "a character that YAML does not allow"),
        ("? [x]\n: y", 1, "a key must be a word"),
        ("<<: {a: 1}\nb: *b", 2, "anchors"),
    ],
)
def test_what_a_reviewer_would_misread_is_refused(text: str, line: int, said: str) -> None:
    with pytest.raises(FileError) as caught:
        value(text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("x.yaml", line)
    assert said in problem.reason
    assert problem.remedy


def test_lines_lead_to_each_part() -> None:
    document = strict_yaml.read_yaml("name: x\nfeeds:\n  - url: a\n    full: true\n  - url: b\n", "x.yaml")
    assert document.line(("feeds", 0, "full")) == 4
    assert document.line(("feeds", 1, "url")) == 5
    assert document.line(("feeds", 1, "nothing")) == 5
    assert document.line(("nothing",)) == 1
