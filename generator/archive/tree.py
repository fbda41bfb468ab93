"""Read every post below posts/ (`read`), or list the files that are posts (`paths`)."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.archive import post_file
from generator.errors import FileError, Problem
from generator.models import Post, PostHead

FOLDER = "posts"
Noun = TypeVar("Noun", bound=PostHead)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Every post below posts/, sorted by path, and the faults of the files that are none."""

    posts: tuple[Post, ...]
    problems: tuple[Problem, ...] = ()


def read(root: Path) -> Archive:
    """Return all of `root`'s posts. A file that cannot be read costs itself: it is among the problems."""
    posts: list[Post] = []
    problems: list[Problem] = []
    for path in paths(root):
        try:
            posts.append(post_file.from_text(text(root, path), path))
        except FileError as error:
            problems.extend(error.problems)
    return Archive(posts=tuple(posts), problems=tuple(problems))


def by_nick(posts: Iterable[Noun]) -> dict[str, list[Noun]]:
    """Return the posts of each author, or the heads of them."""
    groups: dict[str, list[Noun]] = {}
    for post in posts:
        groups.setdefault(post.nick, []).append(post)
    return groups


def nicks(posts: Iterable[PostHead]) -> frozenset[str]:
    """Return the nicks that posts bear, and those that they bore before their authors took another."""
    return frozenset(nick for post in posts for nick in (post.nick, post.former_nick) if nick)


def paths(root: Path) -> list[str]:
    """Return the files that are posts, relative to `root`, sorted folder by folder; hidden ones and links are none."""
    return sorted(_below(root / FOLDER, FOLDER), key=lambda path: path.split("/"))


def _below(folder: Path, name: str) -> Iterator[str]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                yield from _below(Path(entry.path), f"{name}/{entry.name}")
            elif entry.name.endswith(".md"):
                yield f"{name}/{entry.name}"


def text(root: Path, path: str) -> str:
    """Return the text of one of them. Raises FileError where it is none."""
    return decoded((root / path).read_bytes(), path)


def decoded(content: bytes, path: str) -> str:
    """Return the text that these bytes of the file `path` are. Raises FileError."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = Problem(file=path, line=0, reason="this is not UTF-8", remedy="save it as UTF-8")
        raise FileError((problem,)) from error
