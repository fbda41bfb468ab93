"""One story that two members tell: shown once, as its owner's, and never as a stranger's."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.models import Change, Kind, Post
from generator.plan.duplicates import MAX_ALSO, drop_duplicates
from tests.support.entries import NOW, entry, posts_of

TEXT = " ".join(f"word{number}" for number in range(40))
DAY = timedelta(days=1)
HOSTS = {nick: f"https://{nick}.example" for nick in ("larry", "kim", "mallory")}


def added(nick: str, **fields: object) -> Change:
    (post,) = posts_of(entry())
    told = replace(post, nick=nick, path=f"posts/{nick}/x.md", **fields)  # type: ignore[arg-type]
    return Change(kind=Kind.ADD, post=told)


def telling(nick: str, **fields: object) -> Change:
    """A post whose feed lies at the member's own host."""
    own = {"feed": f"{HOSTS[nick]}/feed", "canonical_url": f"{HOSTS[nick]}/1", "guid": f"tag:{nick}", "body": TEXT}
    return added(nick, **(own | {"first_seen": NOW} | fields))


def whole(post: Post) -> Post:
    """The archive here is of whole posts."""
    return post


def shown(changes: list[Change]) -> list[tuple[Kind, str, tuple[str, ...], str]]:
    return [(change.kind, change.post.nick, change.post.also_at, change.post.original) for change in changes]


def test_the_first_author_wins_and_names_the_other() -> None:
    later = added("kim", date=NOW, canonical_url="https://www.larry.example/1/", editions=("planet",))
    kept, notes = drop_duplicates([later, added("larry")], [], whole)
    assert [(change.post.nick, change.post.also_at, change.post.editions) for change in kept] == [
        ("larry", (), ("universe", "planet"))
    ]
    assert "posts/larry/x.md" in notes[0]


def test_a_text_told_elsewhere_under_its_title() -> None:
    copy = added("kim", date=NOW, title="post 1", canonical_url="https://kim.example/1", body=TEXT + " and more")
    first = replace(added("larry").post, body=TEXT, date=NOW - DAY)
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


def test_equal_texts_at_two_addresses_are_one_story() -> None:
    first = telling("larry", title="One", date=NOW - timedelta(days=400)).post
    copy = telling("kim", title="Two", body=f"*{TEXT.title()}*  [x](https://kim.example/)", date=NOW)
    first = replace(first, body=f"{TEXT} <b>x</b>")
    changes, notes = drop_duplicates([copy], [first], whole)
    assert shown(changes) == [(Kind.REVISE, "larry", ("https://kim.example/1",), "")]
    assert "kim" in notes[0]
    short = " ".join(TEXT.split()[:39])
    few = telling("kim", title="Two", body=short)
    assert drop_duplicates([few], [replace(first, body=short)], whole) == ([few], [])
    chinese = "维护者们今天发布了新的版本其中包含许多改进和修复" * 4
    assert drop_duplicates([telling("kim", title="Two", body=chinese)], [replace(first, body=chinese)], whole)[1]


CLAIM = {"canonical_url": "https://larry.example/1"}
"""What a forger says of a page that is Larry's."""


@pytest.mark.parametrize(
    "forged", [{}, {"date": NOW - timedelta(days=9999)}, {"guid": "tag:larry"}, {"title": "Other"}]
)
@pytest.mark.parametrize("order", [1, -1])
def test_the_owner_of_an_address_wins_in_one_run(forged: dict[str, object], order: int) -> None:
    changes = [telling("larry", date=NOW), telling("mallory", **(CLAIM | forged))][::order]
    left, notes = drop_duplicates(changes, [], whole)
    assert shown(left) == [(Kind.ADD, "larry", (), "")]
    assert len(notes) == 1


@pytest.mark.parametrize("forged", [{}, {"date": NOW - timedelta(days=9999)}, {"title": "Other"}, {"body": TEXT[:99]}])
def test_a_forgery_never_takes_the_place_of_what_is_there(forged: dict[str, object]) -> None:
    left, notes = drop_duplicates([telling("mallory", **(CLAIM | forged))], [telling("larry").post], whole)
    assert left == []
    assert "larry has told this before" in notes[0]


def test_an_original_that_comes_later_takes_its_place_and_the_copy_leads_there() -> None:
    copy = telling("mallory", **CLAIM, guid="https://mallory.example/copy", also_at=("https://kim.example/1",)).post
    changes, notes = drop_duplicates([telling("larry", date=NOW + DAY)], [copy], whole)
    assert shown(changes) == [
        (Kind.REVISE, "mallory", copy.also_at, "posts/larry/x.md"),
        (Kind.ADD, "larry", ("https://kim.example/1",), ""),
    ]
    assert replace(changes[0].post, original="") == copy, "the file is kept"
    assert notes[0].startswith("posts/mallory/x.md: this is the post of larry, whose feed lies at its address; ")
    assert notes[0].endswith("it leads to posts/larry/x.md now")
    after = [change.post for change in changes]
    assert drop_duplicates([telling("kim", body=TEXT)], after, whole)[0] == [], "the original counts from now on"


def test_a_copied_guid_betrays_the_copy() -> None:
    guid = "https://larry.example/?p=1"
    copy = telling("mallory", guid=guid).post
    changes, _ = drop_duplicates([telling("larry", guid=guid)], [copy], whole)
    assert shown(changes) == [
        (Kind.REVISE, "mallory", (), "posts/larry/x.md"),
        (Kind.ADD, "larry", ("https://mallory.example/1",), ""),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_other_words_under_an_address_are_no_copy(order: int) -> None:
    both = [telling("larry"), telling("mallory", **CLAIM, body="Buy my pills, and be happy.")][::order]
    first, later = both
    changes, notes = drop_duplicates([later], [first.post], whole)
    assert changes == [later]
    assert notes == [f"{later.post.path}: it tells other words under the address of {first.post.path}; both are kept"]
    assert sorted(change.post.nick for change in drop_duplicates(both, [], whole)[0]) == ["larry", "mallory"]


@pytest.mark.parametrize("order", [1, -1])
def test_an_excerpt_and_the_whole_are_one_story(order: int) -> None:
    """Two members may list two feeds of one blog. Who came first stays, where the place of neither feed decides."""
    excerpt = {"canonical_url": "https://x.example/1", "body": " ".join(TEXT.split()[:30]) + " Read more"}
    first, later = [telling("mallory", **excerpt), telling("larry", canonical_url="https://x.example/1")][::order]
    changes, notes = drop_duplicates([later], [first.post], whole)
    assert (changes, len(notes)) == ([], 1)
    assert f"{first.post.nick} has told this before" in notes[0]


def test_an_original_takes_the_place_of_its_excerpt() -> None:
    excerpt = telling("mallory", **CLAIM | {"body": " ".join(TEXT.split()[:30]) + " Read more"})
    changes, _ = drop_duplicates([telling("larry")], [excerpt.post], whole)
    assert [(change.post.nick, change.post.original) for change in changes] == [
        ("mallory", "posts/larry/x.md"),
        ("larry", ""),
    ]


def test_a_copy_that_the_archive_has_recognised_stays_one() -> None:
    """Its file was never written: what is left of it is the address that the original names."""
    short = {"body": "Trusted by the press."}
    first = telling("larry", **short, also_at=("https://mallory.example/1",)).post
    assert drop_duplicates([telling("mallory", **short, date=NOW - 9 * DAY)], [first], whole)[0] == []
    assert drop_duplicates([telling("mallory", body="Buy my pills.")], [first], whole)[0] != []


@pytest.mark.parametrize("body", ["", "be, of, and, to, a"])
def test_no_words_and_common_words_never_hide_a_text(body: str) -> None:
    empty = telling("mallory", canonical_url="https://x.example/1", body=body).post
    new = telling("larry", canonical_url="https://x.example/1")
    assert drop_duplicates([new], [empty], whole)[0] == [new]


def test_an_address_that_a_feed_has_for_all_that_it_tells_makes_no_copies() -> None:
    site = {"canonical_url": "https://blogs.example/", "feed": "https://blogs.example/feed"}
    archive = [
        replace(telling("larry", **site, body="", title=f"Note {n}").post, path=f"posts/larry/{n}.md")
        for n in range(60)
    ]
    new = telling("kim", **site, body="", title="Mine")
    changes, notes = drop_duplicates([new], archive, whole)
    assert (changes, len(notes)) == ([new], 1)
    same = telling("kim", **site, body="", title="Note 7")
    assert drop_duplicates([same], archive, whole)[0] == []


def test_in_one_run_the_older_member_came_first_whatever_the_dates_say() -> None:
    before = telling("larry", canonical_url="https://larry.example/0", body="Long ago.", first_seen=NOW - DAY).post
    before = replace(before, path="posts/larry/before.md", title="Before", description="Long ago.", guid="tag:0")
    copy = telling("mallory", date=NOW - timedelta(days=9999), title="Mine")
    (change,), _ = drop_duplicates([copy, telling("larry", date=NOW)], [before], whole)
    assert (change.post.nick, change.post.also_at) == ("larry", ("https://mallory.example/1",))


def test_several_copies_lead_to_one_original() -> None:
    copies = [telling(nick, **CLAIM).post for nick in ("kim", "mallory")]
    changes, _ = drop_duplicates([telling("larry")], copies, whole)
    assert {(change.post.nick, change.post.original) for change in changes} == {
        ("kim", "posts/larry/x.md"),
        ("mallory", "posts/larry/x.md"),
        ("larry", ""),
    }


def test_a_copy_is_nobodys_original() -> None:
    copy = telling("mallory", original="posts/larry/x.md").post
    new = telling("kim")
    assert drop_duplicates([new], [copy], whole) == ([new], [])


def test_nobody_fills_anothers_post_with_links() -> None:
    post = telling("larry").post
    for number in range(3 * MAX_ALSO):
        copy = telling("mallory", canonical_url=f"https://mallory.example/{number}")
        changes, _ = drop_duplicates([copy], [post], whole)
        post = changes[0].post if changes else post
    assert len(post.also_at) == MAX_ALSO


@given(st.integers(0, 2**32))
@example(19)
def test_whatever_strangers_claim_an_owner_is_shown(seed: int) -> None:
    """Random planets: each member's feed lies at a host of its own, and claims whatever address, date and GUID."""
    random = Random(seed)
    for _ in range(10):
        new, archive = [telling("larry", date=NOW)], []
        for number in range(random.randrange(1, 5)):
            nick = random.choice(("mallory", "kim"))
            link = random.choice(("https://larry.example/1", "https://larry.example/1/?utm_source=x"))
            fields = {"canonical_url": link, "guid": random.choice(("tag:larry", f"https://{nick}.example/{number}"))}
            fields |= {"date": NOW - random.randrange(9999) * DAY, "title": random.choice(("Post 1", "Mine"))}
            fields |= {"body": random.choice((TEXT, TEXT.upper(), "Other words of mine."))}
            change = telling(nick, **fields)
            change = replace(change, post=replace(change.post, path=f"posts/{nick}/{number}.md"))
            (archive if random.random() < 0.5 else new).append(change)
        random.shuffle(new)
        changes, _ = drop_duplicates(new, [change.post for change in archive], whole)
        after = {change.post.path: change.post for change in (*archive, *changes)}
        assert after["posts/larry/x.md"].is_standing
        copies = [post for post in after.values() if post.body.casefold() == TEXT and post.nick != "larry"]
        assert {post.original for post in copies} <= {"posts/larry/x.md"}


def test_other_changes_of_a_run_go_on_beside_new_posts() -> None:
    before = telling("larry").post
    revised = Change(kind=Kind.REVISE, post=replace(before, body="Other words"), before=before)
    new = telling("kim", body="What nobody told.", title="New")
    assert drop_duplicates([revised, new], [before], whole) == ([revised, new], [])
    copy = telling("kim", canonical_url=before.canonical_url, body="Other words", title=before.title)
    (change,), _ = drop_duplicates([revised, copy], [before], whole)
    assert (change.kind, change.before, change.post.body) == (Kind.REVISE, before, "Other words")


@pytest.mark.parametrize(("apart", "same"), [(3 * DAY, True), (3 * DAY + timedelta(seconds=1), False)])
def test_two_tellings_under_a_title_are_at_most_three_days_apart(apart: timedelta, same: bool) -> None:
    first = telling("larry", date=NOW).post
    for when in (NOW - apart, NOW + apart):
        copy = telling("kim", date=when, body=TEXT + " and more")
        assert (drop_duplicates([copy], [first], whole)[0] == [copy]) is not same


FEW = " ".join(TEXT.split()[:20])
"""Enough to be compared, too few to be one story by themselves."""
ALONE = {"title": "Two", "description": "Another beginning"}


@pytest.mark.parametrize(
    ("first", "copy", "same"),
    [
        ({}, {}, False),
        ({"also_at": ("https://kim.example/1",)}, {}, True),
        ({"guid": "https://larry.example/?p=1"}, {"guid": "https://larry.example/?p=1"}, True),
        ({"guid": "tag:x"}, {"guid": "tag:x"}, False),
        ({"body": TEXT}, {"body": TEXT}, True),
        ({}, {"canonical_url": "https://larry.example/1"}, True),
        ({}, {"canonical_url": "https://larry.example/1", "body": "word0 word1"}, False),
        ({"body": "word0 word1"}, {"canonical_url": "https://larry.example/1"}, False),
        (
            {"body": "word0"},
            {"canonical_url": "https://larry.example/1", "title": "post 1", "body": "word0 word1"},
            True,
        ),
        ({"title": "", "body": "a b"}, {"canonical_url": "https://larry.example/1", "title": "", "body": "a b"}, True),
        (
            {"title": "", "body": "a b"},
            {"canonical_url": "https://larry.example/1", "title": "", "body": "a b c"},
            False,
        ),
    ],
)
def test_what_two_tellings_have_in_common_where_titles_and_beginnings_differ(
    first: dict[str, object], copy: dict[str, object], same: bool
) -> None:
    before = telling("larry", **({"body": FEW} | first)).post
    told = telling("kim", **(ALONE | {"body": FEW} | copy))
    assert (drop_duplicates([told], [before], whole)[0] != [told]) is same
