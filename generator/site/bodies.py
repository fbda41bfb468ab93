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
    """Sanitised HTML of one post. Its headings begin at h2 in `html`, and at h4 in `shown` and `rest`."""

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
    html = markup.to_html(post.body, prefix=f"{anchor(post)}-", shift=1)
    shown, rest = (html, "") if len(html) <= SHOWN else markup.fold(html, limit=SHOWN)
    return Body(html=html, shown=_lower(shown), rest=_lower(rest), minutes=_minutes(post.body))


def _lower(html: str) -> str:
    """The headings two levels lower. A raw `<` in sanitised HTML opens a tag and nothing else, so this is safe."""
    return _HEADING.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + 2)}", html) if "<h" in html else html


def _minutes(text: str) -> int:
    letters = len(_IDEOGRAPHS.findall(text))
    return max(1, round(len(text.split()) / _WORDS_A_MINUTE + letters / _LETTERS_A_MINUTE))
