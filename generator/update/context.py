"""What a run is about: `UpdateOptions`, which its caller chooses, and `RunContext`, which its stages share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from generator.git import Repository
from generator.models import FeedState, Planet
from generator.update.subscriptions import RunFeeds


class Progress(Protocol):
    """Who hears how a run goes."""

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self, line: str = "") -> None:
        """One step is done; `line` says what of, where that is worth a line."""


@dataclass(frozen=True, kw_only=True)
class UpdateOptions:
    """What the caller of a run may choose."""

    only: str = ""
    """Nick of the member whose feeds are read. Of those who share one of them, no posts change, but by `release`."""
    force: bool = False
    """Feeds are asked before they are due; never before a moment that their server named itself."""
    dry_run: bool = False
    push: bool = False
    release: bool = False
    """A person has looked at the feeds: none is held for what it looks like."""
    backfill: bool = False
    """Every feed is read to its last page, as if for the first time."""
    reconvert: bool = False
    """Every feed is read in full, and posts that an earlier version of the program converted worse are repaired."""

    @property
    def vouched(self) -> bool:
        """Whether a person vouches for the feeds."""
        return self.release or self.backfill

    @property
    def in_full(self) -> bool:
        """Whether feeds are read as if for the first time."""
        return self.vouched or self.reconvert


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """What stands when a run begins, the same for all its stages."""

    root: Path
    planet: Planet
    options: UpdateOptions
    repository: Repository
    now: datetime
    feeds: RunFeeds
    states: Mapping[str, FeedState]
    """By address what earlier runs knew of each feed that an author file lists."""
    last_commit: str
    """The one in which the posts of those runs were recorded; empty where nobody knows."""
    watch: Progress
