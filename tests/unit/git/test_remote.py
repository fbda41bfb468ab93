"""The repository and its remote: lost races, refused posts, rewritten history, servers that are away."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.errors import RepositoryError
from generator.git import Commit, Refused, RejectedError, Repository
from tests.support.planets import NOW, Blogs, Root, author, item, rss
from tests.unit.git.test_branch import PLANET, commit, record

HOOK = """#!/bin/sh
read old new ref
if git log -p --format= $old..$new | grep -q SECRET; then
    echo "error: GH013: Repository rule violations found for $ref." >&2
    exit 1
fi
"""


def at(path: Path) -> Root:
    root = Root.__new__(Root)
    root.path = path
    return root


def with_remote(root: Root) -> Root:
    """The bare remote that the root has from now on."""
    remote = root.path.parent / "remote"
    subprocess.run(["git", "clone", "-q", "--bare", str(root.path), str(remote)], check=True)
    root.git("remote", "add", "origin", str(remote))
    return at(remote)


def clone(remote: Root, name: str) -> Root:
    subprocess.run(["git", "clone", "-q", str(remote.path), str(remote.path.parent / name)], check=True)
    return at(remote.path.parent / name)


def hook(remote: Root, text: str) -> None:
    file = remote.path / "hooks" / "pre-receive"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "planet", {})


@pytest.fixture
def remote(root: Root) -> Root:
    return with_remote(root)


def post(name: str, text: str = "Hello\n", guid: str = "") -> Commit:
    return commit(f"posts/larry/{name}.md", text, message=f'Add "{name}"\n\nPost-Guid: {guid or name}\n')


def push(root: Root, *commits: Commit) -> list[Refused]:
    with Repository(root.path, patience=()) as repository:
        repository.prepare("posts")
        if commits:
            repository.record(commits, committer=PLANET, now=NOW, folder="posts")
        return repository.push()


def names(root: Root, revision: str = "main") -> list[str]:
    listed = root.git("ls-tree", "-r", "--name-only", revision, "posts/larry").split()
    return [Path(path).stem for path in listed]


def test_what_the_remote_refuses_is_left_out_and_the_rest_is_pushed(root: Root, remote: Root) -> None:
    hook(remote, HOOK)
    with Repository(root.path) as repository:
        repository.prepare("posts")
        commits = [post("a"), post("b", "SECRET\n"), post("c"), post("d", "SECRET\n"), post("b", "Better\n"), post("e")]
        repository.record(commits, committer=PLANET, now=NOW, folder="posts")
        reason = "GH013: Repository rule violations found for refs/heads/main."
        assert repository.push() == [Refused(path=f"posts/larry/{name}.md", reason=reason) for name in "bd"]
        assert repository.written("posts") == 3
    assert names(root) == names(remote) == ["a", "c", "e"]
    assert root.git("status", "--porcelain") == ""
    assert not (root.path / "posts" / "larry" / "b.md").exists()
    assert root.git("log", "-1", "--format=%an %cn %s") == 'L Planet Larry Add "e"\n'


def test_a_run_of_an_earlier_day_that_was_refused_is_not_counted_for_today(root: Root, remote: Root) -> None:
    hook(remote, HOOK)
    record(root, *(post(name, text) for name, text in (("a", "SECRET\n"), ("b", "Hello\n"))))
    with Repository(root.path) as repository:
        repository.prepare("posts")
        repository.record([post("c")], committer=PLANET, now=NOW, folder="posts")
        assert [each.path for each in repository.push()] == ["posts/larry/a.md"]
        assert repository.written("posts") == 1
    assert names(remote) == ["b", "c"]


def test_a_remote_that_refuses_everything_stops_the_run(root: Root, remote: Root) -> None:
    hook(remote, "#!/bin/sh\necho 'We are closed.' >&2\nexit 1\n")
    with pytest.raises(RepositoryError, match=r"^origin refuses one post after another: We are closed\.$"):
        push(root, *(post(f"{number}") for number in range(12)))
    assert root.git("status", "--porcelain") == ""


def test_a_persons_commit_that_is_refused_stops_the_run(root: Root, remote: Root) -> None:
    (root.path / "notes.txt").write_text("SECRET\n")
    root.commit("Notes")
    hook(remote, HOOK)
    tip = root.git("rev-parse", "--short=12", "HEAD").strip()
    with pytest.raises(RepositoryError, match=f"^origin refuses {tip}: GH013"):
        push(root, post("a"))
    assert names(root) == ["a"]


def test_a_checked_out_branch_at_the_remote_is_no_fault_of_a_post(root: Root, tmp_path: Path) -> None:
    there = Root(tmp_path / "there" / "planet", {})
    subprocess.run(["git", "clone", "-q", str(there.path), str(tmp_path / "here")], check=True)
    with pytest.raises(RepositoryError, match=r"the push to origin failed: .*currently checked out"):
        push(at(tmp_path / "here"), post("a"))
    assert names(at(tmp_path / "here")) == ["a"]


@pytest.mark.parametrize("back", ["HEAD~1", "HEAD~2"])
def test_a_remote_whose_history_was_rewritten_stops_the_run(root: Root, remote: Root, back: str) -> None:
    push(root, post("a"), post("b"))
    other = clone(remote, "other")
    other.git("reset", "-q", "--hard", back)
    if back == "HEAD~2":
        (other.path / "notes.txt").write_text("rewritten\n")
        other.commit("Erase")
    other.git("push", "-q", "--force", "origin", "main")
    before = remote.git("rev-parse", "main")
    for _ in range(2):
        with pytest.raises(
            RepositoryError, match=r"origin's main was rewritten: it no longer holds [0-9a-f]{12}; nothing"
        ):
            push(root, post("c"))
    assert remote.git("rev-parse", "main") == before
    root.git("fetch", "-q", "origin")
    root.git("reset", "-q", "--hard", "origin/main")
    assert push(root, post("d")) == []
    assert names(remote) == (["a", "d"] if back == "HEAD~1" else ["d"])


def test_a_fetch_that_was_killed_is_no_rewritten_history(root: Root, remote: Root) -> None:
    push(root, post("a"))
    push(clone(remote, "other"), post("b"), post("c"))
    file = root.path / "half"
    file.write_text(remote.git("cat-file", "commit", "main"))
    root.git("hash-object", "-w", "-t", "commit", "half")
    file.unlink()
    with pytest.raises(RejectedError):
        push(root, post("d"))


def test_posts_of_an_earlier_run_that_were_never_pushed_survive_a_lost_race(root: Root, remote: Root) -> None:
    push(root, post("a"))
    other = clone(remote, "other")
    push(other, post("b", "Theirs\n"), post("f", guid="same"))
    record(root, post("b", "Ours\n"), post("c"), post("a", "Edited\n"), post("g", guid="same"))
    with Repository(root.path) as repository:
        repository.prepare("posts")
        repository.record([post("d")], committer=PLANET, now=NOW, folder="posts")
        with pytest.raises(RejectedError):
            repository.push()
        repository.rebase_onto_remote()
        assert repository.written("posts") == 0
        repository.push()
    assert names(remote) == ["a", "b", "c", "f"]
    assert (root.path / "posts" / "larry" / "b.md").read_text() == "Theirs\n"
    assert (root.path / "posts" / "larry" / "a.md").read_text() == "Edited\n"
    assert root.git("status", "--porcelain") == ""
    assert root.git("log", "-1", "--format=%an %cn %s") == 'L Planet Larry Add "a"\n'


def test_a_commit_that_a_person_makes_after_the_runs_own_is_never_dropped(root: Root, remote: Root) -> None:
    push(clone(remote, "other"), post("b"))
    with Repository(root.path) as repository:
        repository.prepare("posts")
        repository.record([post("a")], committer=PLANET, now=NOW, folder="posts")
        (root.path / "notes.txt").write_text("mine\n")
        root.commit("Mine")
        with pytest.raises(RejectedError):
            repository.push()
        with pytest.raises(RepositoryError, match="git pull --rebase"):
            repository.rebase_onto_remote()
    assert (root.path / "notes.txt").exists()


def test_a_persons_uncommitted_change_of_what_the_remote_changed_stops_the_run(root: Root, remote: Root) -> None:
    other = clone(remote, "other")
    (other.path / "pyproject.toml").write_text("# theirs\n")
    other.commit("Set")
    other.git("push", "-q", "origin", "main")
    (root.path / "pyproject.toml").write_text("# mine\n")
    with Repository(root.path) as repository:
        repository.prepare("posts")
        repository.record([post("a")], committer=PLANET, now=NOW, folder="posts")
        with pytest.raises(RejectedError):
            repository.push()
        with pytest.raises(RepositoryError, match=r"not committed \(pyproject\.toml\); commit or revert"):
            repository.rebase_onto_remote()
    assert (root.path / "pyproject.toml").read_text() == "# mine\n"


def test_a_shallow_clone_pushes_and_catches_up(root: Root, remote: Root) -> None:
    push(root, post("a"), post("b"))
    shallow = remote.path.parent / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{remote.path}", str(shallow)], check=True)
    push(root, post("c"))
    with Repository(shallow) as repository:
        assert repository.shallow
        repository.prepare("posts")
        repository.record([post("d")], committer=PLANET, now=NOW, folder="posts")
        with pytest.raises(RejectedError):
            repository.push()
        repository.rebase_onto_remote()
        repository.record([post("d")], committer=PLANET, now=NOW, folder="posts")
        repository.push()
    assert names(remote) == ["a", "b", "c", "d"]


def test_a_server_that_is_away_is_asked_again_and_then_told(root: Root, blogs: Blogs) -> None:
    root.git("remote", "add", "origin", blogs.put("/planet.git", "", status=503))
    blogs.put("/planet.git/info/refs?service=git-upload-pack", "busy", status=503)
    with Repository(root.path, patience=(0, 0)) as repository:
        repository.prepare("posts")
        with pytest.raises(RepositoryError, match=r"^origin cannot be reached: .*503"):
            repository.push()
    assert len(blogs.log) == 3


def test_workers_that_push_at_once_lose_and_double_nothing(blogs: Blogs, tmp_path: Path) -> None:
    root = Root(tmp_path / "planet", {"larry": author(blogs.put("/feed", rss(item(1), item(2))))})
    remote = with_remote(root)
    clones = [clone(remote, f"clone{number}") for number in range(3)]
    for each in clones:  # committers of different names: else all make the same commits
        settings = each.path / "pyproject.toml"
        settings.write_text(settings.read_text().replace("Planet Larry", each.path.name))
    with ThreadPoolExecutor(3) as crew:
        list(crew.map(lambda each: each.update(push=True), clones))
    for each in clones:
        assert each.update(push=True).kinds.total() == 0
        assert each.git("rev-parse", "main") == remote.git("rev-parse", "main")
        assert each.git("status", "--porcelain", "posts") == ""
    assert remote.git("log", "--format=%s", "main").splitlines() == [
        'Add "Post 2" (larry)', 'Add "Post 1" (larry)', "Begin",
    ]  # fmt: skip


def test_a_refused_post_is_told_and_tried_again(larry: Root, blogs: Blogs) -> None:
    remote = with_remote(larry)
    hook(remote, HOOK)
    blogs.put("/feed", rss(item(1), item(2, body="<p>SECRET</p>"), item(3)))
    for _ in range(2):
        report = larry.update(push=True)
        assert report.held == 1
        assert "held, because the remote refuses it: GH013: Repository rule" in report.notes[-1]
        assert len(larry.posts()) == 2
    assert report.kinds.total() == 0
    assert report.commit == ""
    (remote.path / "hooks" / "pre-receive").unlink()
    assert larry.update(push=True).kinds.total() == 1
    assert len(larry.posts()) == 3


@pytest.mark.parametrize("subject", ["Withdraw a post of 2026-11-01 (larry)", "Rename larry to lawrence"])
def test_what_a_person_did_through_a_command_is_never_dropped(root: Root, remote: Root, subject: str) -> None:
    """No feed brings it again, so a lost race must not make it anew or leave it out."""
    push(root, post("a"))
    other = clone(remote, "other")
    push(other, post("a", "Better\n"))
    record(root, commit("posts/larry/a.md", "Gone\n", message=f"{subject}\n\nPost-Guid: a\n"))
    with Repository(root.path, patience=()) as repository:
        repository.prepare("posts")
        repository.record([post("b")], committer=PLANET, now=NOW, folder="posts")
        with pytest.raises(RejectedError):
            repository.push()
        with pytest.raises(RepositoryError, match="both have commits of their own"):
            repository.rebase_onto_remote()
    assert subject in root.git("log", "--format=%s")
