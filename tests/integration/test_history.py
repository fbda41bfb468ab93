"""The life of a post, as `gitplanet history` tells it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.archive import post_file
from generator.cli import main
from tests.support.edited_posts import add, by_hand, day, new, revise
from tests.support.planets import Blogs, Root, author, item, rss


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "planet", {"larry": author("https://larry.example/feed")})


@pytest.fixture
def told(root: Root, capsys: pytest.CaptureFixture[str]) -> "Told":
    return Told(root, capsys)


class Told:
    """What the command says about a post."""

    def __init__(self, root: Root, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys

    def __call__(self, post: str, *, status: int = 0) -> str:
        assert main(["history", "--root", str(self.root.path), post]) == status
        return self.capsys.readouterr().out


def test_a_post_that_never_changed(root: Root, told: Told) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    commit = root.git("rev-parse", "--short=12", "HEAD").strip()
    assert told(post.path) == (
        f'{post.path}\n"Post 1" by Larry the Cow\nGUID tag:larry,2019:1\nat https://larry.example/1\n'
        f"first seen 2019-10-01T09:00:00Z\n\n2019-10-01T09:00:00Z  added by the planet, 18 words  {commit}\n"
    )


def test_each_revision_with_its_words(root: Root, told: Told) -> None:
    post = new()
    add(root, post, new(2), at=day(2, 9))
    body = post.body.replace("some words", "other words").replace("The first paragraph", "The very first paragraph")
    post = revise(root, post, at=day(3), title="Post one", body=body, tags=("a",))
    lines = told(post.path).splitlines()
    assert "first seen 2019-10-01T09:00:00Z, edited 1×" in lines
    assert lines[-6].startswith("2019-10-03T08:00:00Z  revised by the planet, 19 words  ")
    assert lines[-5:] == [
        "    Title: Post [-1-]{+one+}",
        "    Also changed: tags",
        "    The {+very+} first paragraph of post 1.",
        "    … 1 unchanged paragraph …",
        "    The third has [-some-]{+other+} words.",
    ]


def test_a_new_guid_is_told_and_is_no_edit(root: Root, told: Told) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    post = revise(
        root, post, at=day(2), guid="new", former_guids=(post.guid,), canonical_url="https://larry.example/new"
    )
    lines = told("new")
    assert "    GUID: [-tag:larry,2019:1-]{+new+}\n" in lines
    assert "    Address: [-https://larry.example/1-]{+https://larry.example/new+}\n" in lines
    assert "edited" not in lines


def test_withdrawal_removal_and_return(root: Root, told: Told) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    root_words = ["--root", str(root.path)]
    assert main(["forget", *root_words, post.path, "--why", "asked to"]) == 0
    assert "withdrawn by the planet" in told(post.path)
    lines = told(post.path)
    assert "    Reason: asked to\n" in lines
    assert lines.startswith("posts/larry/2019/2019-10-01-8b1b70d8.md\na withdrawn post by Larry the Cow\n")
    assert "    The file is now posts/larry/2019/2019-10-01-8b1b70d8.md\n" in lines
    assert lines.count("withdrawn by") == lines.count("renamed by the planet  ") == 1
    root.git("revert", "--no-edit", "HEAD", "HEAD~1")
    assert "restored by Larry, a person, 18 words" in told(post.path)
    by_hand(root, post.path, None)
    lines = told(post.path)
    assert "removed by Larry, a person  " in lines
    assert "edited" not in lines


def test_a_person_s_edit_and_rename_are_told_with_the_name(root: Root, told: Told) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    text = post_file.to_text(post)
    by_hand(root, post.path, text.replace("some words", "*some* words"))
    by_hand(root, post.path, text.replace("some words", "my words"))
    root.git("mv", post.path, "posts/larry/2019/renamed.md")
    root.commit("Rename")
    for name in (
        post.path,
        "renamed",
        "./posts/larry/2019/renamed.md",
        "tag:larry,2019:1",
        "http://www.larry.example/1/",
    ):
        lines = told(name)
        assert lines.startswith("posts/larry/2019/renamed.md\n")
    assert "The third has [-*some*-]{+my+} words." in lines
    assert "revised by Larry, a person, 18 words" in lines
    assert "renamed by Larry, a person, 18 words" in lines
    assert "    The file is now posts/larry/2019/renamed.md\n" in lines
    assert "added by the planet" in lines


def test_what_only_looks_different_in_markdown_is_no_edit(root: Root, told: Told) -> None:
    post = new(body="Some *words* here.")
    add(root, post, at=day(1, 9))
    by_hand(root, post.path, post_file.to_text(replace(post, body="Some _words_ here.")))
    assert "edited" not in told(post.path)


def test_a_name_of_several_posts_or_of_none_is_explained(root: Root, told: Told) -> None:
    those = [new(number) for number in range(1, 13)]
    add(root, *those, at=day(20))
    lines = told("larry/2019", status=1).splitlines()
    assert lines[0] == "gitplanet: 'larry/2019' names 12 posts; name one of them by its path:"
    assert lines[1:-1] == [f"gitplanet: {path}" for path in sorted(post.path for post in those)[:10]]
    assert lines[-1] == "gitplanet: and 2 more"
    assert "names no post that was ever here" in told("nothing", status=1)
    assert "names no post that was ever here" in told("", status=1)


def test_a_file_that_was_no_post_for_a_while_has_a_life_too(root: Root, told: Told) -> None:
    by_hand(root, "posts/larry/2019/2019-10-01-own.md", "---\ntitle: Mine\n---\n\nSome text.\n")
    by_hand(root, "posts/larry/2019/2019-10-01-own.md", "no head")
    by_hand(root, "posts/larry/2019/2019-10-01-own.md", "---\ntitle: Mine\n---\n\nSome more text.\n")
    lines = told("own")
    assert "    The file is no post that can be read.\n" in lines
    assert "    Some {+more+} text.\n" in lines
    assert "edited 1×" in lines


def test_a_file_that_never_was_a_post_has_a_life_without_a_head(root: Root, told: Told) -> None:
    """Nothing is known of it but its commits; the first that is a post gives it a title and a time."""
    path, moved = "posts/larry/2019/own.md", "posts/larry/2019/mine.md"
    unread = "    The file is no post that can be read."
    by_hand(root, path, "---\ntitle: [Mine]\n---\n\nSome text.\n")
    by_hand(root, path, "no head")
    root.git("mv", path, moved)
    root.commit("Move")
    lines = told("mine").splitlines()
    said = [line[22:-14] if line[:2] == "20" else line for line in lines]  # without the time and the commit
    assert said == [
        *(moved, ""),
        *("added by Larry, a person", unread, ""),
        *("revised by Larry, a person", unread, ""),
        *("renamed by Larry, a person", f"    The file is now {moved}", unread),
    ]
    by_hand(root, moved, None)
    assert told("mine").splitlines()[:-2] == lines
    assert "removed by Larry, a person  " in told("mine")
    by_hand(root, moved, "---\ntitle: Mine\ndate: 2019-10-01\n---\n\nText.\n")
    lines = told("mine").splitlines()
    assert lines[1] == '"Mine" by larry'
    assert lines[2].startswith("first seen ")
    assert "edited" not in lines[2]
    assert "restored by Larry, a person, 1 word  " in lines[-1]


def test_a_merge_that_made_a_version_of_its_own_is_told(root: Root, told: Told) -> None:
    post = new()
    add(root, post, at=day(1, 9))
    text = post_file.to_text(post)
    root.git("switch", "-q", "-c", "side")
    by_hand(root, post.path, text.replace("some words", "side words"))
    root.git("switch", "-q", "main")
    by_hand(root, post.path, text.replace("some words", "main words"))
    root.git("merge", "-q", "--strategy-option=ours", "--no-commit", "side")
    by_hand(root, post.path, text.replace("some words", "both words"), message="Merge")
    lines = told(post.path)
    assert lines.count("revised by Larry") == 3
    assert "{+both+}" in lines


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("no repository", "is not the top folder of a git repository"),
        ("no commit", "there is no commit called 'HEAD'"),
        ("--depth=1", "this clone is shallow; run `git fetch --unshallow`"),
        ("--filter=blob:none", "this clone is partial; clone it without --filter"),
    ],
)
def test_where_there_is_no_past_it_says_so(
    kind: str, reason: str, root: Root, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "elsewhere"
    place.mkdir()
    by_hand(root, "posts/larry/a.md", "x")
    root.git("config", "uploadpack.allowFilter", "true")
    if kind.startswith("--"):
        root.git("clone", "-q", kind, f"file://{root.path}", str(place))
    elif kind == "no commit":
        root.git("init", "-q", str(place))
    for command in (["history", "x"], ["verify"]):
        assert main([*command, "--root", str(place)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert all(reason in line for line in lines)


def test_the_life_of_a_post_that_a_feed_tells(blogs: Blogs, larry: Root, capsys: pytest.CaptureFixture[str]) -> None:
    larry.update(now=datetime(2026, 11, 20, tzinfo=UTC))
    blogs.put("/feed", rss(item(1, body="<p>The text of post 1, with quite a few words.</p>"), item(2)))
    larry.update(now=datetime(2026, 11, 21, tzinfo=UTC))
    assert main(["history", "--root", str(larry.path), "https://larry.example/1"]) == 0
    told = capsys.readouterr().out
    assert "first seen 2026-11-20T00:00:00Z, edited 1×" in told
    assert "2026-11-21T00:00:00Z  revised by the planet" in told
    assert "with {+quite+} a few words." in told
