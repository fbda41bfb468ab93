"""Entries without GUIDs that share a link, from the bytes of their feed to posts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.feeds.parse import parse
from generator.models import Feed, Kind, Post, is_page_guid, page_guid
from generator.plan import Plan, Terms, plan
from tests.support.entries import LARRY, NOW, SOURCE
from tests.support.planets import rss

HOME = "https://larry.example/"
Item = dict[str, str]


def item(name: str, text: str = "", *, day: int = 2, **fields: str) -> Item:
    body = text or " ".join(f"{name}{number}" for number in range(30))
    date = f"Mon, {day:02} Nov 2026 10:00:00 GMT"
    return {"title": f"Title of {name}", "link": HOME, "pubDate": date, "body": f"<p>{body}</p>"} | fields


def read(*items: Item, link: str = HOME) -> Feed:
    return parse(rss(*items, link=link).encode(), url=SOURCE.url)


def planned(known: Sequence[Post], *items: Item, terms: Terms | None = None) -> Plan:
    return plan(LARRY, [(SOURCE, read(*items))], known, NOW, terms)


def recorded(known: Iterable[Post], *items: Item) -> list[Post]:
    """The archive after a run, and after another one, which must change nothing."""
    posts = {post.path: post for post in known}
    for change in planned(list(posts.values()), *items).changes:
        assert (change.kind is Kind.ADD) == (change.post.path not in posts)
        posts[change.post.path] = change.post
    guids = [guid for post in posts.values() for guid in (post.guid, *post.former_guids)]
    assert len(guids) == len(set(guids))
    assert planned(list(posts.values()), *items[::-1]) == Plan()
    return list(posts.values())


def titles(posts: Iterable[Post]) -> list[str]:
    return sorted(post.title for post in posts)


A, B, C = item("a"), item("b"), item("c")
EDITED = A | {"title": "Another title"}


def test_all_of_them_are_posts_in_whatever_order_they_come() -> None:
    posts = recorded([], A, B, C)
    assert titles(posts) == ["Title of a", "Title of b", "Title of c"]
    assert {post.canonical_url for post in posts} == {HOME}
    assert sorted(recorded([], C, A, B), key=lambda post: post.path) == sorted(posts, key=lambda post: post.path)


def test_the_post_that_has_the_link_for_its_guid_keeps_it() -> None:
    (post,) = recorded([], A)
    assert post.guid == HOME
    for items in ((A, B), (B, A)):
        posts = recorded([post], *items)
        assert {other.title: is_page_guid(other.guid) for other in posts} == {"Title of a": False, "Title of b": True}
        assert post in posts


def test_one_that_is_alone_today_is_still_the_post_that_it_was() -> None:
    posts = recorded([], A, B)
    assert recorded(posts, A) == posts
    assert titles(recorded(posts, C)) == ["Title of a", "Title of b", "Title of c"]


@pytest.mark.parametrize("others", [(), (B,), (B, C)])
@pytest.mark.parametrize("before", [(A,), (A, B), (A, C, B)])
def test_a_later_edit_of_a_title_is_recognised_by_the_text(before: tuple[Item, ...], others: tuple[Item, ...]) -> None:
    posts = recorded([], *before)
    after = recorded(posts, EDITED, *others)
    assert "Another title" in titles(after)
    assert "Title of a" not in titles(after)
    assert {post.path for post in posts} <= {post.path for post in after}
    assert len(after) == len({item["body"] for item in (*before, *others)})


def test_title_and_a_few_words_may_change_at_once_where_the_day_stays() -> None:
    posts = recorded([], A, item("b", day=3))
    edited = item("a", f"{' '.join(f'a{number}' for number in range(30))} and more", title="Another title")
    assert titles(recorded(posts, edited, item("b", day=3))) == ["Another title", "Title of b"]


def test_an_edit_of_the_text_is_an_edit() -> None:
    posts = recorded([], A, B)
    after = recorded(posts, A, item("b", "Other words."))
    assert [post.guid for post in after] == [post.guid for post in posts]
    assert sorted(post.body for post in after) == sorted(["Other words.", posts[0].body])


def test_short_texts_that_are_alike_are_no_reason_to_take_one_for_another() -> None:
    posts = recorded([], item("a", "Hello."), item("b", "Hello."))
    after = recorded(posts, item("c", "Hello."), item("d", "Hello."))
    assert titles(after) == [f"Title of {name}" for name in "abcd"]


def test_without_titles_their_dates_tell_them_apart() -> None:
    items = [item(name, day=day, title="") for name, day in (("a", 2), ("b", 3))]
    posts = recorded([], *items)
    assert len(posts) == 2
    edited = item("a", "Other words.", day=2, title="")
    assert {post.path for post in recorded(posts, edited, items[1])} == {post.path for post in posts}


def test_without_titles_and_dates_the_page_is_one_post() -> None:
    nothing = {"title": "", "link": HOME}
    assert len(read(nothing | {"body": "a"}, nothing | {"body": "b"}).entries) == 1


def test_links_that_differ_in_a_fragment_are_names_already() -> None:
    feed = read(A | {"link": f"{HOME}log#a"}, B | {"link": f"{HOME}log#b"})
    assert [entry.guid for entry in feed.entries] == [f"{HOME}log#a", f"{HOME}log#b"]


def test_an_entry_that_is_written_twice_is_one() -> None:
    assert len(read(A, A, B).entries) == 2


@pytest.mark.parametrize("link", [HOME, "https://www.larry.example"])
def test_a_guid_that_is_the_address_of_the_blog_is_none(link: str) -> None:
    feed = read(A | {"guid": HOME}, B | {"guid": HOME}, link=link)
    assert [is_page_guid(entry.guid) for entry in feed.entries] == [True, True]
    assert [entry.guid for entry in read(A | {"guid": HOME}, link=link).entries] == [HOME]


def test_one_guid_of_their_own_is_one_entry_whatever_its_titles() -> None:
    page = {"link": f"{HOME}1", "guid": f"{HOME}1"}
    assert len(read(A | page, B | page).entries) == 1


def test_a_json_feed_without_ids_is_read_alike() -> None:
    body = (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://larry.example/", "title": "a"},'
        b'{"url": "https://larry.example/", "title": "b"}]}'
    )
    assert len(parse(body, url=SOURCE.url).entries) == 2


def test_guids_that_the_author_file_distrusts_are_none() -> None:
    distrusted = replace(SOURCE, trust=("guid",))
    author = replace(LARRY, feeds=(distrusted,))
    feed = read(A | {"guid": "1"}, B | {"guid": "2"})
    posts = [change.post for change in plan(author, [(distrusted, feed)], [], NOW).changes]
    assert titles(posts) == ["Title of a", "Title of b"]
    again = read(B | {"guid": "3"}, A | {"guid": "4"})
    assert plan(author, [(distrusted, again)], posts, NOW) == Plan()


def test_a_withdrawn_post_does_not_come_back() -> None:
    for known in (recorded([], A), recorded([], A, B)):
        (post,) = (post for post in known if post.title == "Title of a")
        tombstone = replace(post, title="", body="", withdrawn=NOW)
        rest = [other for other in known if other != post]
        assert titles(recorded([tombstone, *rest], A, B)) == ["", "Title of b"]


def test_of_a_document_that_breaks_off_only_what_is_new_is_taken() -> None:
    posts = recorded([], A)
    cut = rss(B, A, C)
    feed = parse(cut[: cut.rindex("</item>") + 7].encode(), url=SOURCE.url)
    assert not feed.complete
    changes = plan(LARRY, [(SOURCE, feed)], posts, NOW).changes
    assert [(change.kind, change.post.title) for change in changes] == [(Kind.ADD, "Title of b")]


def test_a_feed_that_begins_to_give_guids_keeps_its_posts() -> None:
    posts = recorded([], A, B)
    after = recorded(posts, A | {"guid": "urn:a"}, B | {"guid": "urn:b"})
    assert {post.path: post.guid for post in after} == {post.path: f"urn:{post.title[-1]}" for post in posts}
    assert len(recorded(posts, C | {"guid": "urn:c"})) == 3


@dataclass
class Author:
    """Somebody who writes, edits and takes from the list; each of the entries goes by a word of its own."""

    random: Random
    items: dict[str, Item]
    latest: dict[str, Item]
    number: int = 0

    def write(self) -> None:
        self.number += 1
        name = f"x{self.number}y"
        self.items[name] = item(name, day=self.random.randint(1, 3))

    def edit(self) -> None:
        self.number += 1
        name = self.random.choice(sorted(self.items))
        part = self.random.choice(["title", "body"])
        text = f"Version {self.number}" if part == "title" else f"<p>{name}0 {name}1 edit {self.number}</p>"
        self.items[name] = self.items[name] | {part: text}

    def leave_out(self) -> None:
        if len(self.items) > 2:
            del self.items[self.random.choice(sorted(self.items))]

    def feed(self) -> list[Item]:
        self.latest |= self.items
        items = list(self.items.values())
        self.random.shuffle(items)
        return items


@given(st.integers(0, 2**32), st.lists(st.sampled_from(["write", "edit", "leave_out"]), max_size=8))
def test_whatever_an_author_does_each_entry_stays_one_post(seed: int, deeds: list[str]) -> None:
    random = Random(seed)
    larry = Author(random=random, items={}, latest={})
    larry.write()
    posts = recorded([], *larry.feed()) if random.random() < 0.5 else []
    larry.write()
    for deed in ("write", *deeds):
        getattr(larry, deed)()
        posts = recorded(posts, *larry.feed())
        state = sorted((post.title, post.body) for post in posts)
        assert state == sorted((made["title"], made["body"][3:-4]) for made in larry.latest.values())


def test_names_depend_on_link_and_title_alone() -> None:
    first, second = read(A, B).entries
    assert page_guid(first) == page_guid(replace(first, html="other", tags=("c",)))
    assert len({page_guid(first), page_guid(second), page_guid(replace(first, link=f"{HOME}2"))}) == 3


def test_another_feed_of_the_author_may_list_only_some_of_them() -> None:
    category = replace(SOURCE, url="https://larry.example/category")
    author = replace(LARRY, feeds=(SOURCE, category))
    feeds = [(SOURCE, read(A, B)), (category, read(B))]
    posts = [change.post for change in plan(author, feeds, [], NOW).changes]
    assert titles(posts) == ["Title of a", "Title of b"]
    assert plan(author, feeds[::-1], posts, NOW) == plan(author, feeds[1:], posts, NOW) == Plan()
