"""A commit that touched posts/, and what it did to each file: `LogCommit`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class FileChange:
    """What one commit did to one file. A version is told by the name of its blob, no file by an empty string."""

    path: str
    before: tuple[str, ...]
    """The version in each parent: one, or several where a merge made a new one of them."""
    after: str


@dataclass(frozen=True, kw_only=True)
class LogCommit:
    """A commit that touched posts/."""

    commit: str
    author: str
    committer: str
    email: str
    """The committer's."""
    written: datetime
    """Author date: for the robot's commits, the date of the post."""
    recorded: datetime
    """Committer date: when it came into the archive."""
    subject: str
    trailers: Mapping[str, str]
    touches: tuple[FileChange, ...]
