"""One story that two authors tell."""

from dataclasses import replace
from datetime import timedelta

from generator.models import Change, Kind, Post
from generator.plan.duplicates import drop_duplicates
from tests.support.entries import NOW, entry, posts_of


def added(nick: str, **fields: object) -> Change:
    (post,) = posts_of(entry())
    told = replace(post, nick=nick, path=f"posts/{nick}/x.md", **fields)  # type: ignore[arg-type]
    return Change(kind=Kind.ADD, post=told)


def whole(post: Post) -> Post:
    """The archive here is of whole posts."""
    return post


def test_the_first_author_wins_and_names_the_other() -> None:
    later = added("kim", date=NOW, canonical_url="https://www.larry.example/1/", editions=("planet",))
    kept, notes = drop_duplicates([later, added("larry")], [], whole)
    assert [(change.post.nick, change.post.also_at, change.post.editions) for change in kept] == [
        ("larry", (), ("universe", "planet"))
    ]
    assert "posts/larry/x.md" in notes[0]


def test_a_text_told_elsewhere_under_its_title() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    copy = added("kim", date=NOW, title="post 1", canonical_url="https://kim.example/1", body=words + " and more")
    first = replace(added("larry").post, body=words, date=NOW - timedelta(days=1))
    (change,), _ = drop_duplicates([copy], [first], whole)
    assert (change.kind, change.before, change.post.also_at) == (Kind.REVISE, first, ("https://kim.example/1",))
    assert drop_duplicates([copy], [change.post], whole)[0] == []
    for other in (
        replace(first, body="Other"),
        replace(first, date=NOW - timedelta(days=9)),
        replace(first, title="x"),
    ):
        assert drop_duplicates([copy], [other], whole) == ([copy], [])
    assert drop_duplicates([copy], [replace(first, withdrawn=NOW)], whole) == ([copy], [])
    assert drop_duplicates([copy], [replace(first, nick="kim")], whole) == ([copy], [])
