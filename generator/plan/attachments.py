"""Choose the files of an entry that its text does not show anyway, with `attachments`. Pure."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from html import unescape

from generator import markup
from generator.models import Enclosure, url_key

MAX_TEXT = 1500
"""Characters of what is said of a picture: as many as Mastodon allows."""
_MOST = 20_000
"""Characters of HTML that are read for it."""
_PICTURE = re.compile(r"<img\b[^<>]*?\bsrc=\"([^\"]*)\"")
_AROUND = re.compile(r"<a\b[^<>]*?\bhref=\"([^\"]*)\"[^<>]*>\s*<img\b")
"""A link around a picture, which often leads to its full size."""


def attachments(files: Sequence[Enclosure], html: str, title: str) -> tuple[Enclosure, ...]:
    """Return the files that are to be recorded of an entry whose text is the clean HTML and whose title is plain.

    A picture that the text shows in whatever size goes, and so does a sound or film that the text plays, what counts
    readers, and a picture of a film that the text shows.
    """
    if not files:
        return ()
    addresses = (*_PICTURE.findall(html), *_AROUND.findall(html))
    shown = {"", *(markup.picture_key(unescape(address)) for address in addresses)}
    played = {url_key(address) for address, words in markup.links(html) if markup.is_embed(address, words)}
    words = (title, markup.text(html)[: 2 * MAX_TEXT])
    left = []
    for file in files:
        thumbnail = file.thumbnail if _is_new(file.thumbnail, shown) else ""
        if file.is_picture:
            is_shown = not _is_new(file.url, shown)
        else:
            is_shown = url_key(file.url) in played or (file.is_page and file.thumbnail != thumbnail)
        if not is_shown:
            left.append(replace(file, thumbnail=thumbnail, text=_text(file.text, words)))
    return tuple(left)


def _is_new(picture: str, shown: Set[str]) -> bool:
    """Return whether a picture is none of those shown, and none that the cleaning rules would drop: of a counter."""
    if markup.picture_key(picture) in shown:
        return False
    return "<img" in markup.clean(f'<img src="{picture}">', base="").html


def _text(html: str, others: tuple[str, ...]) -> str:
    """Return what is said of a file, in one plain line, unless one of the other texts says the same."""
    bounded = html[:_MOST]
    text = markup.text(markup.clean(bounded, base="").html if "<" in bounded else bounded)
    line = markup.plain_line(text, limit=MAX_TEXT)
    return "" if line.casefold() in map(str.casefold, others) else line
