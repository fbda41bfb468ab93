"""List the files that differ between two commits, from git's raw diffs. Main function: `differences`."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.git.command import Git


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A file that two commits have differently."""

    path: str
    before: str
    after: str
    """Blobs; empty for no file."""
    mode: str
    """The second commit's: `100644` for a plain file, `000000` for none."""


def differences(git: Git, old: str, new: str) -> list[Difference]:
    """Return all files that differ between two commits."""
    raw = git.ask("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new)
    return list(read_raw(raw.split("\0")))


def read_raw(words: list[str]) -> Iterable[Difference]:
    """Return what git's raw format tells: a word on modes and blobs, and a path, again and again."""
    for meta, path in zip(words[::2], words[1::2], strict=False):
        _, mode, before, after, _ = meta.split(" ")
        yield Difference(path=path, before=before.strip("0") and before, after=after.strip("0") and after, mode=mode)
