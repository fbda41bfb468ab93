"""Render a post's Markdown as the HTML that pages and feeds show (`render_body`). Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s

from generator import markup
from generator.markup.highlight import coloured
from generator.models import Post, PostHead

SHOWN = 1200
"""Visible characters of a post on a front page before the reader is asked."""
FOLDED = 40_000
"""Characters of HTML that a front page folds away: a longer rest is on the post's own page, so that fifty load fast."""
_WORDS_A_MINUTE = 220
_LETTERS_A_MINUTE = 500
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_TAG = re.compile(r"<(/?)(h[1-6]|pre|section|table|t[dh](?= [^<>]*align))\b([^<>]*)>")
_ALIGN = re.compile(r"(?<= )align=")
_BOX = 'tabindex="0" role="group" aria-labelledby='
"""The page says in its own language what the box is, in elements of these ids."""
_BARE = re.compile(r"<a ([^<>]*)>((?:\s|<(?!/?a\b)[^<>]*>)*)</a>")
"""A link that holds no words."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """The text of one post as sanitised HTML, for each place where it is shown."""

    html: str
    """For feeds: as it was sanitised."""
    minutes: int = 1
    """How long the whole post takes to read."""
    lost: bool = False
    """Whether it could not be rendered; then a template shows a notice."""
    colours: Callable[[str], str] = coloured
    """Colours the code in the HTML."""

    @cached_property
    def _coloured(self) -> str:
        return self.colours(self.html)

    @cached_property
    def _folded(self) -> tuple[str, str]:
        dressed = _dress(self._coloured, below=3)
        return markup.fold(dressed, limit=SHOWN) if len(self.html) > SHOWN else (dressed, "")

    @property
    def shown(self) -> str:
        """For front pages: its uppermost heading is h4, below a title of h3."""
        return self._folded[0]

    @property
    def rest(self) -> str:
        """What a front page folds away; empty for a short post, and for one that is too long to be read there."""
        return self._folded[1] if len(self._folded[1]) <= FOLDED else ""

    @property
    def elsewhere(self) -> bool:
        """Whether a front page leaves the rest to the post's own page."""
        return len(self._folded[1]) > FOLDED

    @property
    def whole(self) -> str:
        """For the post's own page: its uppermost heading is h2, below a title of h1."""
        return _dress(self._coloured, below=1)


Bodies = Callable[[PostHead], Body]
"""Gives the rendered body of a post when it is asked for."""


def anchor(path: str) -> str:
    """A short id, unique on a page and stable for ever, for links to the post of that path and for the ids in it."""
    return "p" + blake2s(path.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()


def render_body(post: Post) -> Body:
    """The body of a post, rendered and sanitised once for all the pages that show it."""
    return render_text(post.first_path, post.body)


def render_text(path: str, text: str) -> Body:
    """The same, of the Markdown of the post that came with that path."""
    return Body(html=markup.to_html(text, prefix=f"{anchor(path)}-"), minutes=_minutes(text))


def _dress(html: str, *, below: int) -> str:
    """The same with its headings below one of that level, and with code and tables in boxes that a keyboard can scroll.

    No level is skipped, however the author jumps, so that who walks by headings misses none. Cells are aligned by a
    class, and footnotes, which have no heading, are no section; feed readers, which lack our stylesheet, get the plain
    HTML. In sanitised HTML a raw `<` opens a tag and a raw `>` ends it, wherever they stand: nothing else is touched.
    """
    above: list[int] = []

    def dressed(match: re.Match[str]) -> str:
        end, name, attributes = match.groups()
        if name == "table":
            return "</table></div>" if end else f'<div class="wide" {_BOX}"is-table"><table{attributes}>'
        if name == "section":
            return f"<{end}div{attributes}>"
        if name in ("td", "th"):
            return f"<{name}{_ALIGN.sub('class=', attributes)}>"
        if name == "pre":
            return "</pre>" if end else f'<pre {_BOX}"is-code"{attributes}>'
        if not end:
            while above and above[-1] >= int(name[1]):
                above.pop()
            above.append(int(name[1]))
        return f"<{end}h{min(6, below + len(above))}{attributes}>"

    html = _TAG.sub(dressed, html)
    return _BARE.sub(_named, html) if 'alt=""' in html else html


def _named(match: re.Match[str]) -> str:
    """A link around pictures of which the author says nothing has a name all the same."""
    words = re.search(r'\balt="[^"]', match[2])
    return match[0] if words else f'<a aria-labelledby="is-picture" {match[1]}>{match[2]}</a>'


def _minutes(text: str) -> int:
    letters = len(_IDEOGRAPHS.findall(text))
    return max(1, round(len(text.split()) / _WORDS_A_MINUTE + letters / _LETTERS_A_MINUTE))
