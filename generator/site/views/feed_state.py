"""What templates see of a feed's state (`FeedView`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.models import FeedState, FeedStatus, FetchRecord
from generator.site.views.feed_totals import Newest


@dataclass(frozen=True, kw_only=True)
class FeedHealth:
    """What the cache knows of one feed."""

    remembered: FeedState
    harvests: Sequence[FetchRecord] = ()
    """How it went lately, oldest first."""


TROUBLE = (FeedStatus.FAILING, FeedStatus.REMOVED, FeedStatus.HELD, FeedStatus.MOVED)
"""States in which somebody should do something."""


@dataclass(frozen=True, kw_only=True)
class FeedView:
    """A feed as the pages of states show it. Addresses are http(s)."""

    url: str
    state: FeedStatus
    reason: str
    """Why nothing was taken from it the last time, in one sentence; empty where all was well."""
    read: datetime | None
    """When all was well last."""
    due: datetime | None
    """Not asked again before; None where nobody knows, or where it is asked no more."""
    since: datetime | None
    """Since when it has been failing."""
    moved_to: str
    waits: bool
    """Whether the server itself asked to be left alone until then."""
    posts: int
    newest: Newest | None
    editions: tuple[str, ...]
    """Keys of the editions that it belongs to; empty means all."""
    filtered: bool
    """Whether the author file takes only some of its entries, or leaves some out."""
    excerpts: bool
    harvests: Sequence[FetchRecord]
    """How it went lately, newest first."""

    @property
    def failed(self) -> int:
        """How many of the harvests brought nothing."""
        return sum(bool(harvest.reason) for harvest in self.harvests)
