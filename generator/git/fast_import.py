"""Write commits in git's fast-import format, with exact byte counts for everything that a stranger wrote. Pure.

Main function: `transaction`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from generator import models

BEFORE = "refs/planet/before"
"""Where the branch stands before a run moves it. It and INCOMING exist only until the work tree has come along."""
INCOMING = "refs/planet/incoming"
"""Where a run's commits are written before the branch moves."""
ROBOT = f"<{models.ROBOT}>".encode()
"""The planet's mail address as a committer: these commits are made by a machine and may be made anew."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Name and mail address of an author or committer."""

    name: str
    email: str

    def at(self, when: datetime) -> bytes:
        """Return the line as fast-import wants it, whatever name and address are."""
        name, email = _identity(self.name) or "unnamed", _identity(self.email).replace(" ", "")
        return f"{name} <{email}> {max(0, int(when.timestamp()))} +0000".encode()


def _identity(text: str) -> str:
    """Return the text as git bears it in a name or an address: one line without `<`, `>` or control characters."""
    return "".join(sign for sign in text if sign.isprintable() and sign not in "<>").strip()


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One commit, mostly of one file."""

    path: str
    text: str
    message: str
    author: Person
    written: datetime
    """Author date."""
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    """What it writes besides: contents by path, None for a file that goes."""


@dataclass(frozen=True, kw_only=True)
class ExistingCommit:
    """A commit that stands in the repository. The robot's have turned one file from `before` to `after`."""

    name: str
    path: str = ""
    """Empty for a commit that is not the robot's."""
    before: str = ""
    after: str = ""
    """Blobs; empty for no file."""
    head: bytes = b""
    """The lines `author …` and `committer …`."""
    message: bytes = b""

    @property
    def by_person(self) -> bool:
        """Whether it is nothing that the robot could make anew."""
        return not self.path

    @property
    def identity(self) -> tuple[str, bytes]:
        """Which post it is about: the nick, and the GUID or, where there is none, the path."""
        guids = re.findall(rb"^Post-Guid: (.*)$", self.message, re.MULTILINE)
        return self.path.split("/")[1] if self.path else "", guids[-1] if guids else self.path.encode()


def new_commits(commits: Iterable[Commit], committer: Person, now: datetime) -> Iterator[bytes]:
    """Yield each commit's people, message and files."""
    for commit in commits:
        yield f"commit {INCOMING}\n".encode()
        yield b"author " + commit.author.at(commit.written) + b"\n"
        yield b"committer " + committer.at(now) + b"\n"
        yield _data(_bytes(commit.message))
        yield from _files({**commit.files, commit.path: _bytes(commit.text)})


def _files(contents: Mapping[str, bytes | None]) -> Iterator[bytes]:
    for path, content in contents.items():
        if content is None:
            yield f"D {_quoted(path)}\n".encode()
        else:
            yield f"M 100644 inline {_quoted(path)}\n".encode()
            yield _data(content)


def old_commits(commits: Iterable[ExistingCommit]) -> Iterator[bytes]:
    """Yield the same commits once more, for another parent."""
    for commit in commits:
        yield f"commit {INCOMING}\n".encode() + commit.head + b"\n" + _data(commit.message)
        path = _quoted(commit.path)
        yield (f"M 100644 {commit.after} {path}\n" if commit.after else f"D {path}\n").encode()


def transaction(commits: Iterable[bytes], *, old: str, onto: str) -> Iterator[bytes]:
    """Yield a whole stream: leaves BEFORE at `old`, and INCOMING at the last of the commits on top of `onto`."""
    yield f"feature done\nreset {BEFORE}\nfrom {old}\n\nreset {INCOMING}\nfrom {onto}\n\n".encode()
    yield from commits
    yield b"done\n"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace").replace(b"\0", b"")


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: str) -> str:
    """Return a path in git's C-style quotes, so that no sign in it can end the line."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
