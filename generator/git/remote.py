"""Push the branch: never by force, around a commit that is refused, and on top of what came in between.

Main class: `Remote`.
"""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from generator.errors import RepositoryError
from generator.git import fast_import
from generator.git.branch import Branch
from generator.git.command import Git, GitError
from generator.git.diff import differences, read_raw
from generator.git.fast_import import ROBOT, ExistingCommit
from generator.models import RENAME, Kind

PUSHED = "refs/planet/pushed"
"""The remote's tip when it was last pushed to: a remote that no longer holds it was rewritten."""
PATIENCE = (2.0, 10.0)
"""Seconds to wait before a remote that could not be reached is tried again."""
MAX_REFUSED = 10
"""Posts that one run may leave out; where more are refused, it is not the posts."""
_RACE = re.compile(
    r"\[rejected\]|fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect old value"
)
_LASTING = re.compile(r"protected branch|currently checked out|unpacker error|shallow update", re.IGNORECASE)
_PASSING = re.compile(
    r"could not resolve|timed? ?out|connection|error: 5\d\d|early eof|rpc failed|hung up", re.IGNORECASE
)


_BY_COMMAND = tuple(f"{word} ".encode() for word in (Kind.WITHDRAW, RENAME))
"""How messages begin of what a person did through a command: no feed brings it again, so it is never dropped."""


class RejectedError(RepositoryError):
    """The remote branch has moved on: catch up, derive anew, push again."""


class _RefusedError(RepositoryError):
    """The remote does not want one of the commits for what is in it."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that the remote did not take, and what it said. The branch is without it now."""

    path: str
    reason: str


class Remote:
    """The remote's branch of the same name as ours."""

    def __init__(self, git: Git, branch: Branch, *, name: str = "origin", patience: Iterable[float] = PATIENCE) -> None:
        self._git, self._branch, self.name, self._patience = git, branch, name, tuple(patience)

    def push(self, own: int) -> tuple[list[Refused], int]:
        """Push the branch; what the remote refuses is taken out, with its later revisions, and the rest is pushed.

        The last `own` commits are this run's; returns how many of those are left, too. Raises RejectedError where
        the remote has moved on, and RepositoryError where its history was rewritten.
        """
        theirs = self._tip()
        self._check(theirs)
        if theirs == self._branch.tip:
            return [], own
        refused: list[Refused] = []
        while reason := self._offer(self._branch.tip):
            if len(refused) == MAX_REFUSED:
                raise RepositoryError(f"{self.name} refuses one post after another: {reason}")
            commits = self._commits(theirs, "HEAD")
            taken, reason = self._furthest(commits, reason)
            theirs = commits[taken - 1].name if taken else theirs
            own = self._leave_out(commits[taken:], theirs, reason, own)
            refused.append(Refused(path=commits[taken].path, reason=reason))
        return refused, own

    def catch_up(self, start: str) -> str:
        """Go to the remote's tip after a lost race, without the commits after `start`, and return it.

        Commits before `start` that were never pushed are made anew there, unless their post has come already.
        Raises RepositoryError where any commit that the remote lacks is a person's: those are never dropped.
        """
        theirs = self._fetch()
        base = self._git.find("merge-base", theirs, start)
        ours = self._commits(theirs, "HEAD")
        if not base or any(commit.by_person for commit in ours):
            raise RepositoryError(f"this clone and {self.name} both have commits of their own; run `git pull --rebase`")
        earlier = set(self._git.ask("rev-list", f"{theirs}..{start}").split())
        here = {change.path: change.after for change in differences(self._git, base, theirs)}
        identities = {commit.identity for commit in self._commits(base, theirs)}
        wanted = [commit for commit in ours if commit.name in earlier and commit.identity not in identities]
        tip = self._branch.move(fast_import.old_commits(_fitting(wanted, here)), onto=theirs)
        self._git.ask("update-ref", PUSHED, theirs)
        return tip

    def _tip(self) -> str:
        """Return the remote branch's commit; empty where there is no such branch yet."""
        return self._talk("ls-remote", self.name, self._branch.name).partition("\t")[0]

    def _fetch(self) -> str:
        # the tracking branch stays: it tells what this clone last saw there
        self._talk("fetch", "--quiet", "--refmap=", self.name, self._branch.name)
        return self._git.ask("rev-parse", "--verify", "FETCH_HEAD")

    def _check(self, theirs: str) -> None:
        """Raise RepositoryError where the remote lost a commit that it had, and that this branch still has."""
        short = self._branch.name.removeprefix("refs/heads/")
        names = PUSHED, f"refs/remotes/{self.name}/{short}"
        last_tip = next(filter(None, (self._git.find("rev-parse", "--verify", "--quiet", name) for name in names)), "")
        if not last_tip or last_tip == theirs or not self._holds("HEAD", last_tip):
            return
        if theirs:
            self._fetch()  # even where the commit is here: a fetch that was killed may have left it without its parents
        if not theirs or not self._holds(theirs, last_tip):
            raise RepositoryError(
                f"{self.name}'s {short} was rewritten: it no longer holds {last_tip[:12]}; nothing was pushed."
                f" To follow it, run `git fetch {self.name} && git reset --hard {self.name}/{short}`"
            )

    def _holds(self, commit: str, other: str) -> bool:
        return self._git.says_yes("merge-base", "--is-ancestor", other, commit)

    def _furthest(self, commits: list[ExistingCommit], reason: str) -> tuple[int, str]:
        """Return how many of the commits, from the first on, the remote has taken now, and what it said of the next."""
        good, bad, middle = 0, len(commits), 1
        while bad - good > 1:
            refusal = self._offer(commits[middle - 1].name)
            good, bad, reason = (good, middle, refusal) if refusal else (middle, bad, reason)
            middle = (good + bad) // 2
        return good, reason

    def _offer(self, commit: str) -> str:
        """Push up to that commit. Returns why the remote does not want it, or nothing where it has it now."""
        try:
            self._talk("push", "--porcelain", self.name, f"{commit}:{self._branch.name}")
        except _RefusedError as error:
            return str(error)
        self._git.ask("update-ref", PUSHED, commit)
        return ""

    def _leave_out(self, commits: list[ExistingCommit], onto: str, reason: str, own: int) -> int:
        """Make the branch anew without the first of the commits. Returns how many of the last `own` are left."""
        first, *rest = commits
        people = [commit.name[:12] for commit in commits if commit.by_person]
        if people or not onto:
            raise RepositoryError(f"{self.name} refuses {people[0] if people else 'every commit'}: {reason}")
        remaining = list(_fitting(rest, {first.path: first.before}))
        self._branch.move(fast_import.old_commits(remaining), onto=onto)
        dropped = {commit.name for commit in commits} - {commit.name for commit in remaining}
        return own - sum(commit.name in dropped for commit in commits[max(0, len(commits) - own) :])

    def _talk(self, *words: str) -> str:
        """Return one exchange with the remote, tried again where it may only have been away for a moment."""
        for wait in (*self._patience, None):
            try:
                return self._git.ask(*words)
            except GitError as error:
                if wait is None or not _PASSING.search(error.output) or "[remote rejected]" in error.output:
                    raise self._explained(words[0], error) from error
                time.sleep(wait)
        raise AssertionError

    def _explained(self, verb: str, error: GitError) -> RepositoryError:
        if verb != "push":
            return RepositoryError(f"{self.name} cannot be reached: {_last(error.output)}")
        if _RACE.search(error.output):
            return RejectedError(f"{self.name} has commits that this clone has not; fetch and run it again")
        if "[remote rejected]" in error.output and not _LASTING.search(error.output):
            return _RefusedError(_reason(error.output))
        return RepositoryError(f"the push to {self.name} failed: {_last(error.output)}")

    def _commits(self, since: str, until: str) -> list[ExistingCommit]:
        """Return the commits after `since` up to `until`, oldest first."""
        names = self._git.ask("rev-list", "--reverse", "--topo-order", until, *([f"^{since}"] if since else [])).split()
        lines = "".join(f"{name}\n" for name in names).encode()
        output = self._git.ask("diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", feed=lines)
        files: dict[str, list[str]] = {}
        for word in filter(None, output.split("\0")):
            if re.fullmatch("[0-9a-f]{40,64}", word):
                words = files[word] = []
            else:
                words.append(word)
        texts = self._git.contents(names)
        return [_past(name, texts[name], files.get(name, [])) for name in names]


def _past(name: str, text: bytes, words: list[str]) -> ExistingCommit:
    head, _, message = text.partition(b"\n\n")
    lines = head.split(b"\n")
    people = [line for line in lines if line.startswith((b"author ", b"committer "))]
    changes = list(read_raw(words))
    robot = len(changes) == 1 and len(lines) == 4 and ROBOT in people[-1] and changes[0].path.startswith("posts/")
    if not robot or message.startswith(_BY_COMMAND):
        return ExistingCommit(name=name)
    path, before, after = changes[0].path, changes[0].before, changes[0].after
    return ExistingCommit(name=name, path=path, before=before, after=after, head=b"\n".join(people), message=message)


def _fitting(commits: Iterable[ExistingCommit], files: dict[str, str]) -> Iterable[ExistingCommit]:
    """Return the commits whose file is as they found it; `files` tells what is otherwise on the new ground."""
    for commit in commits:
        if files.setdefault(commit.path, commit.before) == commit.before:
            files[commit.path] = commit.after
            yield commit


def _reason(output: str) -> str:
    """Return what the remote's rules say: its first line that says anything."""
    lines = [line.removeprefix("remote:").strip() for line in output.splitlines() if line.startswith("remote:")]
    said = [line.removeprefix("error: ") for line in lines if re.search(r"\w", line)]
    rule = re.search(r"^(?>.*?\[remote rejected\] \()(.*)\)", output, re.MULTILINE)
    return (said or [rule[1] if rule else "no reason given"])[0][:300]


def _last(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip(" '\t")]
    return next((line for line in lines if "fatal:" in line or "rejected]" in line), [*lines, "no reason given"][-1])[
        :300
    ]
