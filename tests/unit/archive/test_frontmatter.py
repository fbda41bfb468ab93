"""Front matter and body of a post's file."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import strict_yaml
from generator.archive import frontmatter

texts = st.text(st.characters(codec="utf-8"))


def test_split_finds_head_and_body() -> None:
    assert frontmatter.split("---\na: 1\n---\n\nBody\n---\nmore\n") == ("a: 1", "Body\n---\nmore\n")
    assert frontmatter.split("---\na: 1\n---") == ("a: 1", "")
    assert frontmatter.split("No head") == ("", "No head")
    assert frontmatter.split("---\nnever closed") == ("", "---\nnever closed")


@given(st.dictionaries(st.from_regex(r"k[a-z_]{1,8}", fullmatch=True), texts | st.lists(texts), min_size=1))
def test_what_is_quoted_reads_back_in_our_reader_and_in_any_other(fields: dict[str, str | list[str]]) -> None:
    text = frontmatter.join({key: strict_yaml.quoted(field) for key, field in fields.items()}, "body")
    head, body = frontmatter.split(text)
    assert frontmatter.read_head(head, "x.md").value == fields
    assert strict_yaml.read_yaml(head, "x.md").value == fields
    assert yaml.safe_load(head) == fields
    assert body == "body\n"
    assert head.count("\n") == len(fields) - 1


def test_a_head_that_a_person_wrote_is_read_as_yaml() -> None:
    written = frontmatter.read_head("title: No quotes\ntags:\n  - a\n  - b", "x.md")
    assert written.value == {"title": "No quotes", "tags": ["a", "b"]}
    assert written.line(("tags",)) == 3
