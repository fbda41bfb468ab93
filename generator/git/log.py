"""Read the commits that touched posts/, any version of a file, and the planet as it was at any time. Main class: `Log`.

Everything is read in bulk, by one process of git for all commits and one for all texts: a `git log` for each of
10,000 files would take half an hour.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from git import Repo
from git.exc import GitCommandError, InvalidGitRepositoryError, NoSuchPathError

from generator.errors import RepositoryError
from generator.git.command import Git
from generator.git.objects import BlobTexts
from generator.git.repository import Repository
from generator.models import FileChange, LogCommit

FOLDER = "posts"
_FIELDS = "%H %an %cn %ce %at %ct %s %(trailers:only,unfold)".split(" ")
_SETTINGS: dict[str, str] = {
    "core.hooksPath": os.devnull, "core.fsmonitor": "false", "core.autocrlf": "false",
    "log.showSignature": "false", "log.follow": "false",
}  # fmt: skip
"""A person's git settings must not run programs here, nor change what is read."""
_PARTIAL = r"^remote\..*\.promisor$"
_CHUNK = 1 << 16
_LAST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


class Log:
    """The past of the planet in `root` up to the commit `at`, for reading only. A context manager.

    Raises RepositoryError where there is no past to be read: no git, no commit, or a shallow clone.
    """

    def __init__(self, root: Path, at: str = "HEAD") -> None:
        if shutil.which("git") is None:
            raise RepositoryError("git is not installed; install it")
        try:
            self._repo = Repo(root)
        except (InvalidGitRepositoryError, NoSuchPathError) as error:
            raise RepositoryError(f"{root} is not the top folder of a git repository") from error
        self._git = self._repo.git
        self._git.update_environment(**_environment())
        try:
            self.at = self.find(at)
            if self._said("rev_parse", "--is-shallow-repository") == "true":
                raise RepositoryError("this clone is shallow; run `git fetch --unshallow`")
            if self._said("config", "--get-regexp", _PARTIAL):  # git would fetch each old text on its own
                raise RepositoryError("this clone is partial; clone it without --filter")
        except RepositoryError:
            self._repo.close()
            raise

    def __enter__(self) -> "Log":
        return self

    def __exit__(self, *_: object) -> None:
        self._repo.close()

    def find(self, at: str | datetime) -> str:
        """Return the name of the commit that a revision names, or of the last one recorded at or before a moment.

        Raises RepositoryError where there is none.
        """
        if isinstance(at, datetime):
            commit = self._said("rev_list", "-1", f"--min-age={int(at.timestamp())}", "HEAD")
        else:
            commit = self._said("rev_parse", "--verify", "--quiet", "--end-of-options", f"{at}^{{commit}}")
        if not commit:
            when = f"recorded at or before {at:%Y-%m-%d %H:%M:%S} UTC" if isinstance(at, datetime) else f"called {at!r}"
            raise RepositoryError(f"there is no commit {when}")
        return commit

    def records(self, since: str = "") -> Iterator[LogCommit]:
        """Yield the commits that touched posts/, each after its parents; of those that came after the commit `since`.

        A merge is among them only where it holds a version that none of its parents has.
        """
        commits = f"{since}..{self.at}" if since else self.at
        words = self._words(
            "log", "--reverse", "--topo-order", "--full-history", "-c", "--raw", "-z", "--no-renames", "--no-abbrev",
            "--no-color", "--encoding=UTF-8", f"--format=tformat:{'%x00'.join(_FIELDS)}", commits, "--", FOLDER,
        )  # fmt: skip
        word = next(words)
        while word:
            fields = [word, *(next(words) for _ in _FIELDS[1:])]
            touches, word = _touches(words)
            yield _record(fields, touches)

    def goes_straight_on(self, since: str) -> bool:
        """Return whether only single commits, one after the other, lead from the commit `since` to the end of the
        log.
        """
        try:
            self.find(since)
        except RepositoryError:
            return False
        at = self.at
        for line in self._said("rev_list", "--parents", f"{since}..{self.at}").splitlines():
            commit, *parents = line.split(" ")
            if commit != at or len(parents) != 1:
                return False
            at = parents[0]
        return at == since

    def tree(self) -> dict[str, tuple[str, str]]:
        """Return the files below posts/ at the end of the log: by path, mode and name of the version."""
        output = self._read("ls_tree", "-r", "-z", "--full-tree", self.at, "--", FOLDER).decode("utf-8", "replace")
        lines = (line.partition("\t") for line in output.split("\0") if line)
        return {path: (meta.split(" ")[0], meta.split(" ")[2]) for meta, _, path in lines}

    def texts(self, versions: Iterable[str]) -> Mapping[str, str]:
        """Return the text of each version; what is no UTF-8 has replacement characters."""
        names = sorted(set(versions))
        if not names:
            return {}
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as output:
            asked.write("\n".join(names).encode() + b"\n")
            asked.seek(0)
            self._read("cat_file", "--batch", "--buffer", istream=asked, output_stream=output)
            output.seek(0)
            return BlobTexts(output)

    def uncommitted(self) -> list[str]:
        """Return files below posts/ in the work tree that are not as committed."""
        output = self._read("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", FOLDER)
        return [line[3:] for line in output.decode("utf-8", "replace").split("\0") if line]

    def standing(self) -> dict[str, str]:
        """Return by path the version of each file below posts/ that is in the work tree as it was committed."""
        changed = set(self.uncommitted())
        return {path: version for path, (_, version) in self.tree().items() if path not in changed}

    def export(self, folder: Path, *, index: Path) -> None:
        """Write settings, authors and posts as of the log's end into `folder`; `index` is a file for git to use.

        Symbolic links become plain files, so nothing here leads out of the folder.
        """
        with self._git.custom_environment(GIT_INDEX_FILE=str(index), **_environment(**{"core.symlinks": "false"})):
            self._said("read_tree", self.at)
            wanted = self._read("ls_files", "-z", "--", "pyproject.toml", "authors", FOLDER)
            with tempfile.TemporaryFile() as asked:
                asked.write(wanted)
                asked.seek(0)
                self._read("checkout_index", "-z", "--stdin", f"--prefix={folder}/", istream=asked)

    def _said(self, command: str, *words: str) -> str:
        """Return what git answers in a word; empty where it has nothing to say."""
        call: Callable[..., tuple[int, str, str]] = getattr(self._git, command)
        status, said, error = call(*words, with_extended_output=True, with_exceptions=False)
        if status not in (0, 1) and error.strip():
            raise RepositoryError(f"git cannot read the repository: {' '.join(error.split())[:300]}")
        return "" if status else said.strip()

    def _words(self, command: str, *words: str) -> Iterator[str]:
        """Yield what git answers, parted by NUL; by way of a file, since it may be long."""
        with tempfile.TemporaryFile() as output:
            self._read(command, *words, output_stream=output)
            output.seek(0)
            left = b""
            while chunk := output.read(_CHUNK):
                *whole, left = (left + chunk).split(b"\0")
                yield from (word.decode("utf-8", "replace") for word in whole)
            yield left.decode("utf-8", "replace")

    def _read(self, command: str, *words: str, **streams: IO[bytes]) -> bytes:
        call: Callable[..., Any] = getattr(self._git, command)
        try:
            output: bytes = call(*words, **streams, stdout_as_string=False, strip_newline_in_stdout=False)
        except GitCommandError as error:
            raise RepositoryError(
                f"git cannot read the repository: {' '.join(str(error.stderr).split())[:300]}"
            ) from error
        return output


def _environment(**more: str) -> dict[str, str]:
    settings = {**_SETTINGS, **more}
    variables = {
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }
    for number, (key, value) in enumerate(settings.items()):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return variables | {"GIT_CONFIG_COUNT": str(len(settings))}


def _record(fields: list[str], touches: tuple[FileChange, ...]) -> LogCommit:
    commit, author, committer, email, written, recorded, subject, trailers = fields
    pairs = (line.partition(":") for line in trailers.splitlines())
    return LogCommit(
        commit=commit,
        author=author,
        committer=committer,
        email=email,
        written=_moment(written),
        recorded=_moment(recorded),
        subject=subject,
        trailers={key: value.strip() for key, _, value in pairs},
        touches=touches,
    )


def _moment(seconds: str) -> datetime:
    """Return the moment, within what a datetime can hold: a person's clock may have been anywhere."""
    return datetime.fromtimestamp(min(max(0, int(seconds or 0)), _LAST), UTC)


def _touches(words: Iterator[str]) -> tuple[tuple[FileChange, ...], str]:
    """Return the raw lines of one commit, and the word after them: the name of the next commit, or nothing.

    `:mode mode blob blob status`, and for a merge as many more colons, modes and blobs as it has more parents.
    """
    changes: list[FileChange] = []
    for word in words:
        meta = word.lstrip("\n")
        if meta and not meta.startswith(":"):
            return tuple(changes), meta
        if meta:
            parents = len(meta) - len(meta.lstrip(":"))
            *before, after = meta.split(" ")[parents + 1 : 2 * parents + 2]
            path = next(words)
            changes.append(FileChange(path=path, before=tuple(map(_version, before)), after=_version(after)))
    return tuple(changes), ""


def _version(name: str) -> str:
    return name if name.strip("0") else ""


@dataclass(frozen=True, kw_only=True)
class FileVersion:
    """A text that a file had, and the moment of the commit that gave it, or took it away."""

    path: str
    when: datetime
    text: str
    by_planet: bool = True
    """False where a person made the commit."""
    moved: bool = False
    """Whether the commit did no more than move a member's posts to another nick."""


def versions(repository: Repository, paths: Iterable[str], *, kinds: str = "AM") -> list[FileVersion]:
    """Return the texts that files at `paths` ever got, newest first; with `kinds="D"` those that were removed. One
    pass.
    """
    return _versions(repository.git, paths, kinds=kinds)


def file_versions(root: Path, paths: Iterable[str], *, at: str = "HEAD") -> list[FileVersion]:
    """Return the same for a reader who is no run, up to the commit `at`. Raises RepositoryError."""
    git = Git(root)
    try:
        return _versions(git, paths, at=at)
    finally:
        git.close()


def _versions(git: Git, paths: Iterable[str], *, kinds: str = "AM", at: str = "HEAD") -> list[FileVersion]:
    shown = f"--diff-filter={kinds}", "--format=%x01%ct %(trailers:key=Post-Guid,key=Post-Moved,keyonly,separator=)"
    output = git.ask("log", "--raw", "-z", "--no-renames", "--no-abbrev", *shown, at, "--", *paths)
    changes: list[tuple[str, str, datetime, str]] = []
    words = iter(output.split("\0"))
    when, trailer = "0", ""
    for word in words:
        if word.startswith("\x01"):
            when, _, trailer = word[1:].partition(" ")
        elif word.strip():
            old, new = word.split(" ")[2:4]
            moment = datetime.fromtimestamp(int(when), UTC)
            changes.append((old if kinds == "D" else new, next(words), moment, trailer))
    texts = git.contents(blob for blob, *_ in changes)
    return [
        FileVersion(
            path=path,
            when=moment,
            text=texts[blob].decode("utf-8", "replace"),
            by_planet=bool(trailer),
            moved=trailer == "Post-Moved",
        )
        for blob, path, moment, trailer in changes
    ]


def last_changed(repository: Repository, *paths: str) -> set[str]:
    """Return what the newest commit that changed anything at `paths` changed there; a new nick of a member is none."""
    words = "log", "-1", "--format=", "--name-only", "--basic-regexp", "--invert-grep", "--grep=^Post-Moved: "
    return set(repository.git.ask(*words, "--", *paths).splitlines())
