"""Feeds to commits, the whole way: a real server, a real git."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.errors import PlanetError, RepositoryError
from generator.feeds import state
from generator.models import Kind
from generator.update import entry_digests
from tests.support.planets import NOW, Blogs, Root, author, item, rss


def test_the_first_run_commits_each_post_as_its_author(larry: Root) -> None:
    report = larry.update()
    assert report.summary() == "1 of 1 feeds read (0 unchanged): 2 new"
    assert larry.git("log", "-2", "--format=%an %ae %aI %s").splitlines() == [
        'Larry the Cow larry@planet.invalid 2026-11-02T10:00:00+00:00 Add "Post 2" (larry)',
        'Larry the Cow larry@planet.invalid 2026-11-01T10:00:00+00:00 Add "Post 1" (larry)',
    ]
    assert report.commit == larry.git("rev-parse", "HEAD").strip()
    assert [post.body for post in larry.posts()] == [f"The text of post {n}, with a few words." for n in (1, 2)]
    assert larry.git("status", "--porcelain") == ""


def test_the_second_run_asks_conditionally_and_commits_nothing(larry: Root, blogs: Blogs) -> None:
    larry.update()
    before = larry.git("rev-parse", "HEAD")
    report = larry.update(now=NOW + timedelta(days=1))
    assert (report.unchanged, report.ok, report.commit) == (1, 0, "")
    assert larry.git("rev-parse", "HEAD") == before
    assert "If-None-Match" not in blogs.log[0][1]
    assert blogs.log[1][1]["If-None-Match"].startswith('"')


def test_without_a_cache_nothing_is_committed_either(larry: Root) -> None:
    larry.update()
    before = larry.git("rev-parse", "HEAD")
    (larry.path / state.FILE).unlink()
    assert larry.update().kinds.total() == 0
    assert larry.git("rev-parse", "HEAD") == before


def test_the_same_body_under_another_etag_is_unchanged(larry: Root, blogs: Blogs) -> None:
    larry.update()
    blogs.put("/feed", blogs.pages["/feed"][1], ETag='"new"')
    assert larry.update().unchanged == 1
    assert next(iter(state.load(larry.path).feeds.values())).etag == '"new"'


def test_edits_and_new_posts(larry: Root, blogs: Blogs) -> None:
    larry.update()
    blogs.put("/feed", rss(item(2, body="<p>Changed.</p>"), item(3)))
    report = larry.update(now=NOW + timedelta(days=1))
    assert (report.kinds[Kind.ADD], report.kinds[Kind.REVISE]) == (1, 1)
    assert [post.body for post in larry.posts()][1] == "Changed."
    path = larry.posts()[1].path
    assert larry.git("log", "--follow", "--format=%s", "--", path).splitlines() == [
        'Revise "Post 2" (larry)',
        'Add "Post 2" (larry)',
    ]


def test_digests_of_entries_are_kept_for_the_next_run(larry: Root, blogs: Blogs) -> None:
    larry.update()
    table = larry.path / entry_digests.FILE
    assert [post.digest in table.read_text() for post in larry.posts()] == [True, True]
    blogs.put("/feed", rss(item(1), item(2), item(3)))
    assert larry.update().kinds == {Kind.ADD: 1}
    assert [post.digest in table.read_text() for post in larry.posts()] == [True, True, True]


@pytest.mark.parametrize("rubbish", ["", "[]", '{"program": 1}', "the first line\n[[1]]", "the first line\n[[1,"])
def test_digests_may_be_rubbish(larry: Root, blogs: Blogs, rubbish: str) -> None:
    larry.update()
    table = larry.path / entry_digests.FILE
    table.write_text(rubbish.replace("the first line", table.read_text().partition("\n")[0]))
    blogs.put("/feed", rss(item(1), item(2), item(3)))
    assert larry.update().kinds == {Kind.ADD: 1}


def test_a_cache_from_another_history_is_ignored(larry: Root) -> None:
    start = larry.git("rev-parse", "HEAD").strip()
    larry.update()
    larry.git("reset", "-q", "--hard", start)
    assert larry.update().kinds[Kind.ADD] == 2


def test_a_failing_feed_costs_itself_and_its_validators_stay(larry: Root, blogs: Blogs) -> None:
    larry.update()
    kept = next(iter(state.load(larry.path).feeds.values()))
    other = blogs.put("/kim", rss(item(5)))
    (larry.path / "authors/kim.yaml").write_text(author(other, name="Kim"))
    larry.commit("Kim joins")
    blogs.put("/feed", "<html>parked</html>", ETag='"parked"')
    report = larry.update()
    assert (report.ok, len(report.failures), report.kinds[Kind.ADD]) == (1, 1, 1)
    assert "a web page, not a feed" in report.failures[0].reason
    assert any(line.startswith("larry: ") for line in larry.told)
    now = state.load(larry.path).feeds[blogs.url + "/feed"]
    assert (now.validators, now.body) == (kept.validators, kept.body)
    assert "a web page" in now.outcome
    assert len(larry.posts()) == 3


def test_what_a_feed_tells_of_itself_is_noted(larry: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(item(1), item(2)).replace("Post", "<b>Post", 1))
    assert "not well-formed" in larry.update().notes[0]


def test_only_one_author_and_paused_ones(larry: Root, blogs: Blogs) -> None:
    kim, moo = blogs.put("/kim", rss(item(5))), blogs.put("/moo", rss(item(6)))
    (larry.path / "authors/kim.yaml").write_text(author(kim, name="Kim"))
    (larry.path / "authors/moo.yaml").write_text(author(moo, name="Moo", more="status: paused\n"))
    larry.commit("Kim and Moo join")
    assert larry.update(only="kim").kinds[Kind.ADD] == 1
    assert {path for path, _ in blogs.log} == {"/kim"}
    report = larry.update()
    assert (report.planned, report.skipped, report.ok, report.unchanged) == (3, 1, 1, 1)
    with pytest.raises(PlanetError, match="no author 'zoe'"):
        larry.update(only="zoe")


def test_a_dry_run_tells_and_leaves_no_trace(larry: Root) -> None:
    before = larry.git("rev-parse", "HEAD")
    report = larry.update(dry_run=True)
    assert report.kinds[Kind.ADD] == 2
    assert larry.told[-2:] == ['Add "Post 1" (larry)', 'Add "Post 2" (larry)']
    assert larry.git("rev-parse", "HEAD") == before
    assert not (larry.path / ".cache").exists()


def test_changes_that_nobody_committed_stop_the_run_before_anything_is_fetched(larry: Root, blogs: Blogs) -> None:
    (larry.path / "posts/mine.md").write_text("---\ntitle: x\n---\n")
    with pytest.raises(RepositoryError, match=r"posts/mine\.md"):
        larry.update()
    assert blogs.log == []
    assert larry.commits() == 1


def test_a_post_that_is_none_costs_that_post(larry: Root, blogs: Blogs) -> None:
    larry.update()
    first, second = larry.posts()
    text = (larry.path / first.path).read_text()
    (larry.path / first.path).write_text(text.replace("date: ", "date: last week "))
    (larry.path / "posts/larry/mine.md").write_text("---\ntitle: x\n---\n")
    larry.commit("Break a post, and add one without a date")
    blogs.put("/feed", rss(*(item(number, body=f"Edited {number}") for number in (1, 2)), item(3)))
    report = larry.update(now=NOW + timedelta(days=1))
    assert (report.kinds[Kind.ADD], report.kinds[Kind.REVISE], report.held) == (1, 1, 1)
    assert [fault.partition(": ")[0] for fault in report.faults] == [f"{first.path}:3", "posts/larry/mine.md:1"]
    assert "date: last week " in (larry.path / first.path).read_text()
    assert "Edited 2" in (larry.path / second.path).read_text()

    (larry.path / first.path).write_text(text)
    (larry.path / "posts/larry/mine.md").unlink()
    larry.commit("Mend them")
    report = larry.update(now=NOW + timedelta(days=2))
    assert (report.faults, report.kinds[Kind.REVISE]) == ({}, 1)
    assert "Edited 1" in (larry.path / first.path).read_text()


def test_many_feeds_are_read_by_a_crew(blogs: Blogs, tmp_path: Path) -> None:
    names = [f"cow{number}" for number in range(30)]
    items = {name: item(1, guid=name, title=name, link=f"https://{name}.example/") for name in names}
    authors = {name: author(blogs.put(f"/{name}", rss(told))) for name, told in items.items()}
    root = Root(tmp_path / "planet", authors)
    report = root.update()
    assert (report.ok, report.kinds[Kind.ADD]) == (30, 30)
    assert root.commits() == 31


def clone_of(root: Root, tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(tmp_path / "remote")], check=True)
    root.git("remote", "add", "origin", str(tmp_path / "remote"))
    root.git("push", "-q", "origin", "main")
    subprocess.run(["git", "clone", "-q", str(tmp_path / "remote"), str(tmp_path / "other")], check=True)
    return tmp_path / "other"


def test_a_lost_race_is_run_again_on_the_new_tip(larry: Root, tmp_path: Path) -> None:
    other = clone_of(larry, tmp_path)
    twin = Root.__new__(Root)
    twin.path = other
    twin.update(push=True)
    report = larry.update(push=True, now=NOW + timedelta(hours=1))
    assert report.kinds.total() == 0
    assert larry.git("rev-parse", "HEAD") == twin.git("rev-parse", "HEAD")
    (other / "notes.txt").write_text("A person's\n")
    twin.commit("Notes")
    twin.git("push", "-q", "origin", "main")
    assert larry.update(push=True).kinds.total() == 0
    assert (larry.path / "notes.txt").exists()


def test_the_counts_of_a_report_are_those_of_the_tree(larry: Root) -> None:
    told = json.loads(larry.update().to_json())
    assert told["posts"]["new"] == len(larry.posts())
    assert sum(told["feeds"].values()) == 1
    assert set(told["seconds"]) == {"fetch", "plan", "record"}


def test_times_without_a_zone_are_the_authors(larry: Root, blogs: Blogs) -> None:
    feed = blogs.put("/feed", rss(item(1, pubDate="2026-11-02 12:00:00")))
    (larry.path / "authors/larry.yaml").write_text(author(feed, more="timezone: Europe/Warsaw\n"))
    larry.commit("Larry moves")
    larry.update()
    assert larry.posts()[0].date == datetime(2026, 11, 2, 11, tzinfo=UTC)


def test_a_shallow_clone_cannot_know_what_people_deleted(larry: Root, tmp_path: Path) -> None:
    larry.update()
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{larry.path}", str(tmp_path / "shallow")], check=True)
    shallow = Root.__new__(Root)
    shallow.path = tmp_path / "shallow"
    with pytest.raises(RepositoryError, match="--unshallow"):
        shallow.update()


def test_entries_that_share_a_link_and_have_no_guids_are_a_post_each(larry: Root, blogs: Blogs) -> None:
    shared = {"link": "https://larry.example/"}
    first, second = ({"title": name, "body": f"<p>What {name} says.</p>", **shared} for name in ("One", "Two"))
    blogs.put("/feed", rss(first))
    larry.update()
    (alone,) = larry.posts()
    blogs.put("/feed", rss(second, first))
    assert larry.update().kinds == {Kind.ADD: 1}
    assert alone in larry.posts()
    blogs.put("/feed", rss(second | {"title": "Two, once more"}))
    assert larry.update().kinds == {Kind.REVISE: 1}
    assert [post.title for post in larry.posts()] == ["One", "Two, once more"]
    (larry.path / state.FILE).unlink()
    assert larry.update().kinds.total() == 0
