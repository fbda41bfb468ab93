"""The allow-list, and the sanitiser of HTML of record."""

import re

import nh3

from generator.markup.sanitize import cleaned

_INLINE = "a abbr bdi bdo br cite code del dfn em img ins kbd mark q rp rt ruby samp small strong sub sup u var"
_BLOCKS = (
    "blockquote caption dd details dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table "
    "tbody td th thead tr ul"
)
TAGS = frozenset((_INLINE + " " + _BLOCKS).split())
_CELL = frozenset(("align", "colspan", "rowspan"))
ATTRIBUTES = {
    "a": frozenset(("href", "title", "id")),
    "abbr": frozenset(("title",)),
    "bdo": frozenset(("dir",)),
    "code": frozenset(("class",)),
    "img": frozenset(("src", "alt", "title", "width", "height")),
    "li": frozenset(("id",)),
    "ol": frozenset(("start", "type", "reversed")),
    "section": frozenset(("class",)),
    "sup": frozenset(("id",)),
    "td": _CELL,
    "th": _CELL,
}
_ALLOWED = ATTRIBUTES | {"*": frozenset()}
"""nh3 itself would let `title` and `lang` pass everywhere."""
_DROPPED_WITH_CONTENT = frozenset(
    (
        "applet audio embed iframe math noembed noframes object script select style svg template textarea title "
        "video xmp"
    ).split()
)
_VALUES = {
    ("code", "class"): re.compile(r"language-[\w+#.-]{1,40}"),
    ("section", "class"): re.compile(r"footnotes"),
    ("a", "href"): re.compile(r"https?://[^\s<>]+|mailto:[^\s<>]+|#fn(?:ref)?-\d{1,4}", re.IGNORECASE),
    ("img", "src"): re.compile(r"https?://[^\s<>]+", re.IGNORECASE),
    ("img", "width"): re.compile(r"\d{1,5}%?"),
    ("img", "height"): re.compile(r"\d{1,5}%?"),
    ("ol", "start"): re.compile(r"\d{1,9}"),
    ("ol", "type"): re.compile(r"[aAiI]"),
    ("ol", "reversed"): re.compile(r""),
    ("bdo", "dir"): re.compile(r"ltr|rtl"),
    **{(tag, "align"): re.compile(r"left|right|center") for tag in ("td", "th")},
    **{(tag, name): re.compile(r"\d{1,4}") for tag in ("td", "th") for name in ("colspan", "rowspan")},
    **{(tag, "id"): re.compile(r"fn(?:ref)?-\d{1,4}") for tag in ("a", "li", "sup")},
}


def _checked(tag: str, name: str, value: str) -> str | None:
    pattern = _VALUES.get((tag, name))
    return value if pattern is None or pattern.fullmatch(value) else None


_RECORD = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ALLOWED,
    attribute_filter=_checked,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)


def record(html: str) -> str:
    """HTML with nothing in it but what HTML of record may hold. The nesting of `html` must be bounded."""
    return cleaned(_RECORD, html)
