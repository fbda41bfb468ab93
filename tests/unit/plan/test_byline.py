"""Who wrote an entry, where its feed names somebody else than the member."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import Author, Entry, Feed, FeedSource, Post
from generator.plan import plan
from generator.plan.byline import MAX_LENGTH, bylines
from generator.plan.candidate import MemberFeed
from tests.support.entries import LARRY, NOW, SOURCE, entry, feed, run

MEMBER = replace(LARRY, nick="lcow", email="moo@larry.example", homepage="https://people.example.org/~herd/")
Names = str | tuple[str, ...]


def of(
    *names: Names,
    member: Author = MEMBER,
    source: FeedSource = SOURCE,
    is_group: bool = False,
    **fields: object,
) -> list[str | None]:
    """The bylines of entries by those authors; an empty text names nobody."""
    entries = tuple(entry(number, authors=_tuple(name)) for number, name in enumerate(names, 1))
    of_feed = replace(feed(*entries), **{"title": "Notes", **fields})  # type: ignore[arg-type]
    byline = bylines(MemberFeed(author=member, source=source, feed=of_feed), is_group=is_group)
    return [byline(one) for one in entries]


def _tuple(name: Names) -> tuple[str, ...]:
    return name if isinstance(name, tuple) else (name,) if name else ()


OWN = [
    "Larry the Cow", "larry THE cow", "Lárry thé Còw", "Larry-the-Cow", "Cow, Larry the", "Cow, Larry", "Larry",
    "L. Cow", "L. the Cow", "larrycow", "CowLarry", "lcow", "LCow42", "@lcow", "moo", "ltc", "by Larry the Cow",
    "Author: Larry", "Posted by Larry the Cow", "Larry the Cow (lcow)", "Lawrence Bovine (lcow)",
    "Lawrence Bovine (aka lcow)", "lcow (Lawrence Bovine)", "Larry “lcow” Cow", "Dr. Larry the Cow, PhD",
    "Larry &#116;he <b>Cow</b>",
]  # fmt: skip
NOBODY = [
    "admin", "Administrator", "Administrador", "ammin", "Site Admin", "webmaster", "Web Master", "postmaster",
    "Editor", "The Editors", "Redaktion", "Redakcja", "La rédaction", "Redacción", "unknown", "Unbekannt",
    "inconnu", "desconocido", "No Reply", "noreply", "root", "anonymous", "Anonyme", "anónimo", "Администратор",
    "редакция", "Διαχειριστής", "管理员", "編集部", "관리자", "匿名", "null", "user", "admin2", "WordPress", "***", "?",
    "Staff Writer",
]  # fmt: skip
BLOG = ["Notes", "The Notes Team", "larry.example", "example", "Notes Admin", "herd"]
STRANGERS = [
    "Kim", "Kim Cow", "A. Cow", "Larry Wall", "Larrysson", "Kim (via lcow)", "Kim Lee and Pat", "Lee, Kim",
    "/u/kim", "@kim@kim.example", "田中太郎", "Will", "The Cloud Team", "José Ortega y Gasset", "bot[bot]", "The Guest",
    "Notesworthy",
]  # fmt: skip


@pytest.mark.parametrize("name", OWN + NOBODY + BLOG)
def test_another_spelling_of_the_member_or_the_blog_and_a_role_are_nobody_else(name: str) -> None:
    assert of(name, "Kim Lee", "Pat") == ["", "Kim Lee", "Pat"]


@pytest.mark.parametrize("name", STRANGERS)
def test_whoever_else_is_named_is_the_byline(name: str) -> None:
    assert of(name, "Larry", "Pat Ray") == [name, "", "Pat Ray"]


@pytest.mark.parametrize(
    ("member", "nick", "title", "name"),
    [
        ("Jürgen Müller", "jm", "L", "Mueller, Juergen"),
        ("Michał Górny", "mgorny", "L", "M. Gorny"),
        ("mgorny", "mgorny", "L", "Michał Górny"),
        ("John Ronald Cow", "x", "L", "jrcow"),
        ("田中太郎", "tanaka", "L", "太郎 田中"),
        ("Николай Шуйский", "x", "L", "шуйский николай"),
        ("Nikolaj Šujskij", "x", "L", "Николай Шуйский (Nikolaj Sujskij)"),
        ("cow9", "cow9", "Stories by Liz Marley on Paper", "Liz Marley"),
        ("cow9", "cow9", "Paper – Liz Marley’s notes", "liz marley"),
        ("cow9", "cow9", "Notes on trees, tools and life by Liz Marley", "Liz Marley"),
        ("Food & Drink", "food", "L", "Food and Drink"),
        ("Food & Drink", "food", "L", "food"),
    ],
)
def test_names_are_compared_as_people_spell_them(member: str, nick: str, title: str, name: str) -> None:
    author = Author(nick=nick, name=member, feeds=())
    assert of(name, "Pat Ray", "Lee Oak", member=author, title=title) == ["", "Pat Ray", "Lee Oak"]


def test_of_several_who_are_one_member_each_is_named_alone() -> None:
    author = Author(nick="annbob", name="Ann & Bob", feeds=())
    names = of("Ann", "Bob", "Ann and Bob", "Bob, Ann", member=author, title="Ann and Bob’s farm")
    assert names[:3] == ["Ann", "Bob", ""]


def test_a_name_that_all_entries_share_is_the_members_other_name() -> None:
    assert of("Bovina") == [""]
    assert of("Bovina", "bovina", "BOVINA") == ["", "", ""]
    assert of("Merder Kim", "Kim Merder", "Merder moo Kim", "") == ["", "", "", None]
    assert of(("Bovina", "Kim"), "Bovina") == ["Kim", ""]
    assert of(("The Show", "Kim"), ("The Show", "Pat")) == ["Kim", "Pat"]


def test_a_name_that_not_all_share_is_a_guests() -> None:
    assert of("Bovina", "Kim") == ["Bovina", "Kim"]
    assert of("Kim", "Larry") == ["Kim", ""]
    assert of("Kim", "") == ["Kim", None]
    assert of("Kim", "admin", "admin") == ["Kim", "", ""]


def test_where_the_planet_has_bylines_of_a_feed_a_shared_name_is_kept() -> None:
    assert of("Kim", "Kim", is_group=True) == ["Kim", "Kim"]
    assert of(("The Show", "Kim"), ("The Show", "Pat"), is_group=True) == ["Kim", "Pat"]


def test_whose_the_feed_is_is_the_member() -> None:
    assert of("Bovina", "Kim", authors=("Bovina",)) == ["", "Kim"]
    assert of("Bovina", "Kim", authors=("Bovina", "Kim")) == ["Bovina", "Kim"]
    assert of("Bovina", "Kim", authors=("Site Admin", "Bovina")) == ["", "Kim"]


def test_by_whose_name_the_author_file_takes_entries_is_the_member() -> None:
    source = replace(SOURCE, authors=("Bovina Moo", "B. Moo"))
    assert of("Bovina Moo", "Kim", "bmoo", ("Bovina Moo", "Pat"), source=source) == [
        "",
        "Kim",
        "",
        "Larry the Cow, Pat",
    ]
    assert of("Bovina", "Kim", source=replace(SOURCE, authors=("Bovina", "Kim"))) == ["Bovina", "Kim"]


def test_several_authors_are_joined_each_once() -> None:
    assert of(("Kim", "Pat Ray"), "Larry") == ["Kim, Pat Ray", ""]
    assert of(("larry", "Kim"), "Larry") == ["Larry the Cow, Kim", ""]
    assert of(("Kim", "Kim Lee", "K. Lee", "admin"), "Larry") == ["Kim Lee", ""]
    assert of("Larry the Cow and Kim", "Larry") == ["Larry the Cow and Kim", ""]
    many = tuple(f"Kim{chr(letter)} Lee{chr(letter)}" for letter in range(97, 117))
    assert (of(many, "Larry")[0] or "").endswith("Kimi Leei, Kimj Leej et al.")
    assert (of(", ".join(many), "Larry")[0] or "").endswith("Kimi Leei, Kimj Leej et al.")


@given(st.lists(st.lists(st.text("aB é.,;&()<'\"‮:@1"), max_size=3), min_size=1, max_size=4), st.booleans())
def test_a_byline_is_one_line_of_printable_text(names: list[list[str]], is_group: bool) -> None:
    for byline in of(*(tuple(name) for name in names), is_group=is_group):
        assert byline is None or (byline.isprintable() and len(byline) <= MAX_LENGTH and byline == byline.strip())


@given(st.lists(st.sampled_from([*STRANGERS, "Larry", "admin", ""]), min_size=1, max_size=5))
def test_the_order_of_entries_does_not_matter(names: list[str]) -> None:
    assert of(*reversed(names)) == list(reversed(of(*names)))


# in posts


def test_new_posts_get_it_and_others_with_their_next_revision() -> None:
    guest, own = entry(1, authors=("Kim",)), entry(2, authors=("Larry",))
    (first, second) = (change.post for change in run(guest, own).changes)
    assert (first.byline, second.byline) == ("Kim", "")
    known = [replace(first, byline=""), second]
    assert run(guest, own, known=known).changes == ()
    (change,) = run(replace(guest, title="Other words"), own, known=known).changes
    assert change.post.byline == "Kim"


def test_a_changed_name_alone_revises_nothing_and_a_missing_one_takes_none_away() -> None:
    guest, own = entry(1, authors=("Kim",)), entry(2, authors=("Larry",))
    known = [change.post for change in run(guest, own).changes]
    assert run(replace(guest, authors=("Pat",)), own, known=known).changes == ()
    (change,) = run(replace(guest, authors=(), title="Other words"), own, known=known).changes
    assert change.post.byline == "Kim"


def test_a_feed_with_bylines_keeps_them_when_only_one_is_left() -> None:
    known = [change.post for change in run(entry(1, authors=("Kim",)), entry(2, authors=("Pat",))).changes]
    (change,) = run(entry(3, authors=("Kim",)), known=known).changes
    assert change.post.byline == "Kim"
    elsewhere = [replace(post, feed="https://larry.example/other") for post in known]
    (change,) = run(entry(3, authors=("Kim",)), known=elsewhere).changes
    assert change.post.byline == ""


def test_a_feed_whose_names_are_not_trusted_gives_none() -> None:
    source = replace(SOURCE, trust=("author",))
    assert _posts(source)[0].byline == ""
    assert _posts(SOURCE)[0].byline == "Kim"
    known = [replace(post, byline="Kim") for post in _posts(source)]
    (change,) = run(entry(1, authors=("Kim",), title="Other words"), known=known, source=source).changes
    assert change.post.byline == ""


def _posts(source: FeedSource) -> list[Post]:
    return [
        change.post for change in run(entry(1, authors=("Kim",)), entry(2, authors=("Larry",)), source=source).changes
    ]


def test_rights_and_discussion_come_with_a_post() -> None:
    more = {"rights": "https://larry.example/?a=1&copy=2", "comments": "https://larry.example/1?utm_source=feed#c"}
    (change,) = run(entry(1, **more)).changes
    assert (change.post.rights, change.post.comments) == (more["rights"], "https://larry.example/1#c")
    assert run(entry(1), known=[change.post]).changes == ()
    (revised,) = run(entry(1, title="Other words", rights="© <b>Larry</b>"), known=[change.post]).changes
    assert (revised.post.rights, revised.post.comments) == ("© Larry", "")


def test_the_members_licence_stands_where_the_feed_tells_none() -> None:
    member = replace(LARRY, licence="CC BY 4.0")
    made = plan(member, [(SOURCE, Feed(title="L", link="", version="rss20", entries=_entries()))], [], NOW)
    assert [change.post.rights for change in made.changes] == ["CC BY 4.0", "©"]


def _entries() -> tuple[Entry, ...]:
    return entry(1), entry(2, rights="©")
