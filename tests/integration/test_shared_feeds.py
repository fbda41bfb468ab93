"""Members who share a feed: it is asked once, each takes what is theirs, and what is remembered is by address."""

import json
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from generator import config
from generator.cli import main
from generator.errors import FileError
from generator.feeds import fetch_log, state
from generator.models import Kind
from tests.support.planets import NOW, Blogs, Root, author, item, rss

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KIM, ZOE = {"author": "Kim"}, {"author": "Zoé Cow"}


def member(feed: str, name: str, *names: str, more: str = "") -> str:
    """The text of an author file that takes of the feed what is by these names."""
    return author(feed, name=name, more=more) + f"    authors: {json.dumps(names)}\n"


def by(number: int, who: dict[str, str], **fields: str) -> dict[str, str]:
    return item(number, **who, **fields)


@pytest.fixture
def company(blogs: Blogs, tmp_path: Path) -> Root:
    """A planet of two members who write in one feed; a third person does, too."""
    feed = blogs.put("/feed", rss(by(1, KIM), by(2, ZOE), by(3, {"author": "Max"}), item(4)))
    files = {"kim": member(feed, "Kim", "kim"), "zoe": member(feed, "Zoe", "ZOE COW")}
    return Root(tmp_path / "planet", files)


def titles(root: Root) -> dict[str, list[str]]:
    """Those of each member's posts, by nick."""
    found: dict[str, list[str]] = {}
    for post in sorted(root.posts(), key=lambda post: post.title):
        found.setdefault(post.nick, []).append(post.title)
    return found


def feed_of(blogs: Blogs) -> str:
    return f"{blogs.url}/feed"


def command(root: Root, *words: str) -> int:
    return main([*words, "--root", str(root.path)])


def test_each_member_takes_their_own_from_one_request(company: Root, blogs: Blogs) -> None:
    report = company.update()
    assert titles(company) == {"kim": ["Post 1"], "zoe": ["Post 2"]}
    assert report.summary() == "1 of 1 feeds read (0 unchanged): 2 new"
    assert [path for path, _ in blogs.log] == ["/feed"]
    assert company.git("log", "-2", "--format=%an %s").splitlines() == [
        'Zoe Add "Post 2" (zoe)',
        'Kim Add "Post 1" (kim)',
    ]


def test_what_is_remembered_is_by_address_and_the_second_run_is_answered_304(company: Root, blogs: Blogs) -> None:
    company.update()
    assert list(state.load(company.path).feeds) == [feed_of(blogs)]
    report = company.update(now=NOW + DAY)
    assert (report.planned, report.unchanged, report.commit) == (1, 1, "")
    assert [record.status for record in fetch_log.load_records(company.path)[feed_of(blogs)]] == [200, 304]
    assert "If-None-Match" in blogs.log[1][1]


def test_entries_that_nobody_takes_are_noted_once(company: Root, blogs: Blogs) -> None:
    note = (
        "1 entry is by Max, whom no author file of this feed lists; "
        "1 entry names no author, and this feed's author files take by name"
    )
    assert company.update().notes == [f"{feed_of(blogs)}: {note}"]
    assert sum(note in line for line in company.told) == 1
    (record,) = fetch_log.load_records(company.path)[feed_of(blogs)]
    assert record.notes == (note,)


def test_a_paused_member_is_left_alone_and_misses_nothing(company: Root, blogs: Blogs) -> None:
    company.update()
    zoe = company.path / "authors" / "zoe.yaml"
    zoe.write_text("status: paused\n" + zoe.read_text())
    company.commit("Zoe is away")
    blogs.put("/feed", rss(by(5, KIM), by(6, ZOE)))
    assert company.update(now=NOW + DAY).notes == [], "Zoe is listed all the same"
    assert titles(company) == {"kim": ["Post 1", "Post 5"], "zoe": ["Post 2"]}
    zoe.write_text(zoe.read_text().removeprefix("status: paused\n"))
    company.commit("Zoe is back")
    company.update(now=NOW + 2 * DAY)
    assert titles(company)["zoe"] == ["Post 2", "Post 6"]
    assert company.update(now=NOW + 3 * DAY).unchanged == 1


def test_a_member_who_joins_later_gets_what_the_feed_still_has(company: Root, blogs: Blogs) -> None:
    company.update()
    (company.path / "authors/max.yaml").write_text(member(feed_of(blogs), "Max", "Max"))
    company.commit("Max joins")
    assert company.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    assert titles(company)["max"] == ["Post 3"]


def test_another_name_in_an_author_file_is_a_reason_to_read_a_feed_anew(blogs: Blogs, tmp_path: Path) -> None:
    feed = blogs.put("/feed", rss(by(1, KIM), by(2, ZOE)))
    root = Root(tmp_path / "planet", {"kim": member(feed, "Kim", "Kim")})
    root.update()
    (root.path / "authors" / "kim.yaml").write_text(member(feed, "Kim", "Kim", "Zoe Cow"))
    root.commit("Zoe is Kim's other name")
    assert root.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    assert titles(root) == {"kim": ["Post 1", "Post 2"]}


def test_another_version_of_the_program_is_no_reason_to_read_a_feed_anew(larry: Root, blogs: Blogs) -> None:
    larry.update()
    said = (
        f"(FeedSource(url='{feed_of(blogs)}', editions=('planet', 'universe'), include=(), exclude=(), tags=(), "
        "language='', full=True, trust=()), '', '', '')"
    )
    assert state.load(larry.path).feeds[feed_of(blogs)].settings == sha256(said.encode()).hexdigest()[:16]


def test_a_feed_that_fails_is_counted_once(company: Root, blogs: Blogs) -> None:
    company.update()
    for body, status in (("", 500), ("<html>parked</html>", 200)):
        blogs.put("/feed", body, status=status)
        report = company.update(now=NOW + DAY)
        (failure,) = report.failures
        assert (failure.feed, failure.nick, report.ok, report.planned) == (feed_of(blogs), "kim, zoe", 0, 1)
    assert state.load(company.path).feeds[feed_of(blogs)].standing.failures == 2
    blogs.put("/feed", rss(by(1, KIM), by(7, ZOE)))
    assert company.update(now=NOW + 2 * DAY).kinds == {Kind.ADD: 1}


def test_who_names_a_member_changes_no_other_ones_posts_and_loses_none(company: Root, blogs: Blogs) -> None:
    assert company.update(only="kim").kinds == {Kind.ADD: 1}
    assert titles(company) == {"kim": ["Post 1"]}
    assert company.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    assert titles(company) == {"kim": ["Post 1"], "zoe": ["Post 2"]}
    blogs.put("/feed", rss(by(1, KIM), by(2, ZOE), by(5, KIM)))
    company.update(only="kim", now=NOW + 2 * DAY)
    assert company.update(now=NOW + 3 * DAY).unchanged == 1, "nothing was left for the other one"


FLOOD = [by(n, KIM, pubDate="Mon, 05 Oct 2026 10:00:00 GMT") for n in range(20, 29)]


@pytest.fixture
def held(company: Root, blogs: Blogs) -> Root:
    """The same planet, its feed held: it floods with old posts of one member. The other one has a new post."""
    company.update()
    blogs.put("/feed", rss(*FLOOD, by(9, ZOE)))
    company.update(now=NOW + DAY)
    return company


def test_a_hold_is_of_the_address(held: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    assert titles(held) == {"kim": ["Post 1"], "zoe": ["Post 2"]}
    assert state.load(held.path).feeds[feed_of(blogs)].outcome.startswith("held: 9 of its 9 entries are new at once")
    report = held.update(now=NOW + 2 * DAY)
    assert (report.held, report.kinds.total()) == (10, 0)
    assert sum("is held" in note for note in report.notes) == 1
    assert command(held, "status") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("see it, ")[2] for line in lines] == [
        "then run `gitplanet release kim`" + lines[0].partition("release kim`")[2],
        "then run `gitplanet release zoe`" + lines[1].partition("release zoe`")[2],
    ]


@pytest.mark.parametrize("nick", ["kim", "zoe"])
def test_a_release_is_of_the_feed_whichever_member_is_named(held: Root, blogs: Blogs, nick: str) -> None:
    assert command(held, "release", nick) == 0
    assert [len(own) for own in titles(held).values()] == [10, 2]
    assert state.load(held.path).feeds[feed_of(blogs)].outcome == ""


def test_a_release_leaves_other_feeds_of_the_other_members_alone(held: Root, blogs: Blogs) -> None:
    other = blogs.put("/zoe", rss(item(11)))
    zoe = held.path / "authors" / "zoe.yaml"
    zoe.write_text(zoe.read_text() + f"  - url: {other}\n")
    held.commit("Zoe has another blog")
    assert command(held, "release", "kim") == 0
    assert "/zoe" not in {path for path, _ in blogs.log}


def test_an_edit_of_a_members_file_vouches_for_that_member(held: Root) -> None:
    kim = held.path / "authors" / "kim.yaml"
    kim.write_text(kim.read_text() + "    tags: [seen]\n")
    held.commit("Kim's old posts are fine")
    held.update(now=NOW + 2 * DAY)
    assert len(titles(held)["kim"]) == 10
    held.update(now=NOW + 3 * DAY)
    assert titles(held)["zoe"] == ["Post 2", "Post 9"]


def test_a_lost_race_is_run_again_for_all_members(company: Root, blogs: Blogs, tmp_path: Path) -> None:
    company.git("init", "-q", "--bare", str(tmp_path / "remote"))
    company.git("push", "-q", str(tmp_path / "remote"), "main")
    company.git("remote", "add", "origin", str(tmp_path / "remote"))
    company.git("clone", "-q", str(tmp_path / "remote"), str(tmp_path / "other"))
    other = Root.__new__(Root)
    other.path = tmp_path / "other"
    other.git("checkout", "-q", "main")
    (other.path / "notes.txt").write_text("A person's\n")
    other.commit("Notes")
    other.git("push", "-q", "origin", "main")
    assert company.update(push=True).kinds == {Kind.ADD: 2}
    assert (company.path / "notes.txt").exists()
    assert titles(company) == {"kim": ["Post 1"], "zoe": ["Post 2"]}
    assert company.update(now=NOW + DAY).unchanged == 1


def test_a_feed_that_moved_is_told_to_all(company: Root, blogs: Blogs) -> None:
    new = blogs.put("/new", blogs.pages["/feed"][1])
    blogs.put("/feed", "", status=301, Location="/new")
    company.update()
    (note,) = [note for note in company.update(now=NOW + 8 * DAY).notes if "moved" in note]
    assert note == f"{feed_of(blogs)} has moved to {new}; write that into authors/kim.yaml and authors/zoe.yaml"


def test_a_post_of_two_members_comes_once(company: Root, blogs: Blogs) -> None:
    names = "<dc:creator>Zoé Cow</dc:creator><dc:creator>Kim</dc:creator>"
    text = rss(item(8)).replace("</item>", f"{names}</item>")
    blogs.put("/feed", text.replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" '))
    report = company.update()
    assert titles(company) == {"kim": ["Post 8"]}
    assert ["has told this before" in note for note in report.notes] == [True]


def test_a_text_that_shrinks_waits_by_address(company: Root, blogs: Blogs) -> None:
    long = "<p>" + "Many words of a long post. " * 40 + "</p>"
    blogs.put("/feed", rss(by(1, KIM, body=long), by(2, ZOE)))
    company.update()
    blogs.put("/feed", rss(by(1, KIM, body="<p>Gone.</p>"), by(2, ZOE), by(6, ZOE)))
    assert company.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    remembered = state.load(company.path).feeds[feed_of(blogs)]
    assert len(remembered.doubts) == 1
    (*_, record) = fetch_log.load_records(company.path)[feed_of(blogs)]
    assert sum("a later reading has to confirm" in note for note in record.notes) == 1
    assert company.update(now=NOW + 2 * DAY).kinds == {Kind.REVISE: 1}


def test_old_pages_of_a_shared_feed_are_read_for_whom_a_person_names(company: Root, blogs: Blogs) -> None:
    company.update()
    older = blogs.put("/older", rss(by(10, KIM, pubDate="Mon, 05 Oct 2020 10:00:00 GMT"), by(11, ZOE)))
    link = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{older}"/>'
    blogs.put("/feed", rss(by(1, KIM), by(2, ZOE)).replace("<item>", f"{link}<item>", 1))
    assert company.update(only="kim", backfill=True, now=NOW + DAY).kinds == {Kind.ADD: 1}
    assert titles(company)["kim"] == ["Post 1", "Post 10"]
    assert titles(company)["zoe"] == ["Post 2"]


# what is wrong ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kim", "zoe", "said"),
    [
        ((), (), "neither authors/kim.yaml nor this file says whose entries it takes; list a feed once, or name in"),
        (("Kim",), (), "this file does not say whose entries it takes; list a feed once"),
        ((), ("Zoe",), "authors/kim.yaml does not say whose entries it takes; list a feed once"),
        (("Kim", "Zoé"), ("zoe",), "authors/kim.yaml takes the entries of zoe as well; leave zoe to"),
    ],
)
def test_what_is_refused(
    blogs: Blogs, tmp_path: Path, kim: Sequence[str], zoe: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = blogs.put("/feed", rss(by(1, KIM)))
    files = {
        nick: member(feed, nick, *names) if names else author(feed, name=nick)
        for nick, names in {"kim": kim, "zoe": zoe}.items()
    }
    root = Root(tmp_path / "planet", files)
    with pytest.raises(FileError) as caught:
        config.load(root.path)
    assert [str(problem).startswith("authors/zoe.yaml") and said in str(problem) for problem in caught.value.problems]
    assert command(root, "check", "--offline") == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "is already that of" in line]
    assert [line.split(":")[1] for line in lines] == [" authors/kim.yaml", " authors/zoe.yaml"]
    assert said in lines[1]
    assert "authors/zoe.yaml" in lines[0]


def test_who_names_more_people_later_takes_the_feed_from_nobody(company: Root, blogs: Blogs) -> None:
    company.update()
    (company.path / "authors/max.yaml").write_text(member(feed_of(blogs), "Max", "Max"))
    company.commit("Max joins, last of all")
    for names in (["Kim", "Max"], []):
        text = member(feed_of(blogs), "Kim", *names) if names else author(feed_of(blogs), name="Kim")
        (company.path / "authors/kim.yaml").write_text(text)
        company.commit("Kim wants more")
        planet = config.load_tolerantly(company.path)
        assert [fault.nick for fault in planet.faults] == ["kim"]
        assert [own.feeds[0].authors for own in planet.authors] == [("kim",), ("Max",), ("ZOE COW",)]
        assert [own.nick for own in planet.authors if own.is_read] == ["max", "zoe"]
    blogs.put("/feed", rss(by(5, KIM), by(6, ZOE), by(3, {"author": "Max"})))
    company.update(now=NOW + DAY)
    (company.path / "authors/kim.yaml").write_text(member(feed_of(blogs), "Kim", "Kim"))
    company.commit("Kim gives in")
    company.update(now=NOW + 2 * DAY)
    assert titles(company) == {"kim": ["Post 1", "Post 5"], "zoe": ["Post 2", "Post 6"], "max": ["Post 3"]}


def test_one_address_is_written_in_one_way(blogs: Blogs, tmp_path: Path) -> None:
    feed = blogs.put("/feed", rss(by(1, KIM)))
    root = Root(tmp_path / "planet", {"kim": member(feed, "Kim", "Kim"), "zoe": member(f"{feed}/", "Zoe", "Zoe")})
    with pytest.raises(FileError, match=f"is already that of kim under the address {feed}; write the address as"):
        config.load(root.path)


def test_check_says_when_a_name_takes_nothing(company: Root, capsys: pytest.CaptureFixture[str]) -> None:
    zoe = company.path / "authors" / "zoe.yaml"
    zoe.write_text(zoe.read_text().replace("ZOE COW", "Zoe C."))
    company.commit("Another name")
    command(company, "check")
    lines = capsys.readouterr().out.splitlines()
    (line,) = [line for line in lines if "takes none of" in line]
    assert line.startswith("warning: authors/zoe.yaml:3: `authors` takes none of the feed's 4 entries; write names as")
    assert line.endswith("as the feed does: its entries are by Kim, Zoé Cow and Max")
    assert not any("is this the same blog" in line for line in lines)
