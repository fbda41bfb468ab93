"""Compare addresses of pictures, with `picture_key`."""

import re
from urllib.parse import unquote

from generator.markup.cleaning.images import key

_SCHEME = re.compile(r"https?(?::|%3A)(?:/|%2F){1,2}", re.IGNORECASE)
"""How an address begins, also within that of a server that hands a picture on in another size."""
_FOLDER = re.compile(
    r"[swh]\d{2,4}(?:[x-][\w-]*)?|\d{2,4}x\d{2,4}|(?:[^/]*,)?[wh]_\d{1,4}(?:,[^/]*)?"
    r"|full|large|medium|original|small|thumb(?:nail)?s?",
    re.IGNORECASE,
)
"""A folder that is named for the size of the pictures in it."""
_NAME = re.compile(
    r"(?:(?<=[\da-f]{8})_(?:[a-z]|\d{1,4})|[-_](?:large|medium|small|thumb(?:nail)?))(?=\.\w+$)|=[swh]\d{2,4}[\w-]*$",
    re.IGNORECASE,
)
"""The same in the name of a file: after a long number, `_b` and `_16` are sizes."""
_ASKED = re.compile(
    r"(?:auto|crop|dpr|fit|fm|format|h|height|name|q|quality|resize|s|size|ssl|strip|sz|w|width|zoom)=.*", re.IGNORECASE
)
"""A parameter that asks for a size or a quality."""


def picture_key(address: str) -> str:
    """Return what two addresses of one picture share, whatever size of it they name and whichever server's copy.

    For comparing, never for fetching or showing.
    """
    inner = [match.end() for match in _SCHEME.finditer(address) if match.start()]
    if inner:
        address = unquote("https://" + address[inner[-1] :].partition("&")[0])
    path, _, query = key(address).partition("?")
    *folders, name = path.split("/")
    bare = (*folders[:1], *(folder for folder in folders[1:] if not _FOLDER.fullmatch(folder)))
    asked = "&".join(pair for pair in query.split("&") if pair and not _ASKED.fullmatch(pair))
    return "/".join((*bare, _NAME.sub("", name))) + (f"?{asked}" if asked else "")
