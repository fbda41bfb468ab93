"""What happened to real planets, played again: each incident with its right outcome, from server to git.

Names in docstrings are the issue trackers and pages where the incident is told.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator import config
from generator.check.status import format_status
from generator.cli import main
from generator.errors import PlanetError
from generator.feeds import state
from generator.models import Kind, Post
from generator.update.report import UpdateReport
from generator.update.withdraw import forget
from tests.support.planets import NOW, Blogs, Root, author, item, rss

DAY = timedelta(days=1)
LONG = (
    "One sentence with more than twenty different words is what it takes before two texts may be called alike at all, "
)
LONG += "because short notes such as greetings resemble each other far too easily."


def days() -> Iterator[datetime]:
    return (NOW + number * DAY for number in range(1, 100))


def old(number: int, **fields: str) -> dict[str, str]:
    """A post from years ago."""
    day = datetime(2015, 1, 1, tzinfo=UTC) + number * DAY
    return item(1, guid=f"old:{number}", title=f"Old story {number}", link=f"https://larry.example/old/{number}") | {
        "pubDate": day.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        "body": f"<p>What I thought in those days, part {number}.</p>",
        **fields,
    }


def told(root: Root) -> list[str]:
    tree = root.posts()
    return list(format_status(config.load(root.path), tree, state.load(root.path).feeds))


def body(post: Post) -> str:
    return post.body


# dates ----------------------------------------------------------------------


def test_timestamps_renewed_at_each_fetch(larry: Root, blogs: Blogs) -> None:
    """python/planet #171, #489; Planet Venus #15: an old post climbs for days."""
    larry.update()
    commits, dates = larry.commits(), [post.date for post in larry.posts()]
    for now in list(days())[:3]:
        today = now.strftime("%a, %d %b %Y %H:%M:%S GMT")
        blogs.put("/feed", rss(item(1, pubDate=today), item(2, pubDate=today)))
        assert larry.update(now=now).kinds.total() == 0
    assert (larry.commits(), [post.date for post in larry.posts()]) == (commits, dates)


def test_an_edit_never_climbs(larry: Root, blogs: Blogs) -> None:
    """Planet Venus #15: "entries to never be reordered in my planet, even if they are updated"."""
    larry.update()
    before = [(post.path, post.date, post.first_seen) for post in larry.posts()]
    blogs.put("/feed", rss(item(1, body="<p>Better words.</p>", pubDate="Mon, 23 Nov 2026 11:00:00 GMT"), item(2)))
    assert larry.update(now=NOW + DAY).kinds == {Kind.REVISE: 1}
    assert [(post.path, post.date, post.first_seen) for post in larry.posts()] == before


def test_no_dates_and_then_no_cache(larry: Root, blogs: Blogs) -> None:
    """python/planet #151 and #124: old posts again after the cache was cleared."""
    blogs.put("/feed", rss(item(1, pubDate=""), item(2, pubDate="")))
    larry.update()
    before = larry.posts()
    assert [post.date for post in before] == [NOW, NOW]
    (larry.path / state.FILE).unlink()
    assert larry.update(now=NOW + 30 * DAY).kinds.total() == 0
    assert larry.posts() == before


def test_a_date_in_the_future(larry: Root, blogs: Blogs) -> None:
    """python/planet #97, #190: a post from 2038 stays on top; with Venus's `ignore_entry` all others vanished."""
    blogs.put("/feed", rss(item(1), item(2, pubDate="Tue, 19 Jan 2038 03:14:07 GMT")))
    larry.update()
    assert sorted(post.date for post in larry.posts()) == [datetime(2026, 11, 1, 10, tzinfo=UTC), NOW]


# identity -------------------------------------------------------------------


@pytest.mark.parametrize("link", ["https://larry.example/old/{}", "https://new.example/{}"])
def test_a_migration_changes_all_guids(larry: Root, blogs: Blogs, link: str) -> None:
    """LeaVerou/lea.verou.me #18 (230 old posts), dewp #21: with the same links, and with other ones."""
    blogs.put("/feed", rss(*(old(number) for number in range(30))))
    larry.update()
    paths = [post.path for post in larry.posts()]
    moved = [old(number, guid=f"urn:new:{number}", link=link.format(number)) for number in range(30)]
    blogs.put("/feed", rss(*moved))
    report = larry.update(now=NOW + DAY)
    assert report.kinds == {Kind.REVISE: 30}
    assert [post.path for post in larry.posts()] == paths
    assert {post.canonical_url for post in larry.posts()} == {link.format(number) for number in range(30)}


def test_one_entry_under_two_guids(larry: Root, blogs: Blogs) -> None:
    """Planet Gentoo 2019: "Building Gentoo disk images", same minute, same author, twice."""
    twins = item(1, guid="tag:a,2019:1"), item(1, guid="tag:a,2019:1-again", link="https://larry.example/1-2")
    blogs.put("/feed", rss(*twins))
    larry.update()
    assert len(larry.posts()) == 1
    for now, order in zip(days(), (twins[::-1], twins[1:], twins), strict=False):
        blogs.put("/feed", rss(*order))
        assert larry.update(now=now).kinds[Kind.ADD] == 0
    assert len(larry.posts()) == 1


def test_one_post_seven_times(larry: Root, blogs: Blogs) -> None:
    """biostar-central #139."""
    blogs.put("/feed", rss(*(item(1, guid=f"copy:{number}", link="") for number in range(7))))
    larry.update()
    assert [post.title for post in larry.posts()] == ["Post 1"]


def test_one_guid_for_two_entries(larry: Root, blogs: Blogs) -> None:
    """lemon24/reader #335: nothing is doubled, and the later runs agree with the first."""
    blogs.put("/feed", rss(item(1), item(1, title="Post 1, again")))
    larry.update()
    found = larry.posts()
    (larry.path / state.FILE).unlink()
    assert larry.update(now=NOW + DAY).kinds.total() == 0
    assert larry.posts() == found


def test_http_and_https_are_one(larry: Root, blogs: Blogs) -> None:
    """smallweb #154: twins by scheme, where the GUID is the link."""
    blogs.put("/feed", rss(*(item(n, guid=f"http://www.larry.example/{n}") for n in (1, 2))))
    larry.update()
    blogs.put("/feed", rss(*(item(n, guid=f"https://larry.example/{n}/") for n in (1, 2))))
    assert larry.update(now=NOW + DAY).kinds[Kind.ADD] == 0


def test_two_authors_use_one_guid(larry: Root, blogs: Blogs) -> None:
    """Planet Venus: feed B's guid replaced author A's entry; A's text vanished and the entry was B's."""
    other = blogs.put("/kim", rss(item(7, guid="tag:larry,2026:1", body="<p>Kim's own words.</p>")))
    (larry.path / "authors/kim.yaml").write_text(author(other, name="Kim"))
    larry.commit("Kim joins")
    larry.update()
    assert sorted((post.nick, post.title) for post in larry.posts()) == [
        ("kim", "Post 7"),
        ("larry", "Post 1"),
        ("larry", "Post 2"),
    ]


def test_a_feed_gets_another_address_in_the_author_file(larry: Root, blogs: Blogs) -> None:
    """Planets of 567 feeds of which 390 say http: changing the address must not double anything."""
    larry.update()
    new = blogs.put("/new", rss(item(1), item(2, guid="other"), item(3)))
    (larry.path / "authors/larry.yaml").write_text(author(new))
    larry.commit("Larry's feed moves")
    assert larry.update(now=NOW + DAY).kinds[Kind.ADD] == 1
    assert len(larry.posts()) == 3


def test_a_feed_moved_by_301(larry: Root, blogs: Blogs) -> None:
    larry.update()
    new = blogs.put("/new", rss(item(1), item(2), item(3)))
    blogs.put("/feed", "", status=301, Location=new)
    assert larry.update(now=NOW + DAY).kinds == {Kind.ADD: 1}


# two feeds, two authors -------------------------------------------------------


def test_a_whole_blog_and_its_gentoo_category(blogs: Blogs, tmp_path: Path) -> None:
    """Planet Venus #8: Gentoo's very layout mixes posts. Here: one post, both editions, whichever feed answers."""
    short = item(2, guid="cat:2", body="<p>The text of post 2 […]</p>")
    whole, category = blogs.put("/feed", rss(item(1), item(2))), blogs.put("/gentoo", rss(short))
    feeds = f"  - url: {whole}\n    editions: [universe]\n  - url: {category}\n    editions: [planet]\n"
    root = Root(tmp_path / "planet", {"larry": f"name: Larry\nfeeds:\n{feeds}"})
    root.update()
    first, second = root.posts()
    assert (first.editions, set(second.editions)) == (("universe",), {"universe", "planet"})
    commits = root.commits()
    for now, path, items in zip(
        days(), ("/gentoo", "/feed", "/gentoo"), ([short, item(1)], [item(2), item(1)], [short]), strict=False
    ):
        blogs.put(path, rss(*items, title=f"At {now}"))
        root.update(now=now)
    assert root.commits() == commits + 1  # post 1 has come into the other edition as well
    assert [body(post) for post in root.posts()] == [body(first), body(second)]


def test_a_story_in_two_blogs(larry: Root, blogs: Blogs) -> None:
    """Planet Gentoo 2019: "Gentoo GNOME 3.30 for all init systems", by Gentoo News and by leio a day before."""
    title, text = "Gentoo GNOME 3.30 for all init systems", f"<p>{LONG}</p>"
    blogs.put("/feed", rss(item(1), item(10, title=title, body=text)))
    news = blogs.put("/news", rss(item(11, title=title, body=text.replace("greetings", "announcements"))))
    (larry.path / "authors/news.yaml").write_text(author(news, name="News"))
    larry.commit("News join")
    larry.update()
    assert {(post.nick, post.title): post.also_at for post in larry.posts()} == {
        ("larry", "Post 1"): (),
        ("larry", title): ("https://larry.example/11",),
    }
    assert "told this before" in larry.told[-3]
    blogs.put("/news", rss(item(11, title=title, body=text), title="Other"))
    assert larry.update(now=NOW + DAY).kinds.total() == 0


def test_a_planet_within_a_planet(larry: Root, blogs: Blogs) -> None:
    """oursqlcommunity-org/planet #1, #2: copies in another planet's feed hide the original."""
    larry.update()
    copies = (item(n, guid=f"copy:{n}", body=f"<p>The text of post {n}, with a few words.</p>") for n in (1, 2))
    other = blogs.put("/copies", rss(*copies))
    (larry.path / "authors/copies.yaml").write_text(author(other, name="Copies"))
    larry.commit("A planet joins")
    assert larry.update(now=NOW + DAY).kinds.total() == 0
    assert {post.nick for post in larry.posts()} == {"larry"}


def test_a_link_blog_is_no_copy(larry: Root, blogs: Blogs) -> None:
    """What links to another member's page with words of its own is a post."""
    larry.update()
    other = blogs.put("/links", rss(item(1, guid="link:1", title="Read this", body="<p>Larry is right here.</p>")))
    (larry.path / "authors/kim.yaml").write_text(author(other, name="Kim"))
    larry.commit("Kim joins")
    assert larry.update(now=NOW + DAY).kinds == {Kind.ADD: 1}


# noise and flapping -----------------------------------------------------------


def test_volatile_ids_and_counters(larry: Root, blogs: Blogs) -> None:
    """The QGIS planet rewrote one post 1,116 times for `id="fws_…"`."""
    larry.update()
    commits = larry.commits()
    for number, now in zip(range(5), days(), strict=False):
        noise = f'<p id="fws_{number}" data-views="{number}">The text of post 1, with a few words.</p>'
        blogs.put("/feed", rss(item(1, body=noise), item(2), title=f"{number} visitors"))
        larry.update(now=now)
    assert larry.commits() == commits


def test_a_text_that_swings_is_committed_once_a_day(larry: Root, blogs: Blogs) -> None:
    """A server that shows one of two advertisements: the first sight of each at once, then one change a day."""
    larry.update()
    recorded = []
    for hour in range(1, 31):
        blogs.put("/feed", rss(item(1, body=f"<p>Text of the post, advertisement {hour % 2}.</p>"), item(2)))
        if larry.update(now=NOW + timedelta(hours=hour)).kinds.total():
            recorded.append(hour)
    assert recorded == [1, 2, 27]
    assert "again and again" in " ".join(larry.told)


def test_what_waited_is_committed_though_the_feed_stays_as_it_is(larry: Root, blogs: Blogs) -> None:
    larry.update()
    for hour, text in enumerate(("one", "two", "one"), start=1):
        blogs.put("/feed", rss(item(1, body=f"<p>Version {text}.</p>"), item(2)))
        report = larry.update(now=NOW + timedelta(hours=hour))
    assert (report.kinds.total(), report.held) == (0, 1)
    assert larry.update(now=NOW + 2 * DAY).kinds == {Kind.REVISE: 1}
    assert larry.posts()[0].body == "Version one."
    assert larry.update(now=NOW + 3 * DAY).unchanged == 1


def test_a_guid_that_swings(larry: Root, blogs: Blogs) -> None:
    """Two servers behind one address, each with its own GUIDs: each set is learned once."""
    larry.update()
    for number, now in zip(range(6), days(), strict=False):
        guids = ("a", "b") if number % 2 else ("tag:larry,2026:1", "tag:larry,2026:2")
        blogs.put("/feed", rss(*(item(n, guid=guids[n - 1]) for n in (1, 2)), title=f"Server {number}"))
        assert larry.update(now=now).kinds[Kind.ADD] == 0
    assert larry.commits() == 1 + 2 + 2


# floods and hijacks -----------------------------------------------------------


def flooded(larry: Root, blogs: Blogs) -> UpdateReport:
    larry.update()
    blogs.put("/feed", rss(item(1), item(2), *(old(number) for number in range(12))))
    return larry.update(now=NOW + DAY)


def test_planet_flooding(larry: Root, blogs: Blogs) -> None:
    """etbe.coker.com.au 2009, rogue_planet's #1 complaint: a known blog suddenly brings ten old posts as new."""
    report = flooded(larry, blogs)
    assert (report.kinds.total(), report.held, report.ok) == (0, 14, 1)
    assert "12 of its 14 entries are new at once, 12 of them older than its newest post here" in report.notes[0]
    assert "gitplanet release larry" in report.notes[0]
    assert "held: 12 of its 14 entries" in told(larry)[0]
    assert larry.update(now=NOW + 2 * DAY).held == 14  # it is told until a person has looked


def test_a_flood_released(larry: Root, blogs: Blogs) -> None:
    flooded(larry, blogs)
    assert larry.update(now=NOW + 2 * DAY, only="larry", release=True).kinds == {Kind.ADD: 12}
    assert "  ok, read 2026-11-25 12:00 UTC; asked next" in told(larry)[0]
    assert larry.update(now=NOW + 3 * DAY).unchanged == 1


def test_a_flood_released_by_an_edit_of_the_author_file(larry: Root, blogs: Blogs) -> None:
    flooded(larry, blogs)
    (larry.path / "authors/larry.yaml").write_text(author(blogs.url + "/feed", more="about: I am back.\n"))
    larry.commit("Larry is back")
    assert larry.update(now=NOW + 2 * DAY).kinds == {Kind.ADD: 12}


def test_all_dates_are_one(larry: Root, blogs: Blogs) -> None:
    """oursqlcommunity-org/planet #99: an import gives everything the same date."""
    larry.update()
    today = (NOW + DAY).strftime("%a, %d %b %Y 08:00:00 GMT")
    blogs.put("/feed", rss(*(old(number, pubDate=today) for number in range(8))))
    report = larry.update(now=NOW + DAY)
    assert report.kinds.total() == 0
    assert "8 of them of one day" in report.notes[0]


def test_a_busy_month_is_no_flood(larry: Root, blogs: Blogs) -> None:
    larry.update()
    blogs.put("/feed", rss(*(item(number) for number in range(3, 13))))
    assert larry.update(now=NOW + DAY).kinds == {Kind.ADD: 10}


def casino(host: str = "larry.example") -> str:
    items = [item(n, guid=f"c:{n}", link=f"https://{host}/casino-{n}", title=f"Win {n}") for n in (20, 21)]
    return rss(*items, title="Best casino", link=f"https://{host}/")


def test_an_expired_domain(larry: Root, blogs: Blogs) -> None:
    """python/planet #379, smallweb #857, Jakarta #123: the same address, another owner."""
    larry.update()
    blogs.put("/feed", casino())
    report = larry.update(now=NOW + DAY)
    assert (report.kinds.total(), report.held) == (0, 2)
    assert "it has become another feed (title changed)" in report.notes[0]
    blogs.put("/feed", rss(item(1), item(2), item(3)))
    assert larry.update(now=NOW + 2 * DAY).kinds == {Kind.ADD: 1}  # the owner is back: nothing is to be released


def test_a_reused_feed_name_without_a_cache(larry: Root, blogs: Blogs) -> None:
    """SeasideSt #566, python/planet #606: FeedBurner gives a name to someone else; the archive knows the hosts."""
    larry.update()
    (larry.path / state.FILE).unlink()
    blogs.put("/feed", casino("casino.example"))
    assert "hosts changed" in larry.update(now=NOW + DAY).notes[0]


def test_the_smaller_of_two_feeds_is_watched_too(blogs: Blogs, tmp_path: Path) -> None:
    """All its posts are told by the whole blog's feed as well: it owns none, and is known all the same."""
    feeds = blogs.put("/feed", rss(item(1), item(2))), blogs.put("/gentoo", rss(item(2)))
    root = Root(tmp_path / "planet", {"larry": author(*feeds)})
    root.update()
    blogs.put("/gentoo", casino("casino.example"))
    assert root.update(now=NOW + DAY).held == 2


# absence and people -----------------------------------------------------------


@pytest.mark.parametrize("page", [rss(), "<html>Under maintenance</html>", ""])
def test_a_feed_is_down_and_comes_back(larry: Root, blogs: Blogs, page: str) -> None:
    """The QGIS planet deleted and added again ten posts and more in 52 commits each: a feed was down."""
    larry.update()
    before = larry.git("rev-parse", "HEAD:posts")
    for now in list(days())[:2]:
        blogs.put("/feed", page)
        larry.update(now=now)
        blogs.put("/feed", rss(item(1), item(2)))
        assert larry.update(now=now + DAY / 2).kinds.total() == 0
    assert larry.git("rev-parse", "HEAD:posts") == before


def test_another_filter_is_heeded_though_the_feed_stays_as_it_is(larry: Root, blogs: Blogs) -> None:
    """planetpowershell #374, planetxamarin #582: a filter hides honest posts, and mending it must show them."""
    file = larry.path / "authors/larry.yaml"
    file.write_text(author(blogs.url + "/feed") + '    include: ["Post 2"]\n')
    larry.commit("Only the second")
    assert larry.update().kinds == {Kind.ADD: 1}
    file.write_text(author(blogs.url + "/feed"))
    larry.commit("All")
    assert larry.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    assert larry.update(now=NOW + 2 * DAY).unchanged == 1


def test_an_author_leaves(larry: Root) -> None:
    larry.update()
    larry.git("rm", "-q", "authors/larry.yaml")
    (larry.path / "authors").mkdir(exist_ok=True)
    larry.commit("Larry leaves")
    assert larry.update(now=NOW + DAY).planned == 0
    assert len(larry.posts()) == 2


def test_a_hand_edit_is_kept_until_it_is_reverted(larry: Root, blogs: Blogs) -> None:
    """Also where it touches nothing that a reader sees, and though the feed stays as it is afterwards."""
    larry.update()
    path = larry.path / larry.posts()[0].path
    path.write_text(path.read_text().replace('title: "Post 1"', 'title: "Post 1"\ntags: ["by-hand"]'))
    larry.commit("Tag it")
    blogs.put("/feed", rss(item(1, body="<p>New words.</p>"), item(2)))
    report = larry.update(now=NOW + DAY)
    assert (report.kinds.total(), report.held) == (0, 1)
    assert "a person had edited the file" in report.notes[0]
    assert larry.update(now=NOW + 2 * DAY).unchanged == 1
    larry.git("-c", "core.editor=true", "revert", "--no-edit", "HEAD")
    assert larry.update(now=NOW + 3 * DAY).kinds == {Kind.REVISE: 1}
    assert (larry.posts()[0].body, larry.posts()[0].tags) == ("New words.", ())


def test_a_person_corrects_an_address(larry: Root, blogs: Blogs) -> None:
    larry.update()
    path = larry.path / larry.posts()[0].path
    path.write_text(path.read_text().replace("https://larry.example/1", "https://archive.example/larry/1"))
    larry.commit("The page is gone; link to its copy")
    blogs.put("/feed", rss(item(1), item(2), item(3)))
    assert larry.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    assert larry.posts()[0].canonical_url == "https://archive.example/larry/1"


def test_a_deleted_post_stays_deleted(larry: Root, blogs: Blogs) -> None:
    """Under a new GUID as well; a post deleted and restored is a post."""
    larry.update()
    first, second = (post.path for post in larry.posts())
    larry.git("rm", "-q", first)
    larry.commit("This was spam")
    blogs.put("/feed", rss(item(1), item(2), item(3)))
    assert larry.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    blogs.put("/feed", rss(item(1, guid="again"), item(2), item(3), item(4)))
    assert larry.update(now=NOW + 2 * DAY).kinds == {Kind.ADD: 1}
    larry.git("revert", "--no-edit", "HEAD~2")
    blogs.put("/feed", rss(item(1, body="<p>Edited.</p>"), item(2), item(5)))
    assert larry.update(now=NOW + 3 * DAY).kinds == {Kind.REVISE: 1, Kind.ADD: 1}
    assert [post.path for post in larry.posts()][:2] == [first, second]


def test_a_renamed_file_keeps_its_identity(larry: Root, blogs: Blogs) -> None:
    larry.update()
    larry.git("mv", larry.posts()[0].path, "posts/larry/a-better-name.md")
    larry.commit("Give it a better name")
    blogs.put("/feed", rss(item(1, body="<p>Edited.</p>"), item(2)))
    assert larry.update(now=NOW + DAY).kinds == {Kind.REVISE: 1}
    assert {post.path: post.body for post in larry.posts()}["posts/larry/a-better-name.md"] == "Edited."
    assert len(larry.posts()) == 2


def test_a_post_written_by_hand(larry: Root, blogs: Blogs) -> None:
    """It is a post like the others, and stays the only one when the feed tells it too."""
    path = larry.path / "posts/larry/2026/2026-11-03-hello.md"
    path.parent.mkdir(parents=True)
    path.write_text('---\ntitle: "Hello"\ncanonical_url: "https://larry.example/3"\n---\n\nBy hand.\n')
    larry.commit("Write by hand")
    blogs.put("/feed", rss(item(1), item(3)))
    assert larry.update().kinds == {Kind.ADD: 1}
    assert [post.body for post in larry.posts() if post.title == "Hello"] == ["By hand."]


def test_forget_a_post(larry: Root, blogs: Blogs) -> None:
    """The author asks for it; the feed goes on telling it, edited, under another GUID and at another address."""
    larry.update()
    path = larry.posts()[0].path
    planet = config.load(larry.path)
    (change,) = forget(larry.path, planet, "https://larry.example/1", "the author asked", now=NOW)
    assert change.post.path == path.replace("-post-1-", "-")
    text = (larry.path / change.post.path).read_text()
    assert "post" not in text.lower().replace(NOW.isoformat(), "")
    assert 'reason: "the author asked"' in text
    assert larry.git("log", "-1", "--format=%s|%an").strip() == "Withdraw a post of 2026-11-01 (larry)|Planet Larry"
    changes = {"body": "<p>Edited.</p>"}, {"guid": "other"}, {"guid": "other", "link": "https://new.example/1"}
    for fields, now in zip((*changes, {"guid": "third", "link": "https://new.example/1"}), days(), strict=False):
        blogs.put("/feed", rss(item(1, **fields), item(2)))
        assert larry.update(now=now).kinds[Kind.ADD] == 0
    assert (larry.posts()[0].body, larry.posts()[0].withdrawn) == ("", NOW)
    with pytest.raises(PlanetError, match="no post stands under"):
        forget(larry.path, planet, path, "again", now=NOW)


def test_forget_an_author(larry: Root, blogs: Blogs) -> None:
    larry.update()
    planet = config.load(larry.path)
    assert len(forget(larry.path, planet, "larry", "left in anger", now=NOW)) == 2
    (larry.path / state.FILE).unlink()
    assert larry.update(now=NOW + DAY).kinds.total() == 0
    with pytest.raises(PlanetError, match="needs a reason"):
        forget(larry.path, planet, "larry", " \n", now=NOW)


# completeness -----------------------------------------------------------------


def test_excerpts_give_way_to_the_full_text(larry: Root, blogs: Blogs) -> None:
    """Gentoo bug 378979: "viewing short summaries instead of full text"."""
    blogs.put("/feed", rss(item(1) | {"body": "", "description": "<p>The beginning [&#8230;]</p>"}))
    larry.update()
    assert larry.posts()[0].excerpt
    blogs.put("/feed", rss(item(1)))
    larry.update(now=NOW + DAY)
    assert (larry.posts()[0].excerpt, larry.posts()[0].body) == (False, "The text of post 1, with a few words.")


def test_backfill_follows_archive_pages(larry: Root, blogs: Blogs) -> None:
    """RFC 5005: `prev-archive`; the flood is wanted, and nothing is added twice."""
    larry.update()
    link = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href="{}"/></channel>'
    for number in range(3):
        older = rss(*(old(number * 5 + place) for place in range(5)))
        page = older.replace("</channel>", link.format(f"/archive/{number + 1}"))
        blogs.put(f"/archive/{number}", page)
    blogs.put("/feed", rss(item(1), item(2)).replace("</channel>", link.format("/archive/0")))
    assert larry.update(now=NOW + DAY, only="larry", backfill=True).kinds == {Kind.ADD: 15}
    assert larry.update(now=NOW + 2 * DAY, only="larry", backfill=True).kinds.total() == 0


def test_backfill_of_wordpress(larry: Root, blogs: Blogs) -> None:
    generator = "<generator>https://wordpress.org/?v=6.6</generator></channel>"
    pages = (rss(item(1), item(2)), rss(old(1), old(2)), rss(old(3)))
    for number, page in enumerate(pages, start=1):
        blogs.put("/feed" if number == 1 else f"/feed?paged={number}", page.replace("</channel>", generator))
    assert larry.update(only="larry", backfill=True).kinds == {Kind.ADD: 5}
    assert [path for path, _ in blogs.log] == ["/feed", "/feed?paged=2", "/feed?paged=3", "/feed?paged=4"]


def test_release_forget_and_status(larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("--root", str(larry.path))
    assert main(["release", "larry", *where]) == 0
    assert main(["status", *where]) == 0
    assert main(["forget", "https://larry.example/1", "--why", "asked", *where]) == 0
    assert main(["forget", "larry", "--why", "asked", *where]) == 0
    assert main(["forget", "larry", "--why", "asked", *where]) == 1
    assert main(["update", "--backfill", *where]) == 1
    told = capsys.readouterr().out
    assert "2 posts, newest 2026-11-02  ok" in told
    assert "authors/larry.yaml is still there" in told
    assert "gitplanet: no post stands under 'larry'" in told
    assert "--only NICK" in told
