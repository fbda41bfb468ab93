"""Tags: one for each topic, however it is spelt, at an address that is plain and its own."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from generator.site.views.tags import key, tags, tags_of
from tests.support.sample_site import make_post

NAMES = st.text(max_size=12) | st.sampled_from(["C", "C++", "C#", "Gentoo", "gentoo", "日本語", "عتاد", "open source"])
POSTS = st.lists(st.lists(NAMES, max_size=4), max_size=8)


def posts(*tagged: tuple[str, ...]):
    return [make_post(number, tags=tuple(names)) for number, names in enumerate(tagged, 1)]


def test_spellings_of_a_word_are_one_tag_named_as_most_write_it():
    known = tags(posts(("Gentoo",), ("gentoo", "Open_Source"), ("#gentoo", "open-source"), ("GENTOO", "Open Source")))
    assert [tag.name for tag in known.values()] == ["gentoo", "Open Source"]
    assert [tag.page for tag in known.values()] == ["tags/gentoo/index.html", "tags/open-source/index.html"]


def test_a_tag_of_one_post_has_no_page():
    assert tags(posts(("rare",)))["rare"].page == ""


def test_addresses_and_words_for_no_tag_are_none():
    every = posts(*[("Uncategorized", "http://schemas.example.org/kind#post", "Non classé", "a")] * 2)
    assert [tag.name for tag in tags(every).values()] == ["a"]
    assert [tag.name for tag in tags_of(every[0], tags(every))] == ["a"]


def test_words_that_differ_only_in_signs_have_addresses_of_their_own():
    known = tags(posts(("C", "C++", "C#", "日本語"), ("C", "C++", "C#", "日本語")))
    assert known["c"].folder == "tags/c/"
    assert len({tag.folder for tag in known.values()}) == len(known) == 4
    assert all(re.fullmatch(r"tags/[a-z0-9-]+/", tag.folder) for tag in known.values())


@given(POSTS)
def test_every_tag_of_a_post_is_known_once_and_at_a_plain_address_of_its_own(tagged):
    every = posts(*map(tuple, tagged))
    known = tags(every)
    found = [tags_of(post, known) for post in every]
    counts = Counter(tag.folder for group in found for tag in group)
    assert {folder for folder, many in counts.items() if many > 1} == {tag.folder for tag in known.values() if tag.page}
    assert counts.keys() == {tag.folder for tag in known.values()}
    assert all(re.fullmatch(r"tags/[a-z0-9]+(-[a-z0-9]+)*/", tag.folder) for tag in known.values())
    assert len({tag.folder for tag in known.values()}) == len(known)
    assert all(tag.name for tag in known.values())


@given(st.text(max_size=20))
def test_the_key_of_a_key_is_itself(name):
    assert key(key(name)) == key(name)
