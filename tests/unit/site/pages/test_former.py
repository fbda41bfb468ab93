"""What stands at the addresses that posts and members had before."""

import datetime as dt
from dataclasses import replace

import pytest

from generator import site
from generator.models import Author, Page, Post
from tests.support.sample_site import make_author, make_planet, make_post

DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
FEEDS = {"atom.xml", "rss20.xml", "rss10.xml", "feed.json"}


def lars(number: int = 1, **fields: object) -> Post:
    return make_post(number, nick="lars", former_nick="larry", **fields)


def pages(*posts: Post, authors: tuple[Author, ...] = ()) -> dict[str, Page]:
    planet = make_planet(authors=(make_author("lars", "Lars"), *authors))
    laid = list(site.lay_out(planet, posts, bodies=site.render_body))
    assert len({page.path for page in laid}) == len(laid)
    return {page.path: page for page in laid}


def test_pages_of_a_member_who_was_renamed_lead_on_without_any_history() -> None:
    laid = pages(lars(1), lars(2))
    for number in (1, 2):
        path = f"posts/lars/2019/2019-10-0{number}-post-0000000{number}.html"
        assert laid[path.replace("lars", "larry")].own["target"] == path
    assert laid["authors/larry/index.html"].own["target"] == "authors/lars/index.html"
    assert laid["status/larry/index.html"].own["target"] == "status/lars/index.html"
    assert {path.rpartition("/")[2] for path in laid if path.startswith("authors/larry/")} == {"index.html", *FEEDS}


def test_a_feed_goes_on_at_its_old_address_with_all_its_pages() -> None:
    many = [
        lars(number % 28 + 1, path=f"posts/lars/2019/2019-10-01-{number:08x}.md", guid=str(number))
        for number in range(45)
    ]
    laid = pages(*many)
    old = {path for path in laid if path.startswith("authors/larry/") and path.endswith(".xml")}
    new = {path for path in laid if path.startswith("authors/lars/") and path.endswith(".xml")}
    assert {path.replace("larry", "lars") for path in old} == new
    assert "authors/larry/page/2.xml" in old


def test_who_has_the_nick_now_has_its_pages() -> None:
    laid = pages(lars(), make_post(2, nick="larry"), authors=(make_author("larry", "Another Larry"),))
    assert laid["authors/larry/index.html"].template == "pages/author.html"
    assert laid["posts/larry/2019/2019-10-01-post-00000001.html"].template == "pages/moved.html"


def test_a_post_that_stands_at_an_old_address_stays_there() -> None:
    other = make_post(1, nick="larry", guid="other")
    laid = pages(lars(), other)
    assert laid["posts/larry/2019/2019-10-01-post-00000001.html"].own["post"].source is other


def test_a_withdrawn_post_says_the_same_at_its_old_address() -> None:
    gone = lars(withdrawn=DAY, title="", body="")
    laid = pages(gone, lars(2))
    old, new = (laid[f"posts/{nick}/2019/2019-10-01-post-00000001.html"] for nick in ("larry", "lars"))
    assert (old.template, old.own["post"]) == (new.template, new.own["post"])
    assert (site.names(old)["here"], site.names(old)["address"]) == (
        site.names(new)["here"],
        site.names(new)["address"],
    )


@pytest.mark.parametrize("guid", ["no address", "", "https://larry.example/?p=1"])
def test_ids_are_made_of_the_first_nick(guid: str) -> None:
    planet = make_planet(authors=(make_author("lars", "Lars"),))
    now = lars(guid=guid)
    then = replace(now, nick="larry", former_nick="", path=now.path.replace("lars", "larry"))
    for post in (now, then):
        assert post.first_path == then.path
    pages_of = (site.lay_out(planet, [post], bodies=site.render_body) for post in (now, then))
    views = [next(page.own["post"] for page in laid if page.template == "pages/post.html") for laid in pages_of]
    for name in ("uri", "anchor", "first_page"):
        assert getattr(views[0], name) == getattr(views[1], name)
    assert views[0].life.first_page == views[1].life.first_page
    assert views[0].body.html == views[1].body.html
