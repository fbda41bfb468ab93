"""Strangers' text in commit messages and in what a workflow prints."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models.text import as_json, inert


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Plain words, in *short*: 3 < 4", "Plain words, in *short*: 3 < 4"),
        ("see https://a.example/b", "see https: a.example/b"),
        ("WWW.a.example www.www.b", "www a.example www www b"),
        ("Fixes #1, # 2 and larry/planet#3; C# is fine", "Fixes №1, № 2 and larry/planet№3; C№ is fine"),
        ("gh-12 and GH-x", "GH 12 and GH-x"),
        ("@larry and a@b.example, @ noon", "(at)larry and a(at)b.example, @ noon"),
        ("[a](b) [skip ci]", "|a|(b) |skip ci|"),
        ("** *** **** *****NO_CI*****", "** * * *NO_CI*"),
        ("Skip-Checks: true", "skip checks: true"),
        ("a\nb\r\n\tc\x00d\u2028e\u202ef", "a b c d e f"),
        ("  ", ""),
    ],
)
def test_a_forge_finds_nothing_in_it(text: str, line: str) -> None:
    assert inert(text) == line


@given(st.text(st.sampled_from("@#:/[]**w. \n1aGH-\u2029")))
def test_it_is_one_line_and_harmless_once_and_for_all(text: str) -> None:
    line = inert(text)
    assert line.isprintable()
    assert line == line.strip()
    assert not set("[]\n") & set(line)
    assert "://" not in line
    assert "***" not in line
    assert inert(line) == line


@given(
    st.recursive(
        st.text(st.sampled_from(":#[\n\\a")), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_line_of_json_is_a_command_and_all_of_it_comes_back(data: object) -> None:
    text = as_json(data)
    assert json.loads(text) == data
    assert "::" not in text
    assert "##[" not in text
