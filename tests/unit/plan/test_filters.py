"""What an author file takes of a feed: by whom entries are, and by patterns over all of an entry or one field."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import EntryPattern
from generator.plan import is_by, left_over, name_list
from tests.support.entries import SOURCE, entry, feed, posts_of

PEOPLE = st.lists(st.sampled_from(["Kim", "Zoé Cow", "Max", "kim", "ZOE COW"]), max_size=3).map(tuple)


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        ((), [1, 2, 3, 4]),
        (("Kim",), [1, 3]),
        (("kím", "max"), [1, 3]),
        (("zoe cow",), [2, 3]),
        (("ZoéCow",), [2, 3]),
        (("Zoe",), []),
    ],
)
def test_entries_are_taken_by_the_whole_name_of_any_of_their_authors(names: tuple[str, ...], taken: list[int]) -> None:
    entries = (
        entry(1, authors=("Kim",)),
        entry(2, authors=("Zoé  Cow",)),
        entry(3, authors=("Zo&eacute; Cow", "KIM")),
        entry(4),
    )
    posts = posts_of(*entries, source=replace(SOURCE, authors=names))
    assert [post.title for post in posts] == [f"Post {number}" for number in taken]


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("moo", [1, 2, 3]),
        ({"title": "moo"}, [1]),
        ({"title": "^Cows moo$"}, [1]),
        ({"tag": "^moo$"}, [3]),
        ({"tag": "^tag29$"}, [4]),
        ({"author": "(?i)^kim$"}, [2]),
        ({"author": "^Cow$"}, []),
        ({"link": "/4$"}, [4]),
        ({"link": "utm_"}, []),
    ],
)
def test_a_pattern_looks_at_all_of_an_entry_or_at_one_field(pattern: EntryPattern, taken: list[int]) -> None:
    entries = (
        entry(1, title="Cows moo"),
        entry(2, html="<p>They <b>mo</b>o.</p>", authors=("Zoé Cow", "Kim")),
        entry(3, tags=("cow", "moo")),
        entry(4, tags=tuple(f"tag{n}" for n in range(30)), link="https://larry.example/4?utm_source=x"),
    )
    posts = posts_of(*entries, source=replace(SOURCE, include=(pattern,)))
    assert [int(post.guid.removeprefix("urn:")) for post in posts] == taken
    posts = posts_of(*entries, source=replace(SOURCE, exclude=(pattern,)))
    assert [int(post.guid.removeprefix("urn:")) for post in posts] == [n for n in (1, 2, 3, 4) if n not in taken]


def test_of_several_patterns_one_is_enough_and_names_count_besides() -> None:
    entries = (entry(1, authors=("Kim",)), entry(2, authors=("Kim",), tags=("moo",)), entry(3, tags=("moo",)))
    patterns = ({"title": "1"}, {"tag": "moo"})
    assert len(posts_of(*entries, source=replace(SOURCE, include=patterns))) == 3
    assert len(posts_of(*entries, source=replace(SOURCE, include=patterns, authors=("Kim",)))) == 2


def test_what_an_author_file_distrusts_is_no_text_to_look_at() -> None:
    source = replace(SOURCE, include=({"tag": "moo"},), trust=("tags",))
    assert not posts_of(entry(1, tags=("moo",)), source=source)


@given(st.lists(PEOPLE, max_size=6))
def test_members_with_other_names_take_what_is_theirs_and_the_rest_is_left_over(authors: list[tuple[str, ...]]) -> None:
    entries = [entry(1, guid=str(number), authors=names) for number, names in enumerate(authors)]
    kim = [one for one in entries if is_by(one, ("Kim",))]
    zoe = [one for one in entries if is_by(one, ("Zoe Cow",))]
    assert all({name.casefold() for name in one.authors} >= {"kim"} for one in kim)
    assert all(len(one.authors) > 1 for one in kim if one in zoe)
    rest = [one for one in entries if one not in (*kim, *zoe)]
    said = left_over(feed(*entries).entries, ("Kim", "Zoe Cow"))
    assert sum(int(part.split(" ")[0]) for part in said.split("; ") if part) == len(rest)


def test_what_nobody_takes_is_said_with_the_names_that_stand_there_most() -> None:
    entries = [entry(1, authors=(f"A{number % 7}",)) for number in range(15)]
    assert left_over(entries, ("Kim",)) == (
        "15 entries are by A0, A1, A2, A3, A4 and 2 more, whom no author file of this feed lists"
    )
    assert left_over([entry(1)], ("Kim",)) == "1 entry names no author, and this feed's author files take by name"
    assert left_over(entries, ()) == ""
    assert left_over([entry(1, authors=("Kim",))], ("Kim",)) == ""
    assert name_list([("x" * 300,)]) == "x" * 80
    assert name_list([]) == ""
