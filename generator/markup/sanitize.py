"""Sanitize all HTML of the planet by one allow-list.

`record` is for HTML of record, `page` for pages and feeds, `own` for the planet's own texts.
"""

import re
from collections.abc import Callable

import nh3

from generator.markup.tree import mathml

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
MATH = {tag: frozenset(names) for tag, names in mathml.ALLOWED.items()}
"""Elements of formulas, which nh3 lets pass in their own namespace only, and their attributes."""
_ALLOWED = ATTRIBUTES | {"*": frozenset()}
"""nh3 itself would let `title` and `lang` pass everywhere."""
_DROPPED_WITH_CONTENT = frozenset(
    (
        "applet audio embed iframe noembed noframes object script select style svg template textarea title video xmp"
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
    **{(tag, name): value for tag, names in mathml.ALLOWED.items() for name, value in names.items()},
    **{(tag, "id"): re.compile(r"fn(?:ref)?-\d{1,4}") for tag in ("a", "li", "sup")},
}
_REL = "nofollow noopener noreferrer ugc"
_IMAGE = 'loading="lazy" decoding="async" referrerpolicy="no-referrer"'


def _checked(tag: str, name: str, value: str) -> str | None:
    pattern = _VALUES.get((tag, name))
    return value if pattern is None or pattern.fullmatch(value) else None


_STRAY = re.compile(r"[\"\\^`{|}\[\]]")


def _valid(url: str) -> str:
    """Return a web address as https://url.spec.whatwg.org/#url-writing has it: what may not follow the host is
    escaped.
    """
    place = url.find("/", url.find("://") + 3)
    if "://" not in url or place < 0:
        return url
    plain, mark, fragment = url[place:].partition("#")
    tail = plain + mark + fragment.replace("#", "%23")
    return url[:place] + _STRAY.sub(lambda match: f"%{ord(match[0]):02X}", tail)


def _prefixed(prefix: str) -> Callable[[str, str, str], str | None]:
    def checked(tag: str, name: str, value: str) -> str | None:
        allowed = _checked(tag, name, value)
        if allowed and (name == "id" or (name == "href" and allowed.startswith("#"))):
            mark = "#" if name == "href" else ""
            return f"{mark}{prefix}{allowed.removeprefix('#')}"
        if tag == "img" and name in ("width", "height") and value.endswith("%"):
            return None  # HTML has pixels only
        return _valid(allowed) if allowed and name in ("href", "src") else allowed

    return checked


_RECORD = nh3.Cleaner(
    tags=TAGS | MATH.keys(),
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ALLOWED | MATH,
    attribute_filter=_checked,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)


_MOST = 20_000
"""Of the signs below in one document, from which on they are hidden from nh3."""
_HIDDEN = dict(zip(range(0xA0, 0xC0), range(0xFDD0, 0xFDF0), strict=True))
_SHOWN: dict[int, str] = {hidden: chr(code) for code, hidden in _HIDDEN.items()} | {0xFDD0: "&nbsp;", 1: "&amp;"}


def is_costly(html: str) -> bool:
    """Return whether nh3 may take seconds to write HTML: the square of the `&` and U+0080 to U+00BF that one text
    has.
    """
    return len(html) > _MOST and html.count("&") + html.encode("utf-8", "replace").count(b"\xc2") > _MOST


def cleaned(cleaner: nh3.Cleaner, html: str) -> str:
    """HTML as nh3 writes it, in a time that grows as the HTML does.

    Costly HTML must come from a tree: then `&` is written `&amp;`. Such signs pass as characters that no text holds.
    """
    if not is_costly(html):
        return cleaner.clean(html)
    return cleaner.clean(html.replace("&amp;", "\x01").translate(_HIDDEN)).translate(_SHOWN)


_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_WORD = re.compile(r"[\w-]{1,64}")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)


def own(html: str, *, root: str) -> str:
    """HTML of the planet's own texts: as for pages, but headings have ids and relative addresses lead from `root`."""

    def checked(tag: str, name: str, value: str) -> str | None:
        if tag in _TITLES:
            return f"own-{value}" if _WORD.fullmatch(value) else None
        if name in ("href", "src") and value.startswith("#"):
            return f"#own-{value[1:]}"
        if name in ("href", "src") and not _ELSEWHERE.match(value):
            return root + value
        return _checked(tag, name, value)

    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags={*_DROPPED_WITH_CONTENT, "math"},
        attributes={**{tag: set(names) for tag, names in _ALLOWED.items()}, **{tag: {"id"} for tag in _TITLES}},
        attribute_filter=checked,
        link_rel="noopener",
        url_schemes={"http", "https", "mailto"},
    )


def record(html: str) -> str:
    """HTML with nothing in it but what HTML of record may hold. The nesting of `html` must be bounded."""
    return cleaned(_RECORD, html)


def page(html: str, *, prefix: str) -> str:
    """HTML for pages and feeds: the same, with `prefix` before every id, and careful links and images."""
    cleaner = nh3.Cleaner(
        tags=TAGS | MATH.keys(),
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ALLOWED | MATH,
        attribute_filter=_prefixed(prefix),
        link_rel=_REL,
        url_schemes={"http", "https", "mailto"},
    )
    # nh3 itself would write several added attributes in random order. In what it wrote, a raw `<` opens a tag and
    # nothing else, and no image has these attributes yet.
    return cleaned(cleaner, html).replace("<img ", f"<img {_IMAGE} ")
