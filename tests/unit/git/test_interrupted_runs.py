"""Runs of the repository that are killed, disturbed or alone no longer: what the next one finds, and leaves."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import PlanetError, RepositoryError
from generator.git import BEFORE, INCOMING, Repository
from tests.support.planets import Root
from tests.unit.git.test_branch import NOW, PLANET, commit, record

RUN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from generator.git import Commit, Person, Repository
NOW, PLANET = datetime(2026, 11, 23, tzinfo=UTC), Person(name="Planet", email="planet@planet.invalid")
def commit(path="posts/larry/a.md", text="Hello\\n"):
    return Commit(path=path, text=text, message="Add", author=PLANET, written=NOW)
with Repository(Path(sys.argv[1])) as repository:
    repository.prepare("posts")
    commits = [commit(text="Hello again\\n"), commit("posts/larry/b.md"), commit("posts/kim/2026/c.md", "x" * 9000)]
    repository.record(commits, committer=PLANET, now=NOW, folder="posts")
"""
WRAPPER = """#!/bin/sh
case " $* " in *" {word} "*) {act} ;; esac
exec {git} "$@"
"""


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A planet with one post."""
    made = Root(tmp_path / "planet", {})
    record(made, commit())
    return made


def run(root: Root, word: str = "", act: str = "") -> "subprocess.CompletedProcess[str]":
    """A run in a process of its own, in which the git command with that word does something else first."""
    git = shutil.which("git")
    bin_ = root.path.parent / "bin"
    bin_.mkdir(exist_ok=True)
    (bin_ / "git").write_text(
        WRAPPER.format(word=word or "no such word", act=act.replace("GIT", str(git)) or ":", git=git)
    )
    (bin_ / "git").chmod(0o755)
    env = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}"}
    here = Path(__file__).parents[3]
    return subprocess.run(
        [sys.executable, "-c", RUN, str(root.path)], env=env, cwd=here, capture_output=True, text=True, check=False
    )


AFTER = {"a.md": "Hello again\n", "b.md": "Hello\n", "c.md": "x" * 9000}


def whole(root: Root) -> dict[str, str]:
    """The posts, where nothing is left over and the work tree is the branch's."""
    assert root.git("status", "--porcelain") == ""
    assert root.git("for-each-ref", BEFORE, INCOMING) == ""
    assert [path.name for path in (root.path / ".git").rglob("*.lock")] == ["gitplanet.lock"]
    root.git("fsck", "--strict")
    return {path.name: path.read_text() for path in (root.path / "posts").rglob("*.md")}


KILL = "kill -9 $PPID"
HALF = "rm posts/larry/a.md; mkdir -p posts/kim/2026; printf xxx > posts/kim/2026/c.md"
LOCKS = "touch .git/HEAD.lock .git/refs/heads/main.lock .git/packed-refs.lock"


@pytest.mark.parametrize(
    ("word", "act"),
    [
        ("status", f"{KILL}; exit"),
        ("fast-import", f"{KILL}; exit"),
        ("diff-tree", f"{KILL}; exit"),
        ("refs/heads/main", f"{LOCKS}; touch -t 202001010000 .git/*.lock .git/refs/heads/*.lock; {KILL}; exit"),
        ("refs/heads/main", f'GIT "$@"; {KILL}; exit'),
        ("update-index", f"{KILL}; exit"),
        ("checkout-index", f"{HALF}; {KILL}; exit"),
        ("checkout-index", f'GIT "$@"; touch .git/gitplanet-index.lock; {KILL}; exit'),
        ("update-ref --stdin", f"{KILL}; exit"),
    ],
)
def test_a_killed_run_is_finished_by_the_next(root: Root, word: str, act: str) -> None:
    assert run(root, word, act).returncode == -signal.SIGKILL
    root.git("fsck", "--strict")
    assert run(root).stderr == ""
    assert whole(root) == AFTER


def test_when_git_fails_half_way_the_run_says_so_in_a_line_and_the_next_one_goes_on(root: Root) -> None:
    told = run(root, "checkout-index", f"{HALF}; echo 'fatal: No space left on device' >&2; exit 128")
    assert "GitError: git checkout-index failed: fatal: No space left on device" in told.stderr
    told = run(root, "fast-import", "echo 'fatal: write error: No space left on device' >&2; exit 128")
    assert "refused the posts: fatal: write error: No space left on device" in told.stderr
    assert run(root).stderr == ""
    assert whole(root) == AFTER


def interrupted(root: Root) -> None:
    """A run has moved the branch, and was killed before it wrote the files."""
    first = root.git("rev-parse", "HEAD").strip()
    second = record(root, *(commit(f"posts/larry/{name}.md", f"The new text of {name}\n") for name in "abcd"))
    root.git("read-tree", "-m", "-u", second, first)
    root.git("update-ref", BEFORE, first)
    root.git("update-ref", INCOMING, second)


def prepare(root: Root) -> None:
    with Repository(root.path) as repository:
        repository.prepare("posts")


def test_a_persons_edit_is_kept_when_a_killed_run_is_finished(root: Root) -> None:
    interrupted(root)
    posts = root.path / "posts" / "larry"
    (posts / "b.md").write_text("The new t")
    (posts / "c.md").write_text("The new text of mine\n")
    with pytest.raises(RepositoryError, match=r"not committed \(posts/larry/c\.md\); commit or revert"):
        prepare(root)
    assert (posts / "c.md").read_text() == "The new text of mine\n"
    assert [(posts / f"{name}.md").read_text() for name in "abd"] == [f"The new text of {name}\n" for name in "abd"]
    root.git("checkout", "posts/larry/c.md")
    prepare(root)
    assert root.git("status", "--porcelain") == ""


def test_nothing_is_written_through_a_persons_link(root: Root, tmp_path: Path) -> None:
    interrupted(root)
    shutil.move(root.path / "posts" / "larry", tmp_path / "mine")
    (root.path / "posts" / "larry").symlink_to(tmp_path / "mine")
    with pytest.raises(RepositoryError, match="not committed"):
        prepare(root)
    assert (tmp_path / "mine" / "a.md").read_text() == "Hello\n"


def test_what_a_person_committed_after_a_killed_run_stays(root: Root) -> None:
    interrupted(root)
    root.commit("Take these away")
    tip = root.git("rev-parse", "HEAD")
    prepare(root)
    assert root.git("rev-parse", "HEAD") == tip
    assert not (root.path / "posts" / "larry" / "b.md").exists()
    assert root.git("status", "--porcelain") == ""


def test_an_uncommitted_edit_back_to_an_older_text_is_no_interrupted_run(root: Root) -> None:
    record(root, commit(text="Hello again\n"))
    (root.path / "posts" / "larry" / "a.md").write_text("Hello\n")
    with pytest.raises(RepositoryError, match="not committed"):
        prepare(root)


def test_one_run_at_a_time(root: Root) -> None:
    with Repository(root.path) as first, Repository(root.path) as second:
        first.prepare("posts")
        with pytest.raises(RepositoryError, match=rf"another run is at work here \(process {os.getpid()}\)"):
            second.prepare("posts")
        with pytest.raises(RepositoryError, match="another run"):
            second.record([commit()], committer=PLANET, now=NOW, folder="posts")
        first.close()
        second.prepare("posts")


def test_locks_that_are_not_ours_are_left_alone(root: Root) -> None:
    index, head = root.path / ".git" / "index.lock", root.path / ".git" / "HEAD.lock"
    index.touch()
    os.utime(index, (0, 0))
    (root.path / ".git" / "gitplanet.lock").write_text("4194304\n")  # no process has that number
    tip = root.git("rev-parse", "HEAD")
    with pytest.raises(RepositoryError, match=r"another git is at work here; if none is, delete .*/index\.lock"):
        record(root, commit("posts/larry/b.md"))
    index.unlink()
    head.touch()
    with pytest.raises(RepositoryError, match=r"another git is at work here; if none is, delete .*/HEAD\.lock"):
        record(root, commit("posts/larry/b.md"))
    assert head.exists()
    assert root.git("rev-parse", "HEAD") == tip


def test_a_lock_of_ours_on_the_index_is_known_by_its_other_name(root: Root) -> None:
    lock = root.path / ".git" / "gitplanet.lock"
    lock.write_text("4194304\n")
    os.link(lock, root.path / ".git" / "index.lock")
    prepare(root)
    assert not (root.path / ".git" / "index.lock").exists()
    assert lock.read_text() == ""


def test_the_branch_must_stand_where_it_stood_when_the_run_began(root: Root) -> None:
    with Repository(root.path) as repository:
        repository.prepare("posts")
        (root.path / "notes.txt").write_text("mine\n")
        root.commit("Mine")
        with pytest.raises(RepositoryError, match="somebody committed while the feeds were read; run it again"):
            repository.record([commit()], committer=PLANET, now=NOW, folder="posts")


@pytest.mark.parametrize("text", ["A person's\n", None])
def test_an_edit_made_while_the_run_went_on_is_kept(root: Root, text: str | None) -> None:
    file = root.path / "posts" / "larry" / "a.md"
    with Repository(root.path) as repository:
        repository.prepare("posts")
        file.write_text(text) if text else file.unlink()
        tip = repository.tip
        with pytest.raises(RepositoryError, match=r"not committed \(posts/larry/a\.md\)"):
            repository.record([commit(text="The planet's\n")], committer=PLANET, now=NOW, folder="posts")
        assert repository.tip == tip
    assert (file.read_text() if file.exists() else None) == text


def test_an_untracked_file_in_the_way_of_a_new_post_is_kept(root: Root) -> None:
    (root.path / "posts" / "larry" / "b.md").write_text("A draft of mine\n")
    with pytest.raises(RepositoryError, match=r"posts/larry/b\.md"):
        record(root, commit("posts/larry/b.md"))
    assert (root.path / "posts" / "larry" / "b.md").read_text() == "A draft of mine\n"


def test_staged_changes_of_other_files_stay_staged(root: Root) -> None:
    (root.path / "notes.txt").write_text("mine\n")
    root.git("add", "notes.txt")
    record(root, commit("posts/larry/b.md"))
    assert root.git("status", "--porcelain") == "A  notes.txt\n"


def test_runs_begin_only_on_a_branch_with_a_commit_and_only_here(
    root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.git("checkout", "-q", "--detach")
    with pytest.raises(RepositoryError, match="no branch is checked out; run `git switch main`"):
        prepare(root)
    root.git("switch", "-q", "--orphan", "empty")
    with pytest.raises(RepositoryError, match="no commit yet"):
        prepare(root)
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    with pytest.raises(RepositoryError, match="GIT_DIR is set"):
        prepare(root)


def test_a_linked_work_tree_and_a_hash_of_another_kind(root: Root, tmp_path: Path) -> None:
    root.git("worktree", "add", "-q", str(tmp_path / "linked"))
    subprocess.run(["git", "init", "-q", "-b", "main", "--object-format=sha256", str(tmp_path / "long")], check=True)
    long = Root.__new__(Root)
    long.path = tmp_path / "long"
    (long.path / "posts" / "larry").mkdir(parents=True)
    (long.path / "posts" / "larry" / "a.md").write_text("Hello\n")
    long.commit("Begin")
    linked = Root.__new__(Root)
    linked.path = tmp_path / "linked"
    for place in (long, linked):
        record(place, commit(text="Hello again\n"), commit("posts/larry/b.md"))
        assert place.git("status", "--porcelain") == ""
        assert (place.path / "posts" / "larry" / "a.md").read_text() == "Hello again\n"


def test_a_cache_that_cannot_be_written_is_told_in_a_line_and_the_posts_are_kept(larry: Root) -> None:
    (larry.path / ".cache").touch()
    with pytest.raises(PlanetError, match=r"^\.cache/feeds\.json cannot be written \(.+\); the posts are committed$"):
        larry.update()
    assert len(larry.posts()) == 2
    (larry.path / ".cache").unlink()
    assert larry.update().kinds.total() == 0
