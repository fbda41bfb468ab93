"""List recent edits and withdrawals (`archive_events`). Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from generator.archive.history import EventKind, PostHistory
from generator.models import dates
from generator.site.views.author import AuthorView
from generator.site.views.edits import Edit
from generator.site.views.post import PostView

RECENT = 100
"""Edits and withdrawals that their page tells."""
_PATH = re.compile(r"posts/(?P<nick>[^/]+)/(?:.*/)?(?P<day>\d{4}-\d\d-\d\d)[^/]*")


@dataclass(frozen=True, kw_only=True)
class ArchiveEvent:
    """One line of the page of recent edits: an edit of a post, or its withdrawal, which does not tell its title."""

    when: datetime
    day: date
    path: str
    post: PostView | None = None
    """None where a person removed the file."""
    edit: Edit | None = None
    """None for a withdrawal."""
    author: AuthorView | None = None
    nick: str = ""
    dated: date | None = None
    """The date of a post that is gone."""
    by: str = ""
    """The person who removed the file."""

    @property
    def uri(self) -> str:
        """The id of a withdrawal in a feed, in which nothing of the post is left."""
        path = self.post.source.first_path if self.post else self.path
        return uuid5(NAMESPACE_URL, f"{path} {self.when.isoformat()}").urn


def archive_events(
    posts: Iterable[PostView], lives: Mapping[str, PostHistory], authors: Mapping[str, AuthorView], zone: ZoneInfo
) -> list[ArchiveEvent]:
    """The recent edits and withdrawals, the newest first."""
    events: list[ArchiveEvent] = []
    standing = set()
    for post in posts:
        path, withdrawn = post.source.path, post.source.withdrawn
        standing.add(path)
        if withdrawn:
            events.append(
                ArchiveEvent(
                    when=withdrawn, day=dates.day_in(withdrawn, zone), path=path, post=post, author=post.author
                )
            )
        events.extend(
            ArchiveEvent(when=edit.when, day=edit.day, path=path, post=post, edit=edit, author=post.author)
            for edit in post.life.edits
        )
    removed = (lives[path] for path in lives.keys() - standing)
    events.extend(_removed(life, authors, zone) for life in removed if _is_removed(life))
    return sorted(events, key=lambda event: (event.when, event.path), reverse=True)[:RECENT]


def _is_removed(life: PostHistory) -> bool:
    return life.events[-1].act is EventKind.REMOVED and bool(_PATH.fullmatch(life.path))


def _removed(life: PostHistory, authors: Mapping[str, AuthorView], zone: ZoneInfo) -> ArchiveEvent:
    last, match = life.events[-1], _PATH.fullmatch(life.path)
    nick, day = (match["nick"], match["day"]) if match else ("", "")
    try:
        dated = date.fromisoformat(day)
    except ValueError:
        dated = None
    return ArchiveEvent(
        when=last.when,
        day=dates.day_in(last.when, zone),
        path=life.path,
        author=authors.get(nick),
        nick=nick,
        dated=dated,
        by=last.by,
    )


def by_day(happened: Sequence[ArchiveEvent]) -> tuple[tuple[date, tuple[ArchiveEvent, ...]], ...]:
    """The same by calendar day."""
    return tuple((day, tuple(group)) for day, group in groupby(happened, key=lambda event: event.day))
