"""One post that several feeds of an author tell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import Entry, Post
from generator.plan import Plan, plan
from tests.support.entries import LARRY, NOW, SOURCE, answers, entry, feed, only, posts_of, record, run

OTHER = replace(SOURCE, url="https://larry.example/category")


BOTH = replace(LARRY, feeds=(SOURCE, OTHER))


def both(known: list[Post], **answers: Entry) -> Plan:
    sources = {"whole": SOURCE, "category": OTHER}
    return plan(BOTH, [(sources[name], feed(told)) for name, told in answers.items()], known, NOW)


def test_answers_in_any_order_give_one_plan() -> None:
    longer = entry(guid="b", html="<p>The text of post 1, long enough to tell.</p><p>Read more.</p>")
    one = both([], whole=entry(), category=longer)
    assert both([], category=longer, whole=entry()) == one
    (post,) = (change.post for change in one.changes)
    assert (post.guid, post.former_guids, post.feed) == ("b", ("urn:1",), OTHER.url)
    assert both([post], whole=entry()) == both([post], category=longer) == Plan()


def test_the_fuller_feed_is_taken_where_a_post_s_own_gives_excerpts() -> None:
    (post,) = posts_of(entry(excerpt=True, html="<p>The text …</p>"))
    full = entry(guid="b")
    change = only(both([post], whole=entry(excerpt=True, html="<p>The text …</p>"), category=full))
    assert (change.post.guid, change.post.feed, change.post.excerpt) == ("urn:1", OTHER.url, False)
    assert both([change.post], whole=entry(excerpt=True, html="<p>A text …</p>"), category=full) == Plan()


def test_a_post_is_told_under_its_own_guid_first() -> None:
    (post,) = posts_of(entry(guid="new"))
    known = replace(post, former_guids=("old",))
    told = run(
        entry(guid="old", html="<p>The former entry, with a text that is far longer than the other.</p>"),
        entry(guid="new"),
        known=[known],
    )
    assert told == Plan()


def test_only_a_post_s_own_feed_revises_it_while_it_is_read() -> None:
    (post,) = posts_of(entry())
    edited = entry(guid="b", html="<p>Another wording.</p>")
    assert both([post], category=edited) == Plan()
    assert only(both([post], whole=entry(html="<p>Mine.</p>"), category=edited)).post.body == "Mine."
    alone = plan(replace(LARRY, feeds=(OTHER,)), [(OTHER, feed(edited))], [post], NOW)
    assert only(alone).post.body == "Another wording."
    assert only(both([replace(post, excerpt=True)], category=edited)).post.feed == OTHER.url


def test_a_page_that_moved_is_followed() -> None:
    (post,) = posts_of(entry())
    change = only(run(entry(link="https://larry.example/moved"), known=[post]))
    assert change.post == replace(post, canonical_url="https://larry.example/moved")
    assert run(entry(link="http://www.larry.example/1/?utm_source=feed"), known=[post]) == Plan()


def test_what_a_site_adds_in_its_feed_is_no_part_of_the_address_and_no_news() -> None:
    counted = entry(link="https://medium.example/@larry/1?source=rss-9f8e------2")
    (post,) = posts_of(counted)
    assert post.canonical_url == "https://medium.example/@larry/1"
    recorded = replace(post, canonical_url=counted.link)  # as the release before this one did
    assert run(counted, known=[recorded]) == Plan()


@pytest.mark.parametrize("guid", ["https://larry.example/1", "larry.example/1"])
def test_a_guid_that_is_read_as_an_address_comes_with_the_next_revision(guid: str) -> None:
    page = {"guid": guid, "link": "https://larry.example/1"}
    (post,) = posts_of(entry(guid=guid, link=""))
    assert run(entry(**page), known=[post]) == Plan()
    edited = only(run(entry(**page, html="<p>Other words.</p>"), known=[post]))
    assert edited.post.canonical_url == page["link"]
    assert only(run(entry(guid=guid, link="https://larry.example/2"), known=[post])).post.canonical_url


@given(st.lists(st.tuples(answers, answers), max_size=3))
def test_two_feeds_may_say_what_they_like_too(runs: list[tuple[list[Entry], list[Entry]]]) -> None:
    known: dict[str, Post] = {}
    for whole, category in runs:
        told = [(SOURCE, feed(*whole)), (OTHER, feed(*category))]
        record(known, lambda posts, told=told: plan(BOTH, told, posts, NOW))
        assert plan(BOTH, told[::-1], list(known.values()), NOW).changes == ()


def test_entries_of_one_page_stay_with_the_posts_that_they_came_to() -> None:
    there = {"title": "b", "link": "https://larry.example/x"}
    category, own = entry(1, guid="g2", **there), [entry(1, guid=guid, html="", **there) for guid in ("g1", "g3")]
    known = [change.post for change in plan(BOTH, [(OTHER, feed(category))], [], NOW).changes]
    told = [(SOURCE, feed(*own)), (OTHER, feed(category))]
    known += [change.post for change in plan(BOTH, told, known, NOW).changes]
    assert [post.guid for post in known] == ["g2", "g3"]
    assert plan(BOTH, told, known, NOW).changes == ()
