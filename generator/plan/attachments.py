"""Choose the files of an entry that its text does not show anyway, with `attachments`. Pure."""

import re
from collections.abc import Iterable
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


def attachments(files: Iterable[Enclosure], html: str, title: str) -> tuple[Enclosure, ...]:
    """Return the files that are to be recorded of an entry whose text is the clean HTML and whose title is plain.

    A picture that the text shows in whatever size goes, and so does a sound or film that the text plays, what counts
    readers, and a picture of a film that the text shows.
    """
    addresses = (*_PICTURE.findall(html), *_AROUND.findall(html)) if files else ()
    shown = {markup.picture_key(unescape(address)) for address in addresses}
    played = (
        {url_key(address) for address, words in markup.links(html) if markup.is_embed(address, words)} if files else ()
    )
    left = []
    for file in files:
        picture = file.thumbnail if markup.picture_key(file.thumbnail) not in shown and _is_seen(file.thumbnail) else ""
        if url_key(file.url) in played or (file.is_page and file.thumbnail and not picture):
            continue
        if not file.is_picture or (markup.picture_key(file.url) not in shown and _is_seen(file.url)):
            left.append(replace(file, thumbnail=picture, text=_text(file, title)))
    return tuple(left)


def _is_seen(address: str) -> bool:
    """Return whether the cleaning rules leave a picture of that address: it counts nobody."""
    return bool(address) and "<img" in markup.clean(f'<img src="{address}">', base="").html


def _text(file: Enclosure, title: str) -> str:
    """Return what is said of a file, in one plain line, unless that is its name or the entry's title."""
    html = file.text[:_MOST]
    text = markup.text(markup.clean(html, base="").html if "<" in html else html)
    line = markup.plain_line(text, limit=MAX_TEXT)
    says = "".join(filter(str.isalnum, line)).casefold()
    name = "".join(filter(str.isalnum, unescape(file.url.partition("?")[0].rpartition("/")[2]))).casefold()
    return "" if says in name or line.casefold() == title.casefold() else line
