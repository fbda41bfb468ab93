"""The archive against its own history, as `gitplanet verify` tells it."""

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.archive import post_file
from generator.archive.history.verify import verify
from generator.cli import main
from tests.support.edited_posts import add, by_hand, day, new, revise
from tests.support.planets import Blogs, Root, author, item, rss


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "planet", {"larry": author("https://larry.example/feed")})


def as_robot(root: Root, message: str) -> str:
    """Commits everything as somebody would who takes the robot's name; returns how the commit is called."""
    robot = {"GIT_COMMITTER_NAME": "Planet Larry", "GIT_COMMITTER_EMAIL": "planet@planet.invalid"}
    root.git("add", "-A")
    words = ["git", "-C", str(root.path), "-c", "user.name=L", "-c", "user.email=l@l", "commit", "-q", "-m", message]
    subprocess.run(words, check=True, env=os.environ | robot)
    return root.git("rev-parse", "--short=12", "HEAD").strip()


def test_what_the_robot_and_people_do_is_right_and_people_are_named(
    blogs: Blogs, larry: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    guid = 'x: 100% "ünï" #12 @me\n[skip ci]'
    blogs.put("/feed", rss(item(1), item(2), item(3, guid=guid, link="https://larry.example/ä?b=%41#c"), item(4)))
    larry.update(now=datetime(2026, 11, 20, tzinfo=UTC))
    blogs.put("/feed", rss(item(1, body="<p>Other words.</p>"), item(2, guid="new"), item(3, guid=guid, title="Other")))
    larry.update(now=datetime(2026, 11, 21, tzinfo=UTC))
    root = ["--root", str(larry.path)]
    assert main(["forget", *root, "https://larry.example/2", "--why", "asked to"]) == 0
    fourth = next(post for post in larry.posts() if post.title == "Post 4")
    larry.git("mv", fourth.path, "posts/larry/mine.md")
    larry.commit("Rename")
    by_hand(larry, "posts/larry/2019/2019-10-01-own.md", "---\ntitle: Mine\n---\n\nSome text.\n")
    by_hand(larry, "posts/larry/picture.txt", "no post")
    capsys.readouterr()
    assert main(["verify", *root]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Larry: 2 commits by hand, of posts/larry/2019/2019-10-01-own.md, {fourth.path}, posts/larry/mine.md",
        f"5 posts, {larry.commits()} commits: all is as the log tells it",
    ]


def test_faults_are_lines_and_status_1(root: Root, capsys: pytest.CaptureFixture[str]) -> None:
    by_hand(root, "posts/larry/a.md", "no head")
    assert main(["verify", "--root", str(root.path)]) == 1
    told = capsys.readouterr().out
    assert "posts/larry/a.md:1: the file does not begin with front matter" in told
    assert "0 posts, 2 commits: 1 fault\n" in told


def faults(root: Root) -> list[str]:
    return list(verify(root.path).faults)


def test_a_tree_that_is_not_as_committed(root: Root) -> None:
    post = new()
    add(root, post, at=day(1))
    (root.path / post.path).write_text("changed")
    (root.path / "posts/larry/new.md").write_text("new")
    assert faults(root) == [
        f"{path}: is not as committed; commit or revert it" for path in (post.path, "posts/larry/new.md")
    ]


def test_the_same_post_twice(root: Root) -> None:
    post = new()
    add(root, post, at=day(1))
    by_hand(root, "posts/larry/copy.md", post_file.to_text(post))
    by_hand(root, "posts/larry/own.md", "---\ntitle: Mine\ndate: 2019-10-01\n---\n")
    by_hand(root, "posts/larry/other.md", "---\ntitle: Mine\ndate: 2019-10-01\n---\n")
    (fault,) = faults(root)
    assert fault == f"posts/larry/copy.md: is the same post as {post.path} (GUID {post.guid}); remove one of them"


def test_a_path_that_is_not_made_of_the_post(root: Root) -> None:
    post = new()
    for wrong in (
        replace(post, path=post.path.replace(post.path[-11:], "00000000.md")),
        replace(new(2), nick="marta"),
        replace(new(3), path="posts/larry/2019/three.md"),
    ):
        add(root, wrong, at=day(5))
    assert faults(root) == [
        "posts/larry/2019/2019-10-01-post-1-00000000.md: does not end in the digits of its GUID tag:larry,2019:1",
        f"{new(2).path}: stands in the folder of another author than marta",
        "posts/larry/2019/three.md: is no path that the robot gives",
    ]


def test_a_former_guid_explains_a_path(root: Root) -> None:
    post = new()
    add(root, post, at=day(1))
    revise(root, post, at=day(2), guid="new", former_guids=(post.guid,))
    assert faults(root) == []
    add(root, replace(new(2), guid="other"), at=day(3))
    assert len(faults(root)) == 1


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ('Add "x"\n\nPost-Guid: {guid}\nPost-Link: {link}\nPost-Feed: {feed}', "subject does not begin with 'Revise'"),
        ('Revise "x"\n\nPost-Link: {link}\nPost-Feed: {feed}', "the trailer Post-Guid is '', but the file has 'tag:"),
        ('Revise "x"\n\nPost-Guid: {guid}\nPost-Link: y\nPost-Feed: {feed}', "the trailer Post-Link is 'y'"),
        ('Revise "x"\n\nPost-Guid: {guid}\nPost-Link: {link}\nPost-Feed: {feed}', ""),
    ],
)
def test_a_commit_without_the_right_words(root: Root, message: str, fault: str) -> None:
    post = new()
    add(root, post, at=day(1))
    (root.path / post.path).write_text(post_file.to_text(replace(post, title="x")))
    commit = as_robot(root, message.format(guid=post.guid, link=post.canonical_url, feed=post.feed))
    found = faults(root)
    assert len(found) == bool(fault)
    assert all(one.startswith(f"commit {commit}, {post.path}: ") and fault in one for one in found)


def test_what_the_robot_never_does(root: Root) -> None:
    first, second, third = new(1), new(2), new(3)
    add(root, first, second, third, at=day(5))
    (root.path / first.path).unlink()
    removed = as_robot(root, "Withdraw")
    (root.path / second.path).write_text("no post")
    broken = as_robot(root, "Revise")
    by_hand(root, second.path, post_file.to_text(second))
    for post in (second, third):
        (root.path / post.path).write_text(post_file.to_text(replace(post, title="x")))
    both = as_robot(root, "Revise")
    text = post_file.to_text(replace(third, first_seen=day(30)))
    (root.path / third.path).write_text(text)
    trailers = f"Post-Guid: {third.guid}\nPost-Link: {third.canonical_url}\nPost-Feed: {third.feed}"
    seen = as_robot(root, f"Revise\n\n{trailers}")
    assert faults(root) == [
        f"commit {removed}, {first.path}: the robot removed a file",
        f"commit {broken}, {second.path}: the robot wrote what is no post",
        f"commit {both}: touches 2 files of posts/, where the robot touches one",
        f"commit {seen}, {third.path}: changed when the post was first seen",
    ]


def test_what_the_robot_never_moves(root: Root) -> None:
    """It moves a file where a post is withdrawn or a member is renamed, and changes nothing else with that."""
    post, other = new(1), new(2)
    add(root, post, other, at=day(5))
    moved = replace(post, path="posts/larry/2019/2019-10-01-8b1b70d8.md")
    root.git("mv", post.path, moved.path)
    commit = as_robot(
        root, f"Revise\n\nPost-Guid: {post.guid}\nPost-Link: {post.canonical_url}\nPost-Feed: {post.feed}"
    )
    (fault,) = faults(root)
    assert fault.startswith(f"commit {commit}, {moved.path}: moved the file from {post.path}")
    (root.path / "posts/lars/2019").mkdir(parents=True)
    renamed = {"nick": "lars", "former_nick": "larry"}
    for old, changes in ((moved, {"title": "Another"}), (other, {"former_nick": ""})):
        lars = replace(old, path=old.path.replace("larry", "lars"), **renamed | changes)
        (root.path / old.path).unlink()
        (root.path / lars.path).write_text(post_file.to_text(lars))
    commit = as_robot(root, "Rename larry to lars\n\nPost-Moved: posts/larry/ posts/lars/")
    assert [fault for fault in faults(root) if fault.startswith(f"commit {commit}")] == [
        f"commit {commit}, {other.path}: the robot wrote what is no post under another nick",
        f"commit {commit}, posts/lars/2019/2019-10-01-8b1b70d8.md: changed more of the post than whose it is",
        f"commit {commit}, {other.path.replace('larry', 'lars')}: the robot wrote what is no post under another nick",
    ]


def test_a_link_among_the_posts(root: Root) -> None:
    (root.path / "posts/larry").mkdir()
    (root.path / "posts/larry/passwords.md").symlink_to("/etc/passwd")
    root.commit("Link")
    assert faults(root) == ["posts/larry/passwords.md: is no regular file (mode 120000); remove it"]


def test_a_merge_that_drops_a_change_is_told_and_a_merge_that_chooses_is_not(root: Root) -> None:
    first, second = new(1), new(2)
    add(root, first, second, at=day(5))
    root.git("switch", "-q", "-c", "side")
    by_hand(root, first.path, post_file.to_text(replace(first, title="side")))
    root.git("switch", "-q", "main")
    by_hand(root, first.path, post_file.to_text(replace(first, title="main")))
    root.git("merge", "-q", "--strategy-option=ours", "-m", "Choose", "side")
    assert faults(root) == []
    root.git("switch", "-q", "-c", "other")
    by_hand(root, second.path, post_file.to_text(replace(second, title="dropped")))
    root.git("switch", "-q", "main")
    root.git("merge", "-q", "--strategy=ours", "--no-ff", "-m", "Drop", "other")
    assert faults(root) == [f"{second.path}: the tree does not have the version that the log ends with"]


def test_a_robot_s_commit_that_a_person_wrote_anew_is_that_person_s(root: Root) -> None:
    add(root, new(), at=day(1))
    root.git("commit", "-q", "--amend", "--no-edit")
    verdict = verify(root.path)
    assert verdict.faults == ()
    assert verdict.people == (f"Larry: 1 commit by hand, of {new().path}",)


def test_git_settings_of_a_person_change_nothing(root: Root) -> None:
    add(root, new(), at=day(1))
    sound = verify(root.path)
    for key, value in {
        "log.showSignature": "true", "color.ui": "always", "log.follow": "true", "diff.renames": "copies",
        "i18n.logOutputEncoding": "ISO-8859-1", "format.pretty": "oneline", "log.date": "raw",
    }.items():  # fmt: skip
        root.git("config", key, value)
    assert verify(root.path) == sound
