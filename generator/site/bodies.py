"""A post's Markdown → the HTML that pages and feeds show. Pure."""

import re
from dataclasses import dataclass
from hashlib import blake2s

from generator import markup
from generator.model import Post

SHOWN = 1200
"""Visible characters of a post on a front page before the reader is asked."""
_WORDS_A_MINUTE = 220
_LETTERS_A_MINUTE = 500
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_HEADING = re.compile(r"(</?h)([1-6])(?=[ >])")


@dataclass(frozen=True, kw_only=True)
class Body:
    """Sanitised HTML of one post. Its uppermost heading is h2 in `html`, below a title of h1, and h4 in the others."""

    html: str
    shown: str
    rest: str = ""
    """What a front page folds away; empty for a short post."""
    minutes: int = 1
    """How long the whole post takes to read."""


def anchor(post: Post) -> str:
    """A short id, unique on a page and stable for ever, for links to the post and for the ids within it."""
    return "p" + blake2s(post.path.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()


def render_body(post: Post) -> Body:
    """The body of a post, rendered and sanitised once for all the pages that show it."""
    html = markup.to_html(post.body, prefix=f"{anchor(post)}-")
    lower = _headings(html, top=4)
    shown, rest = (lower, "") if len(lower) <= SHOWN else markup.fold(lower, limit=SHOWN)
    return Body(html=_headings(html, top=2), shown=shown, rest=rest, minutes=_minutes(post.body))


def _headings(html: str, *, top: int) -> str:
    """The same with its uppermost heading at level `top`, so that no level is skipped below a title.

    In sanitised HTML a raw `<` opens a tag and nothing else, so changing these letters cannot open a door.
    """
    found = [int(level) for _, level in _HEADING.findall(html)] if "<h" in html else []
    down = top - min(found, default=top)
    return _HEADING.sub(lambda tag: f"{tag[1]}{min(6, int(tag[2]) + down)}", html) if down else html


def _minutes(text: str) -> int:
    letters = len(_IDEOGRAPHS.findall(text))
    return max(1, round(len(text.split()) / _WORDS_A_MINUTE + letters / _LETTERS_A_MINUTE))
