"""Whose a story is: the feed that lies at its address decides, and no claim of a feed does."""

from dataclasses import replace

import pytest

from generator.models import Post
from generator.plan.originals import FeedHosts
from tests.support.entries import entry, posts_of


def post(nick: str, feed: str, link: str = "https://larry.example/1", guid: str = "") -> Post:
    (made,) = posts_of(entry())
    return replace(
        made, nick=nick, path=f"posts/{nick}/x.md", feed=feed, canonical_url=link, guid=guid or f"tag:{nick}"
    )


LARRY = post("larry", "https://www.larry.example/feed/")
MALLORY = post("mallory", "https://mallory.example/feed")


def outranks(one: Post, other: Post, *more: Post) -> bool:
    hosts = FeedHosts()
    hosts.add([one, other, *more])
    return hosts.outranks(one, other)


def test_the_feed_at_the_address_decides() -> None:
    assert outranks(LARRY, MALLORY)
    assert not outranks(MALLORY, LARRY)
    assert outranks(LARRY, replace(MALLORY, canonical_url="http://larry.example:80/1/?utm_source=x"))


@pytest.mark.parametrize(
    "feed",
    [
        "https://larry.example.mallory.example/feed",
        "https://mallory.example/larry.example/1",
        "https://larry.example:8443/1",
        "https://mallory.example/?https://larry.example/1",
        "https://mallory.example/feed#https://larry.example/1",
        "",
    ],
)
def test_a_feed_elsewhere_decides_nothing(feed: str) -> None:
    lone = replace(LARRY, feed="https://feeds.example/larry")
    mallory = replace(MALLORY, feed=feed)
    assert not outranks(mallory, lone)
    assert not outranks(lone, mallory)


def test_two_addresses_decide_nothing() -> None:
    own = replace(MALLORY, canonical_url="https://mallory.example/copy")
    assert not outranks(LARRY, own)
    assert not outranks(own, LARRY)


def test_a_copied_guid_is_a_claim_too() -> None:
    guid = "https://larry.example/?p=1"
    assert outranks(replace(LARRY, guid=guid), post("mallory", MALLORY.feed, "https://mallory.example/1", guid))


HOSTED = "https://blogs.example/larry/1"


def test_on_a_shared_host_the_longest_path_decides() -> None:
    larry = post("larry", "https://blogs.example/larry/feed", HOSTED)
    mallory = post("mallory", "https://blogs.example/mallory/feed", HOSTED)
    assert outranks(larry, mallory)
    assert not outranks(mallory, larry)
    other = replace(larry, feed="https://blogs.example/feed?author=larry")
    assert not outranks(other, mallory), "nothing is known: who came first stays"
    assert not outranks(mallory, other)


@pytest.mark.parametrize(
    "path", ["larry/../mallory/feed", "larry/%2e%2e/mallory/feed", "larry/%252e%252e/mallory/feed"]
)
def test_a_path_that_only_seems_to_lead_there(path: str) -> None:
    larry = post("larry", "https://blogs.example/feeds/larry", HOSTED)
    assert not outranks(post("mallory", f"https://blogs.example/{path}", HOSTED), larry)


def test_a_host_that_somebody_left_is_nobodys_alone() -> None:
    """Mallory bought the domain of a member who left, or has an account where that member had one."""
    kim = post("kim", "https://kim.example/feed", "https://kim.example/1")
    mallory = post("mallory", "https://kim.example/rss", "https://kim.example/1")
    assert not outranks(mallory, kim)
    elsewhere = replace(kim, feed="https://new.example/feed")
    assert not outranks(mallory, elsewhere, kim)


def test_of_several_addresses_that_both_claim_the_nearest_counts() -> None:
    """A blog that moved keeps its GUIDs: they are addresses of a host where it has no feed any more."""
    guid = "https://old.example/?p=1"
    larry, mallory = replace(LARRY, guid=guid), replace(MALLORY, guid=guid)
    assert outranks(larry, mallory)
    assert not outranks(mallory, larry)


def test_a_feed_elsewhere_is_no_nearer_than_one_in_another_folder_of_a_host_that_is_shared() -> None:
    page = "https://blogs.example/kim/1"
    larry = post("larry", "https://blogs.example/larry/feed", page)
    kim = post("kim", "https://blogs.example/kim/feed", page)
    mallory = post("mallory", "https://mallory.example/feed", page)
    assert not outranks(mallory, larry, kim)
    assert not outranks(larry, mallory, kim)
    assert outranks(kim, larry)
