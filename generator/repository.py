"""The git repository: its tip, its posts/ tree, and commits written to it in one transaction."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE
from typing import IO

from git import Repo
from git.exc import GitCommandError, InvalidGitRepositoryError, NoSuchPathError

from generator.errors import RepositoryError

INCOMING = "refs/planet/incoming"
"""Where a run's commits are written before the branch moves."""
BEFORE = "refs/planet/before"
"""Where the branch stood before the last run moved it: from here an interrupted checkout is finished."""
_QUIET = {"core.hooksPath": os.devnull, "core.fsmonitor": "false", "core.autocrlf": "false", "core.quotePath": "false"}
"""A person's git settings must not run programs or change bytes in the robot's work."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Name and mail address of an author or committer."""

    name: str
    email: str

    def at(self, when: datetime) -> bytes:
        """As fast-import wants it: one line without `<`, `>`, or control characters inside."""
        name = "".join(sign for sign in self.name if sign.isprintable() and sign not in "<>").strip()
        return f"{name or 'unnamed'} <{self.email}> {max(0, int(when.timestamp()))} +0000".encode()


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One commit that writes one file."""

    path: str
    text: str
    message: str
    author: Person
    written: datetime
    """Author date."""


class RejectedError(RepositoryError):
    """The remote branch has moved on: fetch, derive anew, push again."""


class Repository:
    """The repository whose top folder is the planet's root. Opening it checks that it can be written."""

    def __init__(self, root: Path) -> None:
        if shutil.which("git") is None:
            raise RepositoryError("git is not installed; install it")
        try:
            self._repo = Repo(root)
        except (InvalidGitRepositoryError, NoSuchPathError) as error:
            raise RepositoryError(f"{root} is not a git repository; run `git init` and commit your files") from error
        self._git = self._repo.git
        self._git.update_environment(**_environment())
        if self._repo.bare or Path(self._repo.working_tree_dir or "").resolve() != root.resolve():
            self.close()
            raise RepositoryError(f"{root} is not the top folder of its git repository; give that one with --root")

    def close(self) -> None:
        """Ends the helper processes that git keeps open."""
        self._repo.close()

    def __enter__(self) -> "Repository":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def branch(self) -> str:
        """The full name of the branch that is checked out."""
        try:
            return str(self._git.symbolic_ref("--quiet", "HEAD"))
        except GitCommandError as error:
            raise RepositoryError("no branch is checked out; run `git switch main`") from error

    @property
    def tip(self) -> str:
        """The commit that the branch points to."""
        try:
            return str(self._git.rev_parse("--verify", "--quiet", "HEAD^{commit}"))
        except GitCommandError as error:
            raise RepositoryError("the repository has no commit yet; commit your settings and authors first") from error

    def contains(self, commit: str) -> bool:
        """Whether the branch's history has that commit."""
        try:
            self._git.merge_base("--is-ancestor", commit, "HEAD")
        except GitCommandError:
            return False
        return True

    def prepare(self, folder: str) -> None:
        """Finishes what an interrupted run left, then makes sure that `folder` is as committed."""
        changed = self._changed(folder)
        if changed and self._interrupted():
            self._git.checkout("--force", "HEAD", "--", folder)
            changed = self._changed(folder)
        if changed:
            more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
            raise RepositoryError(
                f"{folder}/ has changes that are not committed ({', '.join(changed[:3])}{more}); commit or revert them"
            )

    def _changed(self, folder: str) -> list[str]:
        status = self._git.status(
            "--porcelain", "-z", "--untracked-files=all", "--", folder, strip_newline_in_stdout=False
        )
        return [line[3:] for line in status.split("\0") if line[3:]]

    def _interrupted(self) -> bool:
        """Whether the work tree still shows the state before the last run."""
        try:
            before = self._git.rev_parse("--verify", "--quiet", BEFORE)
        except GitCommandError:
            return False
        return before != self.tip and not self._git.diff("--name-only", before, "--", "posts")

    def record(self, commits: Iterable[Commit], *, committer: Person, now: datetime, folder: str) -> str:
        """Writes the commits on top of the branch and moves it once, or not at all. Returns the new tip.

        A commit that would touch anything but regular files below `folder` stops the run before the branch moves.
        """
        old, branch = self.tip, self.branch
        self._import(_stream(commits, old, committer, now))
        new = str(self._git.rev_parse("--verify", INCOMING))
        self._guard(old, new, folder)
        self._transact(f"update {branch} {new} {old}", f"update {BEFORE} {old}", f"delete {INCOMING}")
        self._git.read_tree("-m", "-u", old, new)
        return new

    def _import(self, stream: Iterator[bytes]) -> None:
        process = self._git.fast_import("--quiet", "--force", as_process=True, istream=PIPE)
        pipe: IO[bytes] = process.proc.stdin
        try:
            for part in stream:
                pipe.write(part)
            pipe.close()
        except BrokenPipeError:
            pass  # git has said why on its error stream
        try:
            process.wait()
        except GitCommandError as error:
            raise RepositoryError(f"git fast-import refused the posts: {str(error.stderr).strip()[:300]}") from error

    def _guard(self, old: str, new: str, folder: str) -> None:
        raw = self._git.diff_tree("-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new)
        fields = raw.split("\0")
        for meta, path in zip(fields[::2], fields[1::2], strict=False):
            mode = meta.split(" ")[1]
            if mode not in ("100644", "000000") or not _is_plain(path, folder):
                raise RepositoryError(f"a commit would have written {path!r} (mode {mode}); nothing was recorded")

    def _transact(self, *commands: str) -> None:
        script = "\n".join(["start", *commands, "prepare", "commit", ""])
        process = self._git.update_ref("--stdin", as_process=True, istream=PIPE)
        process.proc.stdin.write(script.encode())
        process.proc.stdin.close()
        try:
            process.wait()
        except GitCommandError as error:
            raise RepositoryError("the branch moved while the posts were written; run it again") from error

    def changed_files(self, old: str, new: str, folder: str) -> int:
        """How many files below `folder` differ between two commits."""
        return len(self._git.diff("--name-only", "--no-renames", old, new, "--", folder).splitlines())

    def log(self, since: str) -> str:
        """`git log --stat` of the commits after `since`, oldest first."""
        return str(self._git.log("--reverse", "--stat=110", "--format=%n%h  %s", f"{since}..HEAD"))

    def push(self, remote: str = "origin") -> None:
        """Pushes the branch, never by force. Raises RejectedError where the remote has moved on."""
        try:
            self._git.push("--porcelain", remote, f"HEAD:{self.branch}")
        except GitCommandError as error:
            told = f"{error.stdout}\n{error.stderr}"
            if "[rejected]" in told or "fetch first" in told or "cannot lock ref" in told:
                raise RejectedError(f"{remote} has commits that this clone has not; fetch and run it again") from error
            raise RepositoryError(f"the push to {remote} failed: {_last_line(told)}") from error

    def rebase_onto_remote(self, onto: str, remote: str = "origin") -> None:
        """After a lost race: drops this run's commits (those after `onto`) and goes to the remote's tip.

        Raises RepositoryError where the branch had commits before the run that the remote lacks: those are a person's.
        """
        name = self.branch.removeprefix("refs/heads/")
        try:
            self._git.fetch("--quiet", remote, name)
        except GitCommandError as error:
            raise RepositoryError(f"{remote} cannot be fetched: {_last_line(str(error.stderr))}") from error
        theirs = self._git.rev_parse("--verify", "FETCH_HEAD")
        if self._git.rev_list("--max-count=1", f"{theirs}..{onto}"):
            raise RepositoryError(f"this clone and {remote} both have commits of their own; run `git pull --rebase`")
        ours = self.tip
        self._transact(f"update {self.branch} {theirs} {ours}", f"update {BEFORE} {ours}")
        self._git.read_tree("-m", "-u", ours, theirs)


def _is_plain(path: str, folder: str) -> bool:
    """Whether a path is one that every file system keeps where it says: fast-import itself would take `../x`."""
    parts = path.split("/")
    plain = path.isprintable() and not set(path) & set('\\:*?"<>|')
    return plain and parts[0] == folder and path.endswith(".md") and not any(part[:1] in ("", ".") for part in parts)


def create(root: Path, *, message: str, now: datetime) -> Repository:
    """A new repository in `root`, with all files there in its first commit."""
    with Repo.init(root, initial_branch="main") as repo:
        planet = {"NAME": "gitplanet", "EMAIL": "planet@planet.invalid", "DATE": now.isoformat()}
        identity = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in planet.items()}
        repo.git.update_environment(**_environment(), **identity)
        repo.git.add("--all")
        repo.git.commit("--quiet", "--message", message)
    return Repository(root)


def _environment() -> dict[str, str]:
    settings = {"GIT_CONFIG_COUNT": str(len(_QUIET)), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}
    for number, (key, value) in enumerate(_QUIET.items()):
        settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return settings


def _last_line(told: str) -> str:
    lines = [line.strip() for line in told.splitlines() if line.strip(" '\t")]
    return lines[-1][:300] if lines else "git did not say why"


def _stream(commits: Iterable[Commit], tip: str, committer: Person, now: datetime) -> Iterator[bytes]:
    """The commits in git's fast-import format, with exact byte counts for everything that a stranger wrote."""
    yield f"feature done\nreset {INCOMING}\nfrom {tip}\n\n".encode()
    for commit in commits:
        yield f"commit {INCOMING}\n".encode()
        yield b"author " + commit.author.at(commit.written) + b"\n"
        yield b"committer " + committer.at(now) + b"\n"
        yield _data(commit.message)
        yield f"M 100644 inline {_quoted(commit.path)}\n".encode()
        yield _data(commit.text)
    yield b"done\n"


def _data(text: str) -> bytes:
    content = text.encode("utf-8", "replace").replace(b"\0", b"")
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: str) -> str:
    """A path in git's C-style quotes, so that no sign in it can end the line."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@dataclass(frozen=True, kw_only=True)
class Version:
    """A text that a file had, and the moment of the commit that gave it, or took it away."""

    path: str
    when: datetime
    text: str
    by_planet: bool = True
    """False where a person made the commit."""


def versions(repository: Repository, paths: Iterable[str], *, kinds: str = "AM") -> list[Version]:
    """The texts that files at `paths` ever got, newest first; with `kinds="D"` those that were removed. One pass."""
    git = repository._git
    shown = f"--diff-filter={kinds}", "--format=%x01%ct %(trailers:key=Post-Guid,keyonly,separator=)"
    told = git.log("--raw", "-z", "--no-renames", "--no-abbrev", *shown, "--", *paths)
    found: list[Version] = []
    words = iter(told.split("\0"))
    when, trailer = "0", ""
    for word in words:
        if word.startswith("\x01"):
            when, _, trailer = word[1:].partition(" ")
        elif word.strip():
            old, new = word.split(" ")[2:4]
            text = git.get_object_data(old if kinds == "D" else new)[3].decode("utf-8", "replace")
            moment = datetime.fromtimestamp(int(when), UTC)
            found.append(Version(path=next(words), when=moment, text=text, by_planet=bool(trailer)))
    return found


def last_changed(repository: Repository, *paths: str) -> set[str]:
    """What the newest commit that changed anything at `paths` changed there."""
    return set(repository._git.log("-1", "--format=", "--name-only", "--", *paths).splitlines())
