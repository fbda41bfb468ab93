"""Entries that somebody else tells of a post that was withdrawn."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from generator.models import Change, Kind, Post
from generator.plan import keep_away

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def post(nick: str = "larry", **fields: object) -> Post:
    named = {"guid": f"https://{nick}.example/?p=1", "canonical_url": f"https://{nick}.example/1"}
    place = {"path": f"posts/{nick}/2026/2026-11-01-x-01234567.md", "feed": f"https://{nick}.example/feed"}
    return Post(**{"nick": nick, "author": nick, "date": NOW, **place, **named, **fields})  # type: ignore[arg-type]


def add(nick: str = "marta", **fields: object) -> Change:
    return Change(kind=Kind.ADD, post=post(nick, **fields))


def is_kept_away(new: Change, tombstone: Post, *others: Post) -> bool:
    left, notes = keep_away([new], [replace(tombstone, withdrawn=NOW), *others])
    assert len(left) + len(notes) == 1
    return not left


@pytest.mark.parametrize(
    ("guid", "counts"),
    [
        ("https://larry.example/?p=1", True),
        ("http://www.larry.example/?p=1", True),
        ("tag:larry.example,2026:1", True),
        ("TAG:blogger.com,1999:blog-1.post-2", True),
        ("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", True),
        ("urn:sha256:page:1225c695cfb84ebbaaaa80da344efa6a", True),
        ("1225c695-cfb8-4ebb-aaaa-80da344efa6a", True),
        ("da39a3ee5e6b4b0d3255bfef95601890afd80709", True),
        ("abcdefabcdefabcdefabcdef12345678", True),
        ("abcdefabcdefabcdefabcdefa1234567", False),
        ("bcdefabcdefabcdefabcdef12345678", False),
        ("", False),
        ("1", False),
        ("post-1", False),
        ("https://larry.example/", False),
        ("https://larry.example/#1", False),
        ("http://", False),
        ("tag:larry", False),
        ("urn:x:", False),
        ("see urn:x:1", False),
        ("urn:x:1 and more", False),
        ("/2026/01/01/happy-new-year-everybody-2026", False),
        ("happy-new-year-to-everybody-out-there", False),
        ("Happy new year 2026, and 2027, and 2028!", False),
        ("20261101", False),
    ],
)
def test_a_guid_counts_where_it_names_one_post_of_the_whole_web(guid: str, counts: bool) -> None:
    old = "https://larry.example/?p=1" if guid.startswith("http://www") else guid
    assert is_kept_away(add(guid=guid), post(guid=old)) == counts
    assert is_kept_away(add(guid="x", former_guids=(guid,)), post(guid="y", former_guids=(old,))) == counts


def test_an_address_counts_however_it_is_spelled_and_wherever_it_was() -> None:
    new = add(canonical_url="http://www.larry.example/1/?utm_source=rss")
    assert is_kept_away(new, post())
    assert is_kept_away(add(canonical_url="https://else.example/1"), post(also_at=("https://else.example/1",)))
    assert not is_kept_away(add(canonical_url="https://larry.example/"), post(canonical_url="https://larry.example/"))
    assert not is_kept_away(add(), post())
    assert not is_kept_away(add(guid="", canonical_url=""), post(guid="", canonical_url=""))


def test_an_identity_that_another_post_has_names_nobody() -> None:
    page = "https://news.example/all"
    shared = {"canonical_url": page}
    assert is_kept_away(add(**shared), post(**shared))
    assert not is_kept_away(add(**shared), post(**shared), post("kim", **shared))
    first, second = add(**shared), add(**shared, guid="2", path="posts/marta/2026/2026-11-02-y-01234568.md")
    tombstone = replace(post(**shared), withdrawn=NOW)
    assert keep_away([first, second], [tombstone]) == ([first, second], [])
    elsewhere = replace(second, post=replace(second.post, feed="https://else.example/feed"))
    assert keep_away([first, elsewhere], [tombstone])[0] == []


def test_entries_that_share_their_page_are_known_by_their_made_up_guid_alone() -> None:
    page = {"canonical_url": "https://news.example/all"}
    one, other = (f"urn:sha256:page:{digit * 32}" for digit in "12")
    assert is_kept_away(add(guid=one, **page), post(guid=one, **page))
    assert not is_kept_away(add(guid=other, **page), post(guid=one, **page))


def test_only_new_posts_are_kept_away_and_the_note_says_no_word_of_them() -> None:
    tombstone = replace(post(path="posts/larry/2026/2026-11-01-89abcdef.md"), withdrawn=NOW)
    revised = Change(kind=Kind.REVISE, post=tombstone, before=tombstone)
    secret = add(guid=tombstone.guid, title="Secret", path="posts/marta/2026/2026-11-01-secret-01234567.md")
    left, (note,) = keep_away([revised, secret], [tombstone])
    assert left == [revised]
    assert note == (
        "https://marta.example/feed: an entry was not added: "
        "it was withdrawn from this planet as posts/larry/2026/2026-11-01-89abcdef.md"
    )
    assert keep_away([revised], [tombstone]) == ([revised], [])
