"""Nouns of an import: a `FeedList` is what one list says, an `ImportNote` what became of one thing in it. Pure."""

from dataclasses import dataclass

from generator.errors import PlanetError
from generator.models import Author


@dataclass(frozen=True, kw_only=True)
class ImportNote:
    """What became of one thing that a list says: `went` tells where it is now, or `why` that it is nowhere."""

    what: str
    """The key or thing, as the list calls it."""
    who: str
    """Whose it is: a section, a name, a line."""
    went: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedList:
    """A list of feeds, read. Each author has one feed, and a nick only where the list itself has a word for it."""

    shape: str
    """What kind of list it is, in words."""
    authors: tuple[Author, ...]
    asides: tuple[Author, ...] = ()
    """Members that are commented out."""
    title: str = ""
    url: str = ""
    contact: str = ""
    per_page: int = 0
    notes: tuple[ImportNote, ...] = ()


class ListError(PlanetError):
    """A file that is no list of feeds."""
