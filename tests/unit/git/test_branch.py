"""The git repository: what is written, what is refused, what is mended."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.errors import RepositoryError
from generator.git import BEFORE, INCOMING, Commit, Person, RejectedError, Repository, last_changed, versions
from tests.support.planets import Root

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
THEN = datetime(2019, 10, 13, 14, 34, tzinfo=UTC)
PLANET = Person(name="Planet Larry", email="planet@planet.invalid")
LARRY = Person(name="L", email="l@l.invalid")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "planet", {})


def commit(
    path: str = "posts/larry/a.md",
    text: str = "Hello\n",
    message: str = 'Add "a"\n',
    author: Person = LARRY,
) -> Commit:
    return Commit(path=path, text=text, message=message, author=author, written=THEN)


def record(root: Root, *commits: Commit) -> str:
    with Repository(root.path) as repository:
        return repository.record(commits, committer=PLANET, now=NOW, folder="posts")


def test_one_commit_a_file_dated_by_its_author(root: Root) -> None:
    record(
        root,
        commit(),
        commit(
            "posts/larry/b.md", message='Add "b"\n\nPost-Guid: 1\n', author=Person(name="Michał", email="l@l.invalid")
        ),
    )
    shown = root.git("log", "-2", "--format=%an|%ae|%aI|%cn|%cI|%s|%(trailers:key=Post-Guid,valueonly,separator=)")
    assert shown.splitlines() == [
        'Michał|l@l.invalid|2019-10-13T14:34:00+00:00|Planet Larry|2026-11-23T12:00:00+00:00|Add "b"|1',
        'L|l@l.invalid|2019-10-13T14:34:00+00:00|Planet Larry|2026-11-23T12:00:00+00:00|Add "a"|',
    ]
    assert (root.path / "posts/larry/a.md").read_text() == "Hello\n"
    assert root.git("status", "--porcelain") == ""
    root.git("fsck", "--strict")


HOSTILE = [
    "data 5\n",
    "\nM 100644 inline evil\ndata 1\nx\n",
    "done\n",
    "\0",
    "<x> <y@z> 1 +0000\ncommitter evil <e@e> 1 +0000",
    "\ud800",
    "\r\n\u2028\u202e",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_stranger_wrote_stays_where_it_belongs(root: Root, text: str) -> None:
    hostile = commit(text=text, message=f"Add {text}\n", author=Person(name=text, email=f"l@l.invalid{text}"))
    record(root, hostile, commit("posts/larry/b.md"))
    assert root.git("ls-files", "posts").splitlines() == ["posts/.gitkeep", "posts/larry/a.md", "posts/larry/b.md"]
    assert set(root.git("log", "-2", "--format=%cn").split("\n")) == {"Planet Larry", ""}
    root.git("fsck", "--strict")


@pytest.mark.parametrize(
    "path",
    ["authors/x.yaml", ".github/workflows/x.yml", "posts/x.txt", "posts/.gitattributes", "posts2/x.md", "x.md"],
)
def test_nothing_but_posts_can_be_written(root: Root, path: str) -> None:
    before = root.git("rev-parse", "HEAD")
    with pytest.raises(RepositoryError, match="nothing was recorded"):
        record(root, commit(), commit(path))
    assert root.git("rev-parse", "HEAD") == before
    assert root.git("status", "--porcelain") == ""


@pytest.mark.parametrize("path", ["../x.md", "posts/../../x.md", "/etc/x.md", "posts/.git/x.md", 'posts/a"\nb.md'])
def test_paths_that_git_refuses(root: Root, path: str) -> None:
    before = root.git("rev-parse", "HEAD")
    with pytest.raises(RepositoryError):
        record(root, commit(path))
    assert root.git("rev-parse", "HEAD") == before


def test_a_persons_git_settings_do_not_reach_in(root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = tmp_path / "hooks" / "reference-transaction"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    (tmp_path / "config").write_text(
        f"[core]\n hooksPath = {hook.parent}\n autocrlf = true\n[commit]\n gpgsign = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    record(root, commit(text="a\r\nb\n"))
    assert not (tmp_path / "ran").exists()
    assert (root.path / "posts/larry/a.md").read_bytes() == b"a\r\nb\n"


def test_other_changes_are_left_alone(root: Root) -> None:
    (root.path / "pyproject.toml").write_text("# mine\n")
    (root.path / "notes.txt").write_text("mine\n")
    record(root, commit())
    assert (root.path / "pyproject.toml").read_text() == "# mine\n"
    assert root.git("status", "--porcelain").splitlines() == [" M pyproject.toml", "?? notes.txt"]


def test_changes_in_posts_stop_the_run(root: Root) -> None:
    record(root, commit())
    (root.path / "posts/larry/a.md").write_text("changed\n")
    (root.path / "posts/new.md").write_text("new\n")
    with Repository(root.path) as repository, pytest.raises(RepositoryError) as caught:
        repository.prepare("posts")
    assert "posts/larry/a.md, posts/new.md" in str(caught.value)
    assert "commit or revert" in str(caught.value)


def test_a_run_that_died_before_the_work_tree_was_brought_along_is_finished(root: Root) -> None:
    first = record(root, commit())
    second = record(root, commit(text="Hello again\n"), commit("posts/larry/b.md"))
    root.git("read-tree", "-m", "-u", second, first)
    root.git("update-ref", BEFORE, first)
    root.git("update-ref", INCOMING, second)
    with Repository(root.path) as repository:
        repository.prepare("posts")
    assert root.git("status", "--porcelain") == ""
    assert (root.path / "posts/larry/a.md").read_text() == "Hello again\n"
    assert root.git("for-each-ref", "refs/planet") == ""


def test_places_that_are_no_repository(root: Root, tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="run `git init`"):
        Repository(tmp_path)
    with pytest.raises(RepositoryError, match=r"run `git init`|not the top folder"):
        Repository(root.path / "authors")
    subprocess.run(["git", "init", "-q", str(tmp_path / "empty")], check=True)
    with Repository(tmp_path / "empty") as repository, pytest.raises(RepositoryError, match="no commit yet"):
        _ = repository.tip
    root.git("checkout", "-q", "--detach")
    with Repository(root.path) as repository, pytest.raises(RepositoryError, match="git switch main"):
        _ = repository.branch


@pytest.fixture
def clones(root: Root, tmp_path: Path) -> tuple[Path, Path]:
    """The root with a bare remote, and another clone of that."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(tmp_path / "remote")], check=True)
    root.git("remote", "add", "origin", str(tmp_path / "remote"))
    root.git("push", "-q", "origin", "main")
    subprocess.run(["git", "clone", "-q", str(tmp_path / "remote"), str(tmp_path / "other")], check=True)
    return root.path, tmp_path / "other"


def test_a_push_and_a_lost_race(root: Root, clones: tuple[Path, Path]) -> None:
    here, there = clones
    with Repository(there) as other:
        other.record([commit("posts/larry/b.md")], committer=PLANET, now=NOW, folder="posts")
        other.push()
    with Repository(here) as repository:
        repository.record([commit()], committer=PLANET, now=NOW, folder="posts")
        with pytest.raises(RejectedError):
            repository.push()
        repository.rebase_onto_remote()
        assert root.git("ls-files", "posts").split() == ["posts/.gitkeep", "posts/larry/b.md"]
        repository.record([commit()], committer=PLANET, now=NOW, folder="posts")
        repository.push()
    assert root.git("status", "--porcelain") == ""
    assert root.git("rev-parse", "HEAD") == root.git("ls-remote", "origin", "main").split()[0] + "\n"


def test_a_persons_own_commits_are_never_dropped(root: Root, clones: tuple[Path, Path]) -> None:
    here, there = clones
    with Repository(there) as other:
        other.record([commit("posts/larry/b.md")], committer=PLANET, now=NOW, folder="posts")
        other.push()
    (here / "notes.txt").write_text("mine\n")
    root.commit("Mine")
    with Repository(here) as repository:
        start = repository.tip
        with pytest.raises(RepositoryError, match="git pull --rebase"):
            repository.rebase_onto_remote()
        assert repository.tip == start


def test_a_remote_that_cannot_be_reached(root: Root) -> None:
    root.git("remote", "add", "origin", str(root.path / "nowhere"))
    with Repository(root.path) as repository:
        with pytest.raises(RepositoryError, match="origin cannot be reached"):
            repository.push()
        with pytest.raises(RepositoryError, match="origin cannot be reached"):
            repository.rebase_onto_remote()


def test_versions_and_removals_are_read_from_the_log(root: Root) -> None:
    post = root.path / "posts" / "ż" / "one.md"
    post.parent.mkdir()
    for text in ("first\n", "second\n"):
        post.write_text(text)
        root.commit("Write")
    with Repository(root.path) as repository:
        assert [one.text for one in versions(repository, ["posts/ż/one.md"])] == ["second\n", "first\n"]
        assert versions(repository, ["posts"], kinds="D") == []
        assert last_changed(repository, "posts", "authors") == {"posts/ż/one.md"}
    root.git("rm", "-q", "posts/ż/one.md")
    root.commit("Remove")
    with Repository(root.path) as repository:
        (gone,) = versions(repository, ["posts"], kinds="D")
        assert (gone.path, gone.text) == ("posts/ż/one.md", "second\n")


def test_a_commit_of_several_files_some_of_which_go(root: Root) -> None:
    record(root, commit())
    (root.path / "authors/larry.png").write_bytes(b"\x89PNG\0\xff")
    root.commit("Add a picture")
    files = {"posts/larry/a.md": None, "authors/lars.png": b"\x89PNG\0\xff", "authors/larry.png": None}
    several = replace(commit("posts/lars/a.md"), files=files)
    with Repository(root.path) as repository:
        meant = {"also": ["authors/lars.png", "authors/larry.png"]}
        repository.record([several], committer=PLANET, now=NOW, folder="posts", **meant)
    assert root.git("ls-files", "authors", "posts").split() == ["authors/lars.png", "posts/.gitkeep", "posts/lars/a.md"]
    assert (root.path / "authors/lars.png").read_bytes() == b"\x89PNG\0\xff"
    assert root.git("status", "--porcelain") == ""
    assert root.git("log", "--follow", "--format=%s", "--", "posts/lars/a.md").splitlines() == ['Add "a"', 'Add "a"']


@pytest.mark.parametrize("path", ["authors/x.yaml", "README.md", "posts/larry/a.txt"])
def test_no_file_is_written_that_was_not_meant(root: Root, path: str) -> None:
    tip = root.git("rev-parse", "HEAD")
    several = replace(commit(), files={path: b"x"})
    with Repository(root.path) as repository, pytest.raises(RepositoryError, match="would have written"):
        repository.record([several], committer=PLANET, now=NOW, folder="posts", also=["authors/y.yaml"])
    assert root.git("rev-parse", "HEAD") == tip
