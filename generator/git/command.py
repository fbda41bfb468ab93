"""Run git so that a person's settings run no programs and change no bytes. Main class: `Git`."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from subprocess import PIPE
from typing import Any

from git import Repo
from git.exc import GitCommandError, InvalidGitRepositoryError, NoSuchPathError

from generator.errors import RepositoryError

SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.autocrlf": "false",
    "core.quotePath": "false",
    "core.fsync": "committed",  # a power cut must not leave a branch whose commits were never written
    "gc.autoDetach": "false",  # nothing of ours goes on when the run has ended
}
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE")


class GitError(RepositoryError):
    """Git said no; `output` is all that it printed."""

    def __init__(self, words: tuple[str, ...], output: str) -> None:
        self.output = output
        super().__init__(f"git {words[0]} failed: {last_line(output)}")


class Git:
    """Git in one repository, whose top folder is `root`."""

    def __init__(self, root: Path) -> None:
        if shutil.which("git") is None:
            raise RepositoryError("git is not installed; install it")
        misled = [name for name in _ELSEWHERE if name in os.environ]
        if misled:
            raise RepositoryError(f"{misled[0]} is set, so git would write elsewhere; unset it")
        try:
            self._repo = Repo(root)
        except (InvalidGitRepositoryError, NoSuchPathError) as error:
            raise RepositoryError(f"{root} is not a git repository; run `git init` and commit your files") from error
        if self._repo.bare or Path(self._repo.working_tree_dir or "").resolve() != root.resolve():
            self.close()
            raise RepositoryError(f"{root} is not the top folder of its git repository; give that one with --root")
        self._repo.git.update_environment(**environment())
        self.root = root.resolve()
        self.folder = Path(self._repo.git_dir).resolve()
        """Where HEAD and the index are."""
        self.common = Path(self._repo.common_dir).resolve()
        """Where objects and refs are: another place only in a linked work tree."""
        self.inherited: tuple[int, ...] = ()
        """Descriptors that git keeps open as long as it lives: our lock, should this process die first."""

    def close(self) -> None:
        """End the helper processes that git keeps open."""
        self._repo.close()

    def ask(self, *words: str, feed: bytes = b"", index: Path | None = None) -> str:
        """Return what git prints, without the newline at the end. Raises GitError where git fails.

        `feed` goes to its standard input; `index` is used instead of the repository's own.
        """
        return _text(self._read(*words, feed=feed, index=index)).removesuffix("\n")

    def _read(self, *words: str, feed: bytes, index: Path | None = None) -> bytes:
        process = self._start(words, index)
        stdout, stderr = process.proc.communicate(feed)
        if process.proc.returncode:
            raise GitError(words, _text(stderr + b"\n" + stdout))
        return bytes(stdout)

    def find(self, *words: str) -> str:
        """Return what git prints, or nothing where it fails: for questions whose answer may be no."""
        try:
            return self.ask(*words)
        except GitError:
            return ""

    def says_yes(self, *words: str) -> bool:
        """Return whether git succeeds."""
        try:
            self.ask(*words)
        except GitError:
            return False
        return True

    def send(self, *words: str, stream: Iterable[bytes]) -> None:
        """Run git on a stream that is written while it is made. Raises GitError; git then saw no proper end."""
        process = self._start(words, None)
        try:
            for part in stream:
                process.proc.stdin.write(part)
        except BrokenPipeError:
            pass  # git says why below
        except BaseException:
            process.proc.kill()
            process.proc.communicate()
            raise
        _, stderr = process.proc.communicate()
        if process.proc.returncode:
            raise GitError(words, _text(stderr))

    def _start(self, words: tuple[str, ...], index: Path | None) -> Any:
        env = {"GIT_INDEX_FILE": str(index)} if index else None
        # a helper that keeps passwords for the network would hold our lock long after the run
        inherited = () if words[0] in ("push", "fetch", "ls-remote") else self.inherited
        try:
            return self._repo.git.execute(["git", *words], as_process=True, istream=PIPE, env=env, pass_fds=inherited)
        except GitCommandError as error:
            raise GitError(words, str(error.stderr)) from error

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the content of each commit or blob of those names."""
        wanted = sorted(set(names))
        output, blobs, start = self._read("cat-file", "--batch", feed="".join(f"{n}\n" for n in wanted).encode()), {}, 0
        for name in wanted:
            end = output.index(b"\n", start)
            size = int(output[start:end].split(b" ")[2])
            blobs[name] = output[end + 1 : end + 1 + size]
            start = end + 2 + size
        return blobs


def environment() -> dict[str, str]:
    """Return what git's processes find around them."""
    settings = {
        "GIT_CONFIG_COUNT": str(len(SETTINGS)), "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    for number, (key, value) in enumerate(SETTINGS.items()):
        settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return settings


def last_line(output: str) -> str:
    """Return the last thing that git said, as one line for people."""
    lines = [line.strip() for line in output.splitlines() if line.strip(" '\t")]
    return lines[-1][:300] if lines else "git did not say why"


def _text(output: bytes) -> str:
    return output.decode("utf-8", "surrogateescape")
