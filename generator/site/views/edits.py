"""What templates see of a post's edits (`view_life`). Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.archive.history import DiffMark, DiffPiece, HistoryEvent, PostHistory, compare_words, count_words
from generator.models import PostHead, dates

MAX_EDITS = 50
"""Edits of one post that its page tells."""
_ADDRESS = re.compile(r"((?<=\])\([^()\s]*\))")


@dataclass(frozen=True, kw_only=True)
class Part:
    """Words that stayed, went or came; `address` where they are a link's target in Markdown, which few want to read."""

    mark: DiffMark
    text: str
    address: bool = False


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One change of a post that a reader would notice."""

    event: HistoryEvent
    day: date
    """The calendar day in the planet's time zone."""

    @property
    def when(self) -> datetime:
        """When the planet saw it."""
        return self.event.when

    @property
    def by(self) -> str:
        """The person who corrected the post here; empty where its author changed it."""
        return self.event.by

    @property
    def commit(self) -> str:
        """The first digits of the commit's name: always as many, so that every clone makes the same page."""
        return self.event.commit[:12]

    @property
    def anchor(self) -> str:
        """The id of the edit on the post's page of history."""
        return f"e{self.commit}"

    @cached_property
    def _title(self) -> list[DiffPiece]:
        before, after = self.event.before, self.event.post
        if before is None or after is None or before.title == after.title:
            return []
        return compare_words(before.title, after.title)

    @property
    def title(self) -> tuple[Part, ...]:
        """How the title changed; empty where it did not."""
        return _parts(self._title)

    @cached_property
    def passages(self) -> tuple[tuple[int, tuple[Part, ...]], ...]:
        """Each passage that changed, after so many unchanged paragraphs."""
        return tuple((passage.skipped, _parts(passage.pieces)) for passage in self.event.passages)

    @property
    def inserted(self) -> int:
        """Words that came."""
        return count_words(self._title, DiffMark.INSERTED) + sum(passage.inserted for passage in self.event.passages)

    @property
    def deleted(self) -> int:
        """Words that went."""
        return count_words(self._title, DiffMark.DELETED) + sum(passage.deleted for passage in self.event.passages)


@dataclass(frozen=True, kw_only=True, slots=True)
class LifeView:
    """What became of a post since it was first seen."""

    path: str
    """Of the post."""
    seen: datetime | None
    """When the planet first saw it; None where nobody knows."""
    has_history: bool
    """Whether the repository tells what happened since."""
    edits: tuple[Edit, ...]
    """The newest first; none of a post that was withdrawn, whose words are nobody's business."""
    former: tuple[str, ...]
    """Where the file was before: by the repository, and by the nick under which the post came."""
    first_path: str
    """Its path under that nick: what ids are made of."""

    @property
    def listed(self) -> tuple[Edit, ...]:
        """Those of them that their page tells."""
        return self.edits[:MAX_EDITS]

    @property
    def page(self) -> str:
        """Where the edits are told, below the site's root."""
        return quote(history_path(self.path))

    @property
    def first_page(self) -> str:
        """Where they would be told under that nick: the id of their entries in a feed."""
        return quote(history_path(self.first_path))


def view_life(life: PostHistory | None, post: PostHead, zone: ZoneInfo) -> LifeView:
    """The life of a post as pages show it."""
    events = life.edits if life and post.is_standing else ()
    edits = tuple(Edit(event=event, day=dates.day_in(event.when, zone)) for event in reversed(events))
    return LifeView(
        path=post.path,
        seen=post.first_seen or (life.first if life else None),
        has_history=life is not None,
        edits=edits,
        former=_former(life, post),
        first_path=post.first_path,
    )


def _former(life: PostHistory | None, post: PostHead) -> tuple[str, ...]:
    paths = [step.former for step in life.steps] if life and len(life.steps) > 1 else []
    return tuple(dict.fromkeys(path for path in (*paths, post.first_path) if path not in ("", post.path)))


def history_path(path: str) -> str:
    """Where the page stands that tells how the post of that path changed."""
    return path.removesuffix(".md") + ".history.html"


def _parts(pieces: Iterable[DiffPiece]) -> tuple[Part, ...]:
    return tuple(
        Part(mark=piece.mark, text=text, address=number % 2 == 1)
        for piece in pieces
        for number, text in enumerate(_ADDRESS.split(piece.text) if "](" in piece.text else [piece.text])
        if text
    )
