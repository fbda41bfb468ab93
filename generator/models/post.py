"""Posts of the archive, and how they change: `Post`, `Change`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from generator.models.feed import Enclosure, When

FIRST_SEEN, CLAMPED = "first_seen", "clamped"
"""Why a post's date is not its feed's: that tells none, or one in the future. It is when the planet saw it first."""
ROBOT = "planet@planet.invalid"
"""Mail address of the committer of every commit that the planet makes, by which the log tells it from people."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PostHead:
    """What the front matter of a post tells: all that lists, archives and figures are made of.

    A planet may have 100,000 of them at once, so they are small.
    """

    path: str
    """Relative to the root, with forward slashes. Chosen once."""
    nick: str
    author: str
    """The member, by the name of the day on which the post was written to its file."""
    date: When
    title: str = ""
    """One line of printable text; empty where the author gave none, and of a post that was withdrawn."""
    date_from: str = ""
    """Where `date` is not the feed's: FIRST_SEEN or CLAMPED."""
    updated: When | None = None
    byline: str = ""
    """Who wrote the entry, where the feed names somebody else than the member."""
    former_nick: str = ""
    """The nick under which the post came, where its member was renamed since."""
    canonical_url: str = ""
    comments: str = ""
    """Address of the discussion."""
    guid: str = ""
    """Empty for a post that a person wrote into posts/ by hand."""
    former_guids: tuple[str, ...] = ()
    """Other GUIDs that its feeds use or used for it."""
    also_at: tuple[str, ...] = ()
    """Addresses where another author tells the same post."""
    tags: tuple[str, ...] = ()
    lang: str = ""
    description: str = ""
    """The first plain sentences, or the feed's own summary."""
    excerpt: bool = False
    """True where the feed gave only a part: the page says "Continue reading"."""
    editions: tuple[str, ...] = ()
    """Keys; empty means all."""
    feed: str = ""
    rights: str = ""
    """Of the entry, else of its feed: a text, or the address of a licence."""
    enclosures: tuple[Enclosure, ...] = ()
    first_seen: datetime | None = None
    first_reading: bool = False
    """True for what came with its feed's first reading: part of the author's past."""
    digest: str = ""
    original: str = ""
    """Path of the post of which this is another member's copy: nothing shows it, and its page leads there."""
    withdrawn: datetime | None = None
    reason: str = ""

    @property
    def first_nick(self) -> str:
        """The nick under which the post came: what ids are made of, so that none changes when a member is renamed."""
        return self.former_nick or self.nick

    @property
    def first_path(self) -> str:
        """The path under that nick, for the same use."""
        folder = f"posts/{self.nick}/"
        moved = self.former_nick and self.path.startswith(folder)
        return f"posts/{self.former_nick}/{self.path.removeprefix(folder)}" if moved else self.path

    @property
    def is_standing(self) -> bool:
        """Whether it is shown: neither withdrawn nor a copy."""
        return self.withdrawn is None and not self.original


@dataclass(frozen=True, kw_only=True, slots=True)
class Post(PostHead):
    """An item as the repository keeps it: one file below posts/."""

    body: str = ""
    """Markdown of record."""


class Kind(StrEnum):
    """What a change does to a post."""

    ADD = "Add"
    REVISE = "Revise"
    WITHDRAW = "Withdraw"
    REPAIR = "Repair"
    """The planet converts again what an earlier version of it converted worse; the author changed nothing."""


RENAME = "Rename"
"""How the subject of a commit begins that moves a member to another nick."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A post to be written and what it replaces."""

    kind: Kind
    post: Post
    before: Post | None = None
    unsaid: str = ""
    """The beginning of the text, where nobody told the post's language for sure: to be guessed before it is written."""
    shrinks: bool = False
    """Whether a revision takes all or most of the text away: it waits until a later reading confirms it."""
    removed: Mapping[str, Mapping[str, int]] = field(default_factory=dict, compare=False)
    """What cleaning took out of the text: by rule, how many words, pictures, links and embeds."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One file of the site: a template and the names that it shows."""

    path: str
    """Relative to the site's root: `index.html`, `universe/atom.xml`."""
    template: str
    place: str
    """The path that the menus mark as the place of this page: mostly its own; empty where no menu leads there."""
    masthead: str = "p"
    """The HTML element of the edition's name above the page: on its front pages that is the heading."""
    own: Mapping[str, Any]
    """The names that this page shows; those that follow from its path and its edition come to them."""
    common: Mapping[str, Any]
    """Those that every page of the site shows: the same table for all."""
