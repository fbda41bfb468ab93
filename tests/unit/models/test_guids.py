"""GUIDs that are made up stand in archives: none may ever come out otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from generator.models import Entry
from generator.models.guids import is_page_guid, page_guid, text_guid

ENTRY = Entry(
    guid="",
    link="https://x.example/",
    title="T",
    html="<p>x",
    base="",
    published=datetime(2026, 11, 1, 10, tzinfo=UTC),
)
UNTITLED = replace(ENTRY, title="")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)


def test_guids_of_the_archive_stay_what_they_are() -> None:
    assert text_guid("Title", "Body") == "urn:sha256:00f2f2dac8eaaabb92ee3fb6da5c27d9"
    assert page_guid(ENTRY) == "urn:sha256:page:a3bbe1790bad663343b245caf2fe9241"
    assert page_guid(UNTITLED) == "urn:sha256:page:d93a898ab59c6cfda75fdf8e239c8c29"
    assert (
        page_guid(replace(UNTITLED, published=date(2026, 11, 1))) == "urn:sha256:page:3f30b1ff4ce72bd261eb2909d2d174d7"
    )
    assert page_guid(replace(UNTITLED, published=None)) == ENTRY.link


@given(st.tuples(TEXT, TEXT), st.tuples(TEXT, TEXT))
def test_other_words_are_another_guid(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert (text_guid(*first) == text_guid(*second)) is (first == second)
    pages = [page_guid(replace(ENTRY, link=f"x{link}", title=f"y{title}")) for link, title in (first, second)]
    assert (pages[0] == pages[1]) is (first == second)
    assert all(map(is_page_guid, pages))
    assert not is_page_guid(text_guid(*first))


def test_a_title_tells_entries_of_a_page_apart_and_a_date_only_where_there_is_none() -> None:
    later = datetime(2026, 11, 2, tzinfo=UTC)
    assert page_guid(replace(ENTRY, published=later)) == page_guid(ENTRY)
    assert page_guid(replace(UNTITLED, published=later)) != page_guid(UNTITLED)
    assert not is_page_guid(page_guid(replace(UNTITLED, published=None)))
    assert page_guid(replace(ENTRY, published=None)) == page_guid(ENTRY)


def test_text_that_no_encoding_has_is_no_obstacle() -> None:
    assert text_guid("\ud800", "") == text_guid("?", "")
