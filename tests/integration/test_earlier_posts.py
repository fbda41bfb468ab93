"""Posts that an earlier version of the program recorded: they stay as they are until their author changes them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from generator import cache, markup
from generator.archive import history, tree
from generator.archive.history import index
from generator.archive.history.verify import verify
from generator.cli import main
from generator.models import Kind, Post
from generator.plan.content import VERSION
from tests.support import edited_posts as lives
from tests.support.planets import NOW, Blogs, Root, author, item, rss

DAY = timedelta(days=1)
TEXT = "<p>A text with <b>words</b> that stay, and with so many more of them.</p>"
HEADING = f'<h2 class="headerLink">What it is about</h2>{TEXT}'
"""The earlier rules took the heading for the mark beside one."""
LOST = "A text with **words** that stay, and with so many more of them."


def earlier(feed: str, said: dict[str, str], body: str = "", **fields: object) -> Post:
    """The post that the earlier program made of an item: its digest had no version."""
    post = lives.new(
        int(said["title"].split()[-1]),
        title=said["title"],
        guid=said["guid"],
        canonical_url=said["link"],
        feed=feed,
        editions=("planet", "universe"),
        body=body or markup.to_markdown(said["body"]).strip("\n"),
        description="Some words",
    )
    return replace(post, digest=f"{post.path:0>32}"[:32], **fields)  # type: ignore[arg-type]


@pytest.fixture
def planet(larry: Root, blogs: Blogs) -> Root:
    """Two posts of an earlier version, one of them without its heading."""
    url = blogs.put("/feed", rss(*map(items, (1, 2))))
    lives.add(larry, earlier(url, items(1), LOST), earlier(url, items(2)), at=NOW - DAY)
    return larry


def items(number: int, **fields: str) -> dict[str, str]:
    """What the feed says."""
    return item(number) | ({"body": HEADING} if number == 1 else {}) | fields


def test_a_new_program_leaves_them_alone(planet: Root) -> None:
    report = planet.update()
    assert (report.ok, report.kinds.total(), report.held, report.notes) == (1, 0, 0, [])
    assert not any(post.digest.startswith(VERSION) for post in planet.posts())


def test_so_does_every_later_run(planet: Root, blogs: Blogs) -> None:
    planet.update()
    blogs.put("/feed", rss(*map(items, (1, 2, 3))))
    assert planet.update(now=NOW + DAY).kinds == {Kind.ADD: 1}
    blogs.put("/feed", rss(*map(items, (1, 2, 3)), title="Another"))
    assert planet.update(now=NOW + 2 * DAY).kinds.total() == 0


def test_an_author_corrects_one(planet: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(items(1, body=HEADING.replace("stay", "remain")), items(2)))
    assert planet.update().kinds == {Kind.REVISE: 1}
    first, second = planet.posts()
    assert "## What it is about" in first.body
    assert "remain" in first.body
    assert (first.digest.startswith(VERSION), second.digest.startswith(VERSION)) == (True, False)


def test_one_is_known_under_another_guid_and_address_by_its_text(planet: Root, blogs: Blogs) -> None:
    moved = items(1, guid="new", link="https://new.example/", title="Post 1 1", pubDate="Mon, 20 Nov 2026 10:00:00 GMT")
    post = earlier(blogs.url + "/feed", moved | {"guid": "old"}, withdrawn=None)
    lives.add(planet, replace(post, date=lives.day(5)), at=NOW - DAY)
    blogs.put("/feed", rss(items(2), moved))
    planet.update()
    assert len(planet.posts()) == 3


def test_a_person_s_edit_is_told_by_git_and_kept(planet: Root, blogs: Blogs) -> None:
    path = planet.posts()[0].path
    lives.by_hand(planet, path, (planet.path / path).read_text().replace("words", "my words"))
    planet.update()
    blogs.put("/feed", rss(items(1, body="<p>New words of the author.</p>"), items(2)))
    report = planet.update(now=NOW + DAY)
    assert (report.kinds.total(), report.held) == (0, 1)
    assert "a person had edited the file" in report.notes[0]
    report = planet.update(now=NOW + 2 * DAY, reconvert=True)
    assert report.kinds.total() == 0


def test_a_person_s_edit_keeps_its_post_known_under_a_new_guid(planet: Root, blogs: Blogs) -> None:
    path = planet.posts()[0].path
    lives.by_hand(planet, path, (planet.path / path).read_text().replace("words", "my words"))
    blogs.put("/feed", rss(items(1, guid="new", body="<p>New words of the author.</p>"), items(2)))
    report = planet.update()
    assert (report.kinds, report.held) == ({Kind.REVISE: 1}, 1)
    assert (planet.posts()[0].guid, "my words" in planet.posts()[0].body) == ("new", True)


def test_they_are_repaired_when_a_person_asks(planet: Root, capsys: pytest.CaptureFixture[str]) -> None:
    planet.update()
    assert main(["update", "--reconvert", "larry", "--root", str(planet.path)]) == 0
    assert "1 repaired" in capsys.readouterr().out
    first, second = planet.posts()
    assert first.body.startswith("## What it is about")
    assert not second.digest.startswith(VERSION)
    assert planet.git("log", "-1", "--format=%an|%s").strip() == 'Planet Larry|Repair "Post 1" (larry)'
    assert main(["update", "--reconvert", "--root", str(planet.path)]) == 0
    assert "no news" in capsys.readouterr().out
    assert verify(planet.path).faults == ()


def test_a_repair_is_no_edit_of_the_author_s(planet: Root) -> None:
    planet.update(reconvert=True)
    commit = planet.git("rev-parse", "HEAD").strip()
    for _ in range(2):  # read from git, then from the cache
        life = index.lives(planet.path, commit)[planet.posts()[0].path]
        assert [str(event.act) for event in life.events] == ["added", "repaired"]
        assert life.edits == ()
    assert any("repaired by the planet" in line for line in history.format_history(life))


def test_reconverting_one_author_asks_no_other(planet: Root, blogs: Blogs) -> None:
    other = blogs.put("/kim", rss(item(9)))
    (planet.path / "authors/kim.yaml").write_text(author(other, name="Kim"))
    planet.commit("Kim joins")
    report = planet.update(reconvert=True, only="larry")
    assert (report.planned, report.kinds) == (1, {Kind.REPAIR: 1})


def test_the_cache_may_be_lost_between(planet: Root, tmp_path: Path) -> None:
    planet.update()
    for file in (planet.path / cache.FOLDER).iterdir():
        file.unlink()
    assert planet.update(now=NOW + DAY).kinds.total() == 0
    assert tree.read(planet.path).problems == ()
