"""By what an entry is recognised as a post when its GUID is new: each trait alone, and none that two of them share."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.models import Entry, Post
from generator.plan.candidate import Candidate, MemberFeed, draft
from generator.plan.match import match
from tests.support.entries import LARRY, NOW, SOURCE, entry, feed, posts_of

DAY = datetime(2026, 11, 5, 10, tzinfo=UTC)
WORDS = " ".join(f"word{number}" for number in range(30))
OTHER = {
    "link": "https://larry.example/elsewhere",
    "title": "Another title",
    "html": "<p>Another text altogether.</p>",
    "published": datetime(2026, 10, 1, tzinfo=UTC),
}
"""An entry that has nothing in common with the post."""


def post_of(**fields: object) -> Post:
    told = {"link": "https://larry.example/1", "title": "A title", "html": f"<p>{WORDS}</p>", "published": DAY}
    (post,) = posts_of(entry(1, **told))
    return replace(post, **fields)  # type: ignore[arg-type]


POST = post_of()
TOMBSTONE = post_of(withdrawn=NOW, title="", body="", digest="", reason="")


def candidate(told: Entry) -> Candidate:
    made = draft(told, MemberFeed(author=LARRY, source=SOURCE, feed=feed(told)), {})
    assert made
    return made


def stranger(number: int = 2, **fields: object) -> Entry:
    return entry(number, **(OTHER | fields))


def recognised(told: Entry, *posts: Post, beside: tuple[Entry, ...] = ()) -> str:
    """The path of the post that the entry is; empty where it is new."""
    found = match([candidate(other) for other in (told, *beside)], posts)
    assert len(found) == 1 + len(beside)
    return found[0][1].path if found[0][1] else ""


TRAITS: dict[str, dict[str, object]] = {
    "page": {"link": "http://www.larry.example/1/?utm_source=x"},
    "title and day": {"title": "A TITLE", "published": DAY.replace(hour=23)},
    "title and day of an update": {"title": "A title", "published": None, "updated": DAY.replace(hour=1)},
    "title and moment of an update": {"title": "a title", "updated": DAY},
    "title and path": {"title": "a title", "link": "https://new.example/1"},
    "text": {"title": "A title", "html": f"<p>{WORDS}</p>", "link": "https://larry.example/1"},
    "title and most words": {"title": "a Title", "html": f"<p>{WORDS} and some more</p>"},
}
NO_TRAITS: dict[str, dict[str, object]] = {
    "nothing": {},
    "title alone": {"title": "A title"},
    "day alone": {"published": DAY},
    "day and path": {"published": DAY, "link": "https://new.example/1"},
    "title and another moment of an update": {"title": "A title", "updated": DAY + timedelta(seconds=1)},
    "path alone": {"link": "https://new.example/1"},
    "most words alone": {"html": f"<p>{WORDS} and some more</p>"},
    "title and a few words": {"title": "A title", "html": f"<p>{' '.join(WORDS.split()[:19])}</p>"},
    "no title and the same day": {"title": "", "published": DAY},
}


@pytest.mark.parametrize("trait", TRAITS)
def test_one_trait_is_enough(trait: str) -> None:
    assert recognised(stranger(**TRAITS[trait]), POST) == POST.path


@pytest.mark.parametrize("trait", NO_TRAITS)
def test_half_a_trait_says_nothing(trait: str) -> None:
    assert recognised(stranger(**NO_TRAITS[trait]), POST) == ""


@pytest.mark.parametrize("trait", TRAITS)
def test_what_two_posts_or_two_entries_share_decides_nothing(trait: str) -> None:
    twin = replace(POST, path=POST.path + "2", guid="urn:twin")
    told, other = stranger(**TRAITS[trait]), stranger(3, **TRAITS[trait])
    assert recognised(told, POST, twin) == ""
    assert recognised(told, POST, beside=(other,)) == ""
    known = replace(other, guid=POST.guid)
    assert recognised(told, POST, beside=(known,)) == "", "a post is recognised once, by its GUID first"
    assert recognised(known, POST, beside=(told,)) == POST.path


def test_a_guid_decides_the_own_one_before_a_former() -> None:
    heir = replace(POST, path=POST.path + "2", guid="urn:heir", former_guids=(POST.guid, "urn:old"))
    assert recognised(stranger(guid=POST.guid), POST, heir) == POST.path
    assert recognised(stranger(guid="urn:old"), POST, heir) == heir.path
    merged = replace(candidate(stranger()), others=(candidate(stranger(3, guid="urn:old")),))
    assert match([merged], [POST, heir]) == [(merged, heir)]
    assert match([], [POST]) == []
    assert recognised(stranger()) == ""


def test_a_text_counts_by_what_a_reader_notices() -> None:
    same = candidate(stranger()).content
    known = replace(POST, digest=same.digest)
    assert recognised(stranger(), known) == known.path
    assert recognised(stranger(), replace(known, body="")) == "", "nothing was noticed of nothing"
    assert recognised(stranger(), replace(known, body="", withdrawn=NOW)) == known.path
    assert recognised(stranger(html=""), replace(known, digest=candidate(stranger(html="")).content.digest)) == ""


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"published": DAY, "link": "https://new.example/1"}, True),
        ({"published": None, "updated": DAY, "link": "https://new.example/1"}, True),
        ({"published": DAY, "link": "https://new.example/2"}, False),
        ({"published": DAY + timedelta(days=1), "link": "https://new.example/1"}, False),
        ({"published": DAY, "link": "https://new.example/"}, False),
        ({"published": None, "link": "https://new.example/1"}, False),
    ],
)
def test_a_tombstone_has_no_title_and_is_recognised_on_another_host_by_day_and_path(
    fields: dict[str, object], same: bool
) -> None:
    assert recognised(stranger(**fields), TOMBSTONE) == (TOMBSTONE.path if same else "")
    moved = replace(TOMBSTONE, canonical_url="https://new.example/1", guid="urn:sha256:page:1")
    assert recognised(stranger(**fields), moved) == "", "on its own host its page would say it"


def test_a_tombstone_without_a_path_or_a_day_is_not_recognised_by_the_other() -> None:
    front = replace(TOMBSTONE, canonical_url="https://larry.example/")
    assert recognised(stranger(published=DAY, link="https://new.example/"), front) == ""
    undated = replace(TOMBSTONE, date=None)
    assert recognised(stranger(published=None, link="https://new.example/1"), undated) == ""


def test_nothing_that_is_not_there_is_a_trait() -> None:
    bare = replace(POST, title="", date=None, canonical_url="", digest="", body="")
    assert recognised(stranger(title="", published=None, link="", html="<p>x</p>"), bare) == ""
    bare = replace(bare, canonical_url="https://larry.example/", title="A title")
    assert recognised(stranger(title="A title", published=None, link="https://new.example/"), bare) == ""


def test_a_day_alone_may_be_the_date() -> None:
    known = replace(POST, date=date(2026, 11, 5))
    assert recognised(stranger(title="A title", published=date(2026, 11, 5)), known) == known.path
    assert recognised(stranger(title="A title", published=DAY), known) == known.path


SHARED = "https://larry.example/all"
PAGE = "urn:sha256:page:"


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"html": f"<p>{WORDS}</p>"}, True),
        ({"html": f"<p>{WORDS} and more</p>"}, False),
        ({"html": f"<p>{WORDS} and more</p>", "published": DAY.replace(hour=1)}, True),
        ({"html": f"<p>{WORDS} and more</p>", "published": None, "updated": DAY}, True),
        ({"html": f"<p>{WORDS} and more</p>", "published": DAY + timedelta(days=1)}, False),
        ({"published": DAY}, False),
        ({"html": f"<p>{WORDS}</p>", "link": "https://larry.example/other"}, False),
        ({"html": ""}, False),
        ({}, False),
    ],
)
def test_entries_that_share_a_page_are_recognised_by_text_or_by_day_and_words(
    fields: dict[str, object], same: bool
) -> None:
    known = replace(POST, guid=PAGE + "1", canonical_url=SHARED, digest="")
    told = stranger(**({"guid": PAGE + "2", "link": SHARED} | fields))
    assert recognised(told, known) == (known.path if same else "")
    assert recognised(told, replace(known, body="")) == ""
    twin = replace(known, guid=PAGE + "3", path=known.path + "2")
    assert recognised(told, known, twin) == ""
    if "link" not in fields:
        assert recognised(replace(told, guid="urn:2"), known) == "", "a page alone says nothing where others share it"
        alone = replace(known, guid="urn:1")
        assert recognised(told, alone) == (known.path if same else ""), "whichever of the two has such a GUID"
