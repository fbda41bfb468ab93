"""A first, thin version of every function of the door: replaced room by room."""

import html as entities
import re
from dataclasses import dataclass

import nh3
import pyromark
import turbohtml

from generator import urls

_WORDS = (
    "a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img "
    "ins kbd li mark ol p pre q rp rt ruby s small strong sub summary sup table tbody td tfoot th thead tr u ul"
)
_TAGS = set(_WORDS.split())
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "abbr": {"title"},
}
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES
_STRIPPED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """HTML of record: sanitised, its links absolute."""

    html: str
    rules: tuple[str, ...] = ()
    """Names of the cleaning rules that touched it, in their order."""


def text(html: str) -> str:
    """The visible text of HTML on one line, white space folded."""
    return " ".join(turbohtml.parse_fragment(nh3.clean(html, tags=_TAGS)).to_text().split())


def title(raw: str) -> str:
    """A stranger's title (HTML or text, maybe escaped twice) as one printable line of at most 300 characters."""
    bare = entities.unescape(text(raw))
    return " ".join(_STRIPPED.sub(" ", bare).split())[:300]


def clean(html: str, *, base: str, title: str = "") -> Cleaned:
    """A stranger's body as HTML of record: sanitised, its links made absolute by `base`."""
    del title

    def address(_tag: str, name: str, value: str) -> str | None:
        return (urls.web(value, base=base) or None) if name in ("href", "src") else value

    return Cleaned(html=nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=address, link_rel=None))


def to_markdown(html: str) -> str:
    """HTML of record as Markdown of record."""
    return turbohtml.parse_fragment(html).to_markdown().strip() + "\n"


def to_html(markdown: str, *, prefix: str = "", shift: int = 0) -> str:
    """Markdown of record as sanitised HTML for pages and feeds; headings are `shift` levels lower."""
    rendered = pyromark.html(markdown, options=_OPTIONS)
    lower = re.sub(r"<(/?)h([1-6])>", lambda found: f"<{found[1]}h{min(6, int(found[2]) + shift)}>", rendered)
    safe = nh3.clean(
        lower,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        link_rel="nofollow noopener noreferrer ugc",
        url_schemes={"http", "https", "mailto"},
        id_prefix=prefix or None,
    )
    # Not by set_tag_attribute_values: nh3 writes several added attributes in random order. In its output a raw `<`
    # opens a tag and nothing else, so this cannot open a door.
    return safe.replace("<img ", '<img loading="lazy" decoding="async" referrerpolicy="no-referrer" ')


def signature(html: str) -> str:
    """What a reader would notice: text, link targets, image addresses without tracking, in order."""
    root = turbohtml.parse_fragment(html)
    marks = (str(one.attrs.get("href") or one.attrs.get("src") or "") for one in root.find_all(["a", "img"]))
    return "\n".join([text(html), *(urls.without_tracking(mark) for mark in marks)])


def description(html: str, *, limit: int = 300) -> str:
    """The first plain text of a body, cut at a word."""
    line = text(html)
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"


def fold(html: str, *, limit: int = 1200) -> tuple[str, str]:
    """Sanitised HTML parted at a block near `limit` visible characters: what is shown, and the rest or nothing."""
    del limit
    return html, ""
