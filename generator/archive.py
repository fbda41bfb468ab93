"""The posts/ tree: its files → Posts."""

from dataclasses import dataclass
from pathlib import Path

from generator import posts
from generator.errors import FileError, Problem
from generator.model import Post

FOLDER = "posts"


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Every post below posts/, sorted by path, and the faults of the files that are none."""

    posts: tuple[Post, ...]
    problems: tuple[Problem, ...] = ()

    def by_nick(self) -> dict[str, list[Post]]:
        """The posts of each author."""
        groups: dict[str, list[Post]] = {}
        for post in self.posts:
            groups.setdefault(post.nick, []).append(post)
        return groups


def read(root: Path) -> Archive:
    """All of `root`'s posts. A file that cannot be read costs itself: it is among the problems."""
    found: list[Post] = []
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).rglob("*.md")):
        name = path.relative_to(root).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or path.is_symlink():
            continue
        try:
            found.append(posts.from_text(path.read_bytes().decode("utf-8"), name))
        except FileError as error:
            problems.extend(error.problems)
        except UnicodeDecodeError:
            problems.append(Problem(file=name, line=0, reason="this is not UTF-8", remedy="save it as UTF-8"))
    return Archive(posts=tuple(found), problems=tuple(problems))
