"""Compare names of people as people spell them (`name_key`), or as they look (`shape_key`). Pure."""

import unicodedata
from functools import lru_cache

_POINTS = range(10, 37)
"""Combining classes of the vowel points that Hebrew and Arabic writers leave out as often as not."""
_ACCENTS = 200
"""Combining classes from here on are marks beside a letter of any script; those below make other letters of it."""
_SHAPES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԌԚԜаеѕіјкмнорстухһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεηικνορτυχγIl1|ıɩ0ɑɡ",
    "ABESIJKMHOPCTYXGQWaesijkmhopctyxhdqwvABEZHIKMNOPTYXaenikvoptuxyiiiiiioag",
)
"""Letters of Cyrillic and Greek that look like Latin ones, and Latin signs that look alike. As in UTS 39, where a table
of thousands says so; names that only look alike are remarked here, so that the letters of most names are enough."""


@lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """Return what all spellings of a name share, whatever their case, accents and spaces.

    An accent that is part of a letter's shape counts as one, too: by its name, `Ł` is an L *with* a stroke.
    """
    letters = _folded("".join(map(_plain, _folded(name))))
    return "".join(letter for letter in letters if not _is_left_out(letter))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def shape_key(name: str) -> str:
    """Return what names share that a reader takes for one another: letters of other scripts, punctuation, `l` for `I`.

    Empty where nothing is left. For comparing only.
    """
    letters = unicodedata.normalize("NFKD", name).translate(_SHAPES)
    key = "".join(letter for letter in name_key(letters) if not unicodedata.category(letter).startswith("P"))
    return key.translate(_SHAPES).replace("rn", "m").replace("vv", "w")


def _is_left_out(letter: str) -> bool:
    place = unicodedata.combining(letter)
    return letter.isspace() or unicodedata.category(letter) == "Cf" or place in _POINTS or place >= _ACCENTS


def _plain(letter: str) -> str:
    whole, _, accent = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(whole) if accent else letter
    except KeyError:
        return letter
