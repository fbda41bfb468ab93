"""What is remembered of a feed between runs, `FeedState`, and how the feed is by that, `status_of`."""

import re
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum

from generator.models.feed import Doubt, FeedIdentity, PollHints, Validators

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELD = "held: "
"""What the outcome of a feed begins with from which nothing is taken before a person has looked at it."""
GONE_AFTER = 3
"""Days on which a feed must have said 410 before it is believed."""
MOVED_AFTER = timedelta(days=7)
"""How long a permanent redirect must have stood before it is reported."""
_NO_HINTS = PollHints()
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True)
class PollState:
    """What is remembered of one address between runs."""

    due: datetime | None = None
    """Not to be asked before; None: at any time."""
    held_off: bool = False
    """The server itself asked to be left alone until then: even `--force` obeys."""
    failures: int = 0
    """Failures in a row."""
    failing_since: datetime | None = None
    gone_dates: tuple[str, ...] = ()
    """Days (ISO) on which the server said 410."""
    moved_to: str = ""
    moved_since: datetime | None = None

    @property
    def is_gone(self) -> bool:
        """Whether 410 has been said often enough to be believed: the feed is asked no more."""
        return len(self.gone_dates) >= GONE_AFTER

    def is_due(self, now: datetime, *, hints: PollHints = _NO_HINTS, force: bool = False) -> bool:
        """Return whether the address may be asked at `now`; a person may `force` it, but not against its server's wish.

        A run may come late, in an hour that the feed asks to skip (`hints`): then the next one asks.
        """
        waited = self.due is None or now >= self.due
        if force:
            return waited or not self.held_off
        return waited and not self.is_gone and after_skipped(now, hints) == now

    def at_once(self) -> "PollState":
        """Return the same, but due: a person has changed something. What the server asked for still counts."""
        return self if self.held_off else replace(self, due=None, gone_dates=())

    def moved_long_ago(self, now: datetime) -> bool:
        """Return whether it is time to tell a person that the feed has another address."""
        return self.moved_since is not None and now - self.moved_since >= MOVED_AFTER


def after_skipped(due: datetime, hints: PollHints) -> datetime:
    """Return the first moment from `due` on that falls into no hour or day which the feed asks to skip."""
    hours = {int(hour) % 24 for hour in hints.skip_hours if re.fullmatch(r"\d{1,2}", hour.strip())}
    days = {_WEEKDAYS.index(day.strip().lower()) for day in hints.skip_days if day.strip().lower() in _WEEKDAYS}
    if len(hours) == 24 or len(days) == 7:
        return due
    while due.hour in hours or due.weekday() in days:
        due = due.replace(minute=0, second=0, microsecond=0) + HOUR
    return due


NO_HINTS, AT_ONCE = PollHints(), PollState()


@dataclass(frozen=True, kw_only=True)
class FeedState:
    """What the last runs knew of one feed."""

    etag: str = ""
    last_modified: str = ""
    cache_control: str = ""
    expires: str = ""
    origin: str = ""
    """The address that gave the validators, after redirects: they mean nothing to another."""
    body: str = ""
    """SHA-256 of the decoded body, in hex."""
    outcome: str = ""
    """Why the last run took nothing from it; empty where all was well."""
    settings: str = ""
    """Hash of what the author file said of it: other filters make other posts."""
    pending: bool = False
    """True where a change waits for a person to revert an edit: to be read again when posts/ has changed."""
    title: str = ""
    """What the feed said of itself when it was last believed; so are the next four."""
    generator: str = ""
    language: str = ""
    hosts: tuple[str, ...] = ()
    entries: str = ""
    hints: PollHints = NO_HINTS
    doubts: tuple[Doubt, ...] = ()
    """Posts whose loss of text waits for a later reading to confirm it."""
    read: datetime | None = None
    """When all was well last."""
    standing: PollState = AT_ONCE

    @property
    def validators(self) -> Validators:
        """What to send back to the server."""
        return Validators(etag=self.etag, last_modified=self.last_modified)

    @property
    def held_reason(self) -> str:
        """Why nothing is taken before a person has looked at the feed; empty where it is not held."""
        return self.outcome.removeprefix(HELD) if self.outcome.startswith(HELD) else ""

    @property
    def identity(self) -> FeedIdentity:
        """What the feed said of itself when it was last believed."""
        return FeedIdentity(**{field.name: getattr(self, field.name) for field in fields(FeedIdentity)})

    def ready_to_confirm(self, now: datetime) -> "FeedState":
        """Return the same without validators where a doubt is old enough to be confirmed: a 304 confirms nothing."""
        if not any(now >= doubt.until for doubt in self.doubts):
            return self
        return replace(self, etag="", last_modified="", body="", entries="")

    def unread(self) -> "FeedState":
        """Return the same, to be asked for at once and read as if it were new."""
        standing = self.standing.at_once()
        return replace(self, etag="", last_modified="", body="", entries="", pending=False, standing=standing)


class FeedStatus(StrEnum):
    """How a feed is, the worst first."""

    FAILING = "failing"
    REMOVED = "gone"
    HELD = "held"
    MOVED = "moved"
    UNKNOWN = "unknown"
    WELL = "well"
    PAUSED = "paused"
    RETIRED = "retired"


def status_of(member: str, state: FeedState | None) -> FeedStatus:
    """Return how a feed is of a member with that status (`active`, `paused` or `retired`), by what is remembered."""
    if member != "active":
        return FeedStatus(member)
    if state is None:
        return FeedStatus.UNKNOWN
    if state.held_reason:
        return FeedStatus.HELD
    if state.standing.is_gone:
        return FeedStatus.REMOVED
    if state.outcome:
        return FeedStatus.FAILING
    if state.standing.moved_to:
        return FeedStatus.MOVED
    return FeedStatus.WELL if state.read else FeedStatus.UNKNOWN
