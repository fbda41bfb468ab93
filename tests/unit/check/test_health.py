"""The state of the feeds as everybody sees it: from what the cache knows, in plain words, without a clock."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from generator import config, site
from generator.archive import tree
from generator.build.theme import Theme
from generator.feeds.fetch_log import LOG_LENGTH
from generator.models import FeedSource, FetchRecord
from generator.models.feed_state import FeedState, PollState
from generator.site import FeedHealth
from tests.support.planets import author
from tests.support.sample_site import build, make_author, make_planet, make_post
from tests.unit.site.pages.test_about import words

FEED = "https://mgorny.example.org/feed/"
NOON = dt.datetime(2019, 10, 20, 12, tzinfo=dt.UTC)
REASON = "The server turns the planet away (403); let feed readers through at the feed's address."


def harvest(hours=0, **more):
    """A reading so many hours after noon."""
    known = {"when": NOON + dt.timedelta(hours=hours), "status": 200, "bytes": 34_200, "milliseconds": 120}
    return FetchRecord(**known | more)


def watched(*harvests, read=NOON, outcome="", **standing):
    """What the cache knows of a feed; it is due at three."""
    known = {"due": NOON + dt.timedelta(hours=3)} | standing
    return FeedHealth(remembered=FeedState(read=read, outcome=outcome, standing=PollState(**known)), harvests=harvests)


@pytest.fixture(scope="module")
def theme(tmp_path_factory):
    return Theme(tmp_path_factory.mktemp("root"))


@pytest.fixture
def told(theme):
    """The overview and the page of the one member, with what the cache knows of the feed."""

    def pages(known, **more):
        planet = make_planet(authors=(make_author("mgorny", "Michał Górny", **more),))
        found = site.lay_out(
            planet, [make_post(1)], bodies=site.render_body, extras=site.Extras(feeds={FEED: known} if known else {})
        )
        texts = {
            page.path: theme.render(page.template, site.names(page)) for page in found if page.path.startswith("status")
        }
        return texts["status/index.html"], texts["status/mgorny/index.html"]

    return pages


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (watched(harvest()), "well {feed} last read on October 20, 2019, 12:00 UTC not asked again before October 20"),
        (
            watched(outcome=REASON, failures=3, failing_since=NOON),
            "cannot be read {feed} " + REASON + " It has been so since October 20, 2019, 12:00 UTC.",
        ),
        (
            watched(outcome="held: it has become another feed (title changed)"),
            "held back {feed} It has become another feed (title changed). Nothing new of it is published before",
        ),
        (
            watched(outcome="x", gone_dates=("2019-10-01", "2019-10-02", "2019-10-03")),
            "gone for good {feed} Its server said",
        ),
        (watched(moved_to="https://new.example.org/feed"), "has moved {feed} It is read, but its server says"),
        (watched(outcome=REASON, held_off=True), "its server asked to be left alone until October 20, 2019, 15:00"),
        (FeedHealth(remembered=FeedState()), "not read yet {feed} It was not read yet"),
        (None, "not read yet {feed} It was not read yet"),
    ],
    ids=["well", "failing", "held", "gone", "moved", "held off", "unread", "unknown"],
)
def test_a_state_is_told_in_plain_words(told, known, said):
    overview, _ = told(known)
    assert said.replace("{feed}", FEED) in words(overview)


def test_feeds_in_need_of_care_stand_before_the_others(told):
    overview, _ = told(watched(outcome=REASON))
    assert "The planet reads 1 feed. One of them needs somebody to look after it." in words(overview)
    assert 'id="trouble"' in overview
    assert 'id="well"' not in overview
    assert "needs somebody" not in told(watched())[0]


def test_a_feed_that_is_gone_is_not_promised_to_be_asked_again(told):
    overview, _ = told(watched(outcome="x", gone_dates=("2019-10-01", "2019-10-02", "2019-10-03")))
    assert "not asked again" not in overview


@pytest.mark.parametrize(("status", "said"), [("paused", "paused"), ("retired", "no longer read")])
def test_whoever_paused_or_left_is_not_in_need_of_care(told, status, said):
    overview, _ = told(watched(outcome=REASON), status=status)
    assert f"Michał Górny {said}" in words(overview)
    assert "The planet reads 0 feeds." in words(overview)
    assert REASON not in words(overview)


def test_the_last_readings_are_told_newest_first_in_words_and_as_a_strip(told):
    own = told(
        watched(
            harvest(), harvest(1, status=304, bytes=0), harvest(2, status=403, reason=REASON, redirects=1), read=NOON
        )
    )[1]
    rows = [words(row) for row in re.findall(r"<tr>.*?</tr>", own, re.DOTALL)]
    assert rows[1:] == [
        f"October 20, 2019, 14:00 UTC {REASON}; 1 redirect 34.2 kB 120 ms",
        "October 20, 2019, 13:00 UTC nothing new 120 ms",
        "October 20, 2019, 12:00 UTC read 34.2 kB 120 ms",
    ]
    assert 'aria-label="Of the last readings 2 brought the feed and 1 did not"' in own
    assert re.findall(r'<rect class="(\w+)"', own) == ["came", "came", "failed"]


def test_members_who_share_a_feed_have_posts_of_their_own_and_its_state_together(theme):
    source = FeedSource(url=FEED, editions=(), authors=("Ann",))
    ann = replace(make_author("ann", "Ann"), feeds=(source,))
    bob = replace(ann, nick="bob", name="Bob", feeds=(replace(source, authors=("Bob",)),))
    posts = [make_post(number, nick="ann", title=f"Post {number}", feed=FEED) for number in (1, 2)]
    posts.append(make_post(3, nick="bob", title="Post 3", feed=FEED))
    laid = site.lay_out(
        make_planet(authors=(ann, bob)),
        posts,
        bodies=site.render_body,
        extras=site.Extras(feeds={FEED: watched(outcome=REASON)}),
    )
    texts = {
        page.path: words(theme.render(page.template, site.names(page)))
        for page in laid
        if page.path.startswith("status")
    }
    overview = texts["status/index.html"]
    assert "The planet reads 1 feed. One of them needs somebody to look after it." in overview
    assert overview.count("cannot be read") == 2
    assert "2 posts the newest: Post 2" in texts["status/ann/index.html"]
    assert "1 post the newest: Post 3" in texts["status/bob/index.html"]
    assert "lets only some of its posts through" in texts["status/bob/index.html"]


def test_as_many_readings_are_kept_as_the_page_about_the_planet_says(theme):
    pages = site.lay_out(make_planet(), [], bodies=site.render_body)
    (about,) = [page for page in pages if page.path == "about/index.html"]
    assert LOG_LENGTH == 50
    assert "the last fifty of each feed" in words(theme.render(about.template, site.names(about)))


def test_a_stranger_s_words_stay_words(told):
    evil = '<script>alert(1)</script>"'
    for page in told(watched(harvest(reason=evil, notes=(evil,)), outcome=evil, moved_to="javascript:alert(1)")):
        assert "<script>" not in page
        assert "javascript:" not in page


def test_a_build_tells_how_the_last_run_went_and_twice_the_same(larry, blogs):
    gone = blogs.url + "/gone"
    (larry.path / "authors" / "amy.yaml").write_text(author(gone, name="Amy"))
    larry.commit("Add Amy")
    larry.update()
    planet, out = config.load(larry.path), larry.path / "_site"
    build(planet, tree.read(larry.path).posts, root=larry.path, out=out)
    overview = words((out / "status" / "index.html").read_text("utf-8"))
    assert f"Amy cannot be read {gone} There is no feed at this address (404)" in overview
    assert "This is how it was on November 23, 2026, 12:00 UTC." in overview
    assert "Larry the Cow well" in overview
    own = words((out / "status" / "larry" / "index.html").read_text("utf-8"))
    assert "2 posts the newest: Post 2" in own
    again = build(planet, tree.read(larry.path).posts, root=larry.path, out=out)
    assert (again.written, again.removed) == (0, 0)
    (larry.path / ".cache" / "feeds.json").unlink()
    build(planet, tree.read(larry.path).posts, root=larry.path, out=out)
    assert "Larry the Cow not read yet" in words((out / "status" / "index.html").read_text("utf-8"))
