"""What the planet links to: who votes, what a vote weighs, and what does not count."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.site import render_body
from generator.site.context import Extras, gather
from generator.site.pages.trends import MOST, trends
from tests.support.sample_site import make_author, make_planet, make_post

NOON = dt.datetime(2019, 10, 20, 12, tzinfo=dt.UTC)
THERE = "https://news.example.net/story"


def said(nick, *links, days=0.0, number=1, **more):
    """A post of so many days before noon, with those links in its text."""
    when = NOON - dt.timedelta(days=days)
    text = "\n\n".join(link if "](" in link else f"[some words on it]({link})" for link in links)
    path = f"posts/{nick}/2019/2019-10-{number:02}-x-{number:08x}.md"
    return make_post(
        number,
        nick=nick,
        **{"path": path, "date": when, "first_seen": when + dt.timedelta(minutes=9), "body": text, **more},
    )


def told(*posts, bodies=render_body):
    """The trends of these posts."""
    nicks = sorted({post.nick for post in posts})
    authors = tuple(make_author(nick, nick.title(), homepage=f"https://home.example.org/~{nick}/") for nick in nicks)
    return trends(gather(make_planet(authors=authors), posts, bodies, Extras()).standing)


def test_two_authors_make_a_trend_and_one_does_not():
    assert told(said("amy", THERE), said("amy", THERE, number=2, days=1)) == ()
    (trend,) = told(said("amy", THERE), said("bob", THERE, days=1))
    assert (trend.url, trend.host, trend.name) == (THERE, "news.example.net", "some words on it")
    assert [vote.author.nick for vote in trend.votes] == ["amy", "bob"]


def test_an_author_has_one_vote_as_heavy_as_the_newest_post_with_the_link():
    (trend,) = told(said("amy", THERE), said("bob", THERE, THERE, days=1), said("bob", THERE, number=2, days=6))
    assert trend.weight == pytest.approx(1 + (1 - (1 / 7) ** 2))
    assert [len(vote.posts) for vote in trend.votes] == [1, 2]


def test_a_link_of_newer_posts_comes_first_and_more_authors_come_before_it():
    links = [f"{THERE}/{number}" for number in range(3)]
    found = told(
        said("amy", links[0], days=4),
        said("bob", links[0], days=4),
        said("cay", links[1]),
        said("dan", links[1], days=1),
        *(said(nick, links[2], days=2, number=2) for nick in ("amy", "bob", "cay")),
    )
    assert [trend.url for trend in found] == [links[2], links[1], links[0]]
    assert [trend.rising for trend in found] == [True, True, False]


def test_the_week_ends_with_the_newest_post_and_nothing_before_it_is_read():
    def bodies(post):
        assert post.date > NOON - dt.timedelta(days=7)
        return render_body(post)

    old = [said(nick, THERE, days=7) for nick in ("amy", "bob")]
    assert told(*old, said("cay", THERE), bodies=bodies) == ()
    assert len(told(*old)) == 1


@pytest.mark.parametrize(
    "spelling",
    [
        "http://news.example.net/story",
        "https://www.news.example.net/story/",
        "https://NEWS.example.net/story#comments",
        "https://news.example.net/story?utm_source=planet",
    ],
)
def test_one_page_is_one_link_however_it_is_spelt(spelling):
    (trend,) = told(said("amy", spelling), said("bob", THERE, days=1))
    assert len(trend.votes) == 2


@pytest.mark.parametrize(
    "own", ["https://amy.example.org/about", "https://home.example.org/~amy/talk", "https://amy.example.org/feed/"]
)
def test_links_to_the_author_s_own_site_do_not_count(own):
    assert told(said("amy", own), said("bob", own, days=1)) == ()
    assert len(told(said("bob", "https://amy.example.org/about"), said("cay", "https://amy.example.org/about"))) == 1


def test_a_link_to_another_member_s_post_counts_even_at_one_s_own_host_and_has_its_title():
    shared = "https://blogs.example.org/dan/9"
    post = said("dan", days=30, number=9, title="What Dan found", canonical_url=shared)
    own = {"canonical_url": "https://blogs.example.org/x"}
    (trend,) = told(post, said("amy", shared, **own), said("bob", shared + "/", **own), said("dan", shared, number=2))
    assert trend.post.source == post
    assert trend.url == shared
    assert {vote.author.nick for vote in trend.votes} == {"amy", "bob"}


def test_the_links_of_one_shared_list_are_told_once():
    links = [f"{THERE}/{number}" for number in range(9)]
    list_of_two = [said("amy", *links), said("bob", *links)]
    assert len(told(*list_of_two)) == 1
    third = said("cay", links[4], days=1)
    assert [trend.url for trend in told(*list_of_two, third, said("dan", links[5], days=2))] == [links[4], links[5]]


def test_no_more_are_told_than_a_page_bears():
    posts = [
        said(nick, f"{THERE}/{number}", number=number % 28 + 1, days=number / 10)
        for number in range(MOST + 5)
        for nick in ("amy", "bob")
    ]
    assert len(told(*posts)) == MOST


@pytest.mark.parametrize(
    ("links", "name"),
    [
        ([f"[here]({THERE})", f"[{THERE}]({THERE})"], "news.example.net/story"),
        ([f"[here]({THERE})", f"[The whole *story*]({THERE})"], "The whole story"),
        ([f"[A long name of it]({THERE})", f"[Two say so]({THERE})", f"[Two say so]({THERE})"], "Two say so"),
        ([f"[{'word ' * 60}]({THERE})"] * 2, "word " * 23 + "word…"),
        ([f"[here]({THERE}/%3Cb%3E%20x)"] * 2, "news.example.net/story/<b> x"),
    ],
)
def test_a_link_is_called_what_most_call_it_unless_that_says_nothing(links, name):
    (trend,) = told(*(said(nick, link) for nick, link in zip(("amy", "bob", "cay"), links, strict=False)))
    assert trend.name == name


def test_licences_are_no_news_and_what_nobody_can_date_says_nothing_about_a_week():
    licence = "https://creativecommons.org/licenses/by-sa/4.0/"
    assert told(said("amy", licence), said("bob", licence)) == ()
    assert told(said("amy", THERE), said("bob", THERE, first_seen=NOON)) == ()


def test_code_that_only_looks_like_a_link_is_none():
    assert told(said("amy", f"`[a](b) {THERE}`"), said("bob", f"`[a](b) {THERE}`")) == ()


def test_an_empty_planet_has_none():
    assert trends([]) == ()


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3), st.integers(0, 200)), max_size=12))
def test_every_trend_has_two_authors_within_its_week_and_a_weight_that_orders_it(votes):
    found = told(
        *(
            said(nick, f"{THERE}/{link}", days=hours / 24, number=number + 1)
            for number, (nick, link, hours) in enumerate(votes)
        )
    )
    assert [trend.weight for trend in found] == sorted((trend.weight for trend in found), reverse=True)
    for trend in found:
        nicks = [vote.author.nick for vote in trend.votes]
        assert len(nicks) == len(set(nicks)) >= 2
        assert 0 < trend.weight <= len(nicks)
