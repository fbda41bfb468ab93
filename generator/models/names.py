"""Compare names of people as people do (`name_key`). Pure."""

import unicodedata
from functools import lru_cache

_POINTS = range(10, 37)
"""Combining classes of the vowel points that Hebrew and Arabic writers leave out as often as not."""
_ACCENTS = 200
"""Combining classes from here on are marks beside a letter of any script; those below make other letters of it."""


@lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """Return what all spellings of a name share, whatever their case, accents and spaces.

    An accent that is part of a letter's shape counts as one, too: by its name, `Ł` is an L *with* a stroke.
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(_plain(letter) for letter in letters if not _is_left_out(letter))


def _is_left_out(letter: str) -> bool:
    place = unicodedata.combining(letter)
    return letter.isspace() or unicodedata.category(letter) == "Cf" or place in _POINTS or place >= _ACCENTS


def _plain(letter: str) -> str:
    whole, _, accent = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(whole) if accent else letter
    except KeyError:
        return letter
