"""What a run may meet → a planet, its remote and its blogs, ready for that run, and what is to be true after it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from generator import config
from generator.feeds import state
from generator.update import UpdateOptions, update
from tests.support.planets import NOW, Root, Told, author, item, rss

NICKS = ("ada", "kim", "larry")
SECRET = "ghp_0123456789"
HOOK = f"""#!/bin/sh
while read old new ref; do
    case $old in 0000*) range=$new;; *) range=$old..$new;; esac
    if git log -p --format= $range | grep -q {SECRET}; then
        echo "error: GH013: Repository rule violations found for $ref." >&2
        echo "- Push cannot contain secrets" >&2
        exit 1
    fi
done
"""
APART = "env -u LD_PRELOAD -u FAULT_FILE setsid -w git"
"""The remote is another machine: faults here do not reach it."""


@dataclass(kw_only=True)
class Story:
    """A folder with `planet/` and `remote/`, kept as it was before the run."""

    name: str
    folder: Path
    kept: Path
    tree: str = ""
    """The tree that an undisturbed run leads to."""
    changes: int = 0
    """How many calls of an undisturbed run change a disk."""
    faults: list[str] = field(default_factory=list)

    @property
    def planet(self) -> Path:
        """The planet's root."""
        return self.folder / "planet"

    @property
    def remote(self) -> Path:
        """Its bare remote."""
        return self.folder / "remote"

    def rewind(self) -> None:
        """Everything as it was before the run."""
        shutil.rmtree(self.folder, ignore_errors=True)
        subprocess.run(["cp", "-a", str(self.kept), str(self.folder)], check=True)

    def run(self, days: int = 2, *, force: bool = False) -> None:
        """One run, with a push."""
        options = UpdateOptions(push=True, force=force)
        update(self.planet, config.load(self.planet), options, now=NOW + timedelta(days=days), watch=Told())

    def run_again(self) -> None:
        """The next run, which an hour later would ask the feeds whose news was lost."""
        self.run(force=True)

    def tip_tree(self) -> str:
        """What the branch holds."""
        return _git(self.planet, "rev-parse", "main^{tree}").stdout.strip()

    def age(self) -> None:
        """The locks that were left are old, as if the next run came an hour later."""
        for lock in (self.planet / ".git").rglob("*.lock"):
            os.utime(lock, (0, 0))

    def fsck(self) -> list[str]:
        """What `git fsck --strict` says against the planet and its remote."""
        said = []
        for place in (self.planet, self.remote):
            done = _git(place, "fsck", "--strict", "--no-dangling", "--no-progress", check=False)
            said += [f"fsck of {place.name}: {done.stdout} {done.stderr}"] if done.returncode else []
        return said

    def wrong(self) -> list[str]:
        """What is not as after an undisturbed run."""
        here = self.planet
        tip, there = (_git(place, "rev-parse", "main").stdout for place in (here, self.remote))
        before = _git(self.kept / "remote", "rev-parse", "main").stdout.strip()
        left = [path.name for path in (here / ".git").rglob("*.lock") if path.name != "gitplanet.lock"]
        added = _git(here, "log", "--diff-filter=A", "--name-only", "--format=", "--", "posts/*.md").stdout.split()
        checks = {
            "another tree": self.tree not in ("", self.tip_tree()),
            "not pushed": tip != there,
            "lost at the remote": _git(
                self.remote, "merge-base", "--is-ancestor", before, "main", check=False
            ).returncode,
            "dirty": _git(here, "status", "--porcelain").stdout,
            "locks left": left,
            "refs left": _git(here, "for-each-ref", "refs/planet/before", "refs/planet/incoming").stdout,
            "index left": (here / ".git" / "gitplanet-index").exists(),
            "no cache": not state.load(here).feeds,
            "added twice": len(added) != len(set(added)),
        }
        return [f"{name}: {found}" for name, found in checks.items() if found] + self.fsck()


def _git(place: Path, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["git", "-C", str(place), *words], check=check, capture_output=True, text=True)


@contextmanager
def web(folder: Path) -> Iterator[str]:
    """A server of the files in `folder`, in a process of its own: its address."""
    words = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().split(' port ')[1].split(' ')[0]}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class Blogs:
    """The files that the server gives: one feed for each nick."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self._url, self._time = folder, url, 1_700_000_000
        folder.mkdir(parents=True)

    def post(self, *numbers: int, edited: int = 0, secret: int = 0) -> None:
        """From now on, every blog has the posts of those numbers; one is edited, and one of kim's holds a secret."""
        self._time += 3600
        for nick in NICKS:
            entries = [self._entry(nick, number, number == edited, number == secret) for number in numbers]
            file = self._folder / f"{nick}.xml"
            file.write_text(rss(*entries))
            os.utime(file, (self._time, self._time))  # what the server tells as Last-Modified, in whole seconds

    def _entry(self, nick: str, number: int, edited: bool, secret: bool) -> dict[str, str]:
        words = " ".join(f"{nick}{number * n}" for n in range(400))
        more = " Edited since." if edited else ""
        more += f" {SECRET}" if secret and nick == "kim" else ""
        return item(
            number, guid=f"{nick}:{number}", link=f"https://{nick}.example/{number}", body=f"<p>{words}{more}</p>"
        )

    def authors(self) -> dict[str, str]:
        """The author files."""
        return {nick: author(f"{self._url}/{self._folder.name}/{nick}.xml", name=nick.title()) for nick in NICKS}


def _begin(name: str, place: Path, url: str) -> tuple[Story, Blogs]:
    story = Story(name=name, folder=place / name, kept=place / f"{name}.kept")
    blogs = Blogs(place / "web" / name, url)
    root = Root(story.planet, blogs.authors())
    _git(place, "clone", "-q", "--bare", str(story.planet), str(story.remote))
    root.git("remote", "add", "origin", str(story.remote))
    for program in ("receive-pack", "upload-pack"):
        root.git("config", f"remote.origin.{program.replace('-', '')}", f"{APART} {program}")
    return story, blogs


def first(place: Path, url: str) -> Story:
    """The first run of a planet."""
    story, blogs = _begin("first", place, url)
    blogs.post(1, 2, 3)
    return story


def news(place: Path, url: str) -> Story:
    """New posts and edits."""
    story, blogs = _begin("news", place, url)
    blogs.post(1, 2)
    apart(lambda: story.run(days=0))
    blogs.post(2, 3, 4, edited=2)
    return story


def apart(call: Callable[[], object]) -> None:
    """Do something in a process of its own: one that has read feeds has readers, which its copies cannot use."""
    pid = os.fork()
    if not pid:
        status = 1
        try:
            call()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(pid, 0)[1] == 0


def _update_apart(root: Path, options: UpdateOptions, now: datetime) -> None:
    apart(lambda: update(root, config.load(root), options, now=now, watch=Told()))


def race(place: Path, url: str) -> Story:
    """Another clone was faster, a person has pushed, and an earlier run's commits were never pushed."""
    story, blogs = _begin("race", place, url)
    blogs.post(1, 2)
    apart(lambda: story.run(days=0))
    twin = place / "twin"
    _git(place, "clone", "-q", str(story.remote), str(twin))
    blogs.post(2, 3)
    _update_apart(story.planet, UpdateOptions(), NOW + timedelta(hours=1))
    (twin / "notes.txt").write_text("A person's.\n")
    Root.commit(_at(twin), "Take notes")
    blogs.post(2, 4, edited=2)
    _update_apart(twin, UpdateOptions(push=True), NOW + timedelta(days=1))
    blogs.post(2, 4, 5, edited=2)
    return story


def refused(place: Path, url: str) -> Story:
    """The remote refuses one of the new posts."""
    story, blogs = _begin("refused", place, url)
    blogs.post(1, 2)
    apart(lambda: story.run(days=0))
    hook = story.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK)
    hook.chmod(0o755)
    blogs.post(2, 3, 4, edited=2, secret=3)
    return story


def _at(path: Path) -> Root:
    root = Root.__new__(Root)
    root.path = path
    return root


STORIES = {"first": first, "news": news, "race": race, "refused": refused}


@contextmanager
def told(names: list[str]) -> Iterator[list[Story]]:
    """The stories of those names, each ready for its run; gone when the context ends."""
    with tempfile.TemporaryDirectory(prefix="gitplanet-sweep-") as folder, web(_made(Path(folder) / "web")) as url:
        stories = [STORIES[name](Path(folder), url) for name in names]
        for story in stories:
            story.folder.rename(story.kept)
        yield stories


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
