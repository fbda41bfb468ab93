"""A planet's git repository, open for one run: `Repository`. `create` makes a new one."""

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import Self

from git import Repo

from generator.errors import RepositoryError
from generator.git import fast_import, identity
from generator.git.branch import Branch, refuse
from generator.git.command import Git, environment
from generator.git.fast_import import Commit, Person
from generator.git.lock import RunLock
from generator.git.remote import PATIENCE, Refused, Remote
from generator.models import ROBOT


class Repository:
    """The repository whose top folder is the planet's root. Opening it checks that it can be written."""

    def __init__(self, root: Path, *, patience: Iterable[float] = PATIENCE) -> None:
        self.git = Git(root)
        self._lock = RunLock(self.git)
        self._branch = Branch(self.git, self._lock)
        self._remote = Remote(self.git, self._branch, patience=patience)
        self._seen = ("", "")
        self.start = ""
        """The last commit that is not of this run; set by `prepare`, and again where the branch is made anew."""

    def close(self, *, well: bool = True) -> None:
        """End the helper processes that git keeps open, and free the lock."""
        self._lock.release(well=well)
        self.git.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(well=kind is None)

    @property
    def branch(self) -> str:
        """The full name of the branch that is checked out."""
        return self._branch.name

    @property
    def tip(self) -> str:
        """The commit that the branch points to."""
        return self._branch.tip

    @property
    def person(self) -> Person | None:
        """Who runs this; None where git and the CI service do not say."""
        return identity.person(self.git)

    @property
    def shallow(self) -> bool:
        """Whether the clone has only the end of the history."""
        return self.git.ask("rev-parse", "--is-shallow-repository") == "true"

    def contains(self, commit: str) -> bool:
        """Return whether the branch's history has that commit."""
        return self.git.says_yes("merge-base", "--is-ancestor", commit, "HEAD")

    def prepare(self, folder: str) -> None:
        """Begin a run: alone, from the state that the last one meant to leave, and with `folder` as committed."""
        self._seen = (self.branch, self.tip)
        if self._lock.take():
            self._lock.clear()
        self._branch.finish()
        self._lock.sign()
        self._seen = (self.branch, self.tip)
        self.start = self.tip
        self.refuse_changes(folder)

    def refuse_changes(self, *paths: str) -> None:
        """Raise RepositoryError where the work tree is not as committed at one of the paths, or below it."""
        refuse(self._changed(*paths))

    def _changed(self, *paths: str) -> list[str]:
        output = self.git.ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *paths)
        return sorted({line[3:] for line in output.split("\0") if line[3:]})

    def record(
        self, commits: Iterable[Commit], *, committer: Person, now: datetime, folder: str, also: Collection[str] = ()
    ) -> str:
        """Write the commits on top of the branch and move it once, or not at all. Returns the new tip.

        A commit that would touch anything but regular files below `folder`, or at the paths `also`, stops the run
        before the branch moves.
        """
        self._lock.take()
        if self.start and self._seen != (self.branch, self.tip):
            raise RepositoryError("somebody committed while the feeds were read; run it again")
        self.start = self.start or self.tip
        written = fast_import.new_commits(commits, committer, now)
        return self._move(self._branch.move(written, onto=self.tip, folder=folder, also=also))

    def _move(self, tip: str) -> str:
        self._seen = (self.branch, tip)
        return tip

    def begin_anew(self) -> None:
        """Take what this run has written so far for settled: it is counted, and after a lost race dropped, no more."""
        self.start = self.tip

    def changed_files(self, old: str, new: str, folder: str) -> int:
        """Return how many files below `folder` differ between two commits."""
        return len(self.git.ask("diff", "--name-only", "--no-renames", old, new, "--", folder).splitlines())

    def written(self, folder: str) -> int:
        """Return how many files below `folder` this run has changed."""
        return self.changed_files(self.start, self.tip, folder)

    def log(self, since: str) -> str:
        """`git log --stat` of the commits after `since`, oldest first."""
        return self.git.ask("log", "--reverse", "--stat=110", "--format=%n%h  %s", f"{since}..HEAD")

    def push(self) -> list[Refused]:
        """Push the branch, never by force. Raises RejectedError where the remote has moved on.

        What the remote refuses for its content is taken out of the branch and reported, and the rest is pushed.
        """
        self._lock.take()
        own = int(self.git.ask("rev-list", "--count", f"{self.start}..HEAD")) if self.start else 0
        refused, left = self._remote.push(own)
        if refused:
            self._move(self.tip)
            self.start = self.git.ask("rev-parse", f"HEAD~{left}")
        return refused

    def rebase_onto_remote(self) -> None:
        """Drop this run's commits after a lost race, and go to the remote's tip, from where the run begins anew.

        Raises RepositoryError where the branch has commits that the remote lacks and that are a person's.
        """
        self._lock.take()
        self.start = self._move(self._remote.catch_up(self.start or self.tip))


def create(root: Path, *, message: str, now: datetime) -> Repository:
    """Create a repository in `root`, with all files there in its first commit."""
    with Repo.init(root, initial_branch="main") as repo:
        planet = {"NAME": "gitplanet", "EMAIL": ROBOT, "DATE": now.isoformat()}
        identity = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in planet.items()}
        repo.git.update_environment(**environment(), **identity)
        repo.git.add("--all")
        repo.git.commit("--quiet", "--message", message)
    return Repository(root)
