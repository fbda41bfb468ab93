"""Render Markdown of record as sanitized HTML for pages and feeds with `to_html`, and part that HTML with `fold`."""

import re

import turbohtml
from turbohtml import Element

from generator.markup import repair, sanitize
from generator.markup.markdown import engine
from generator.markup.tree import MAX_TAGS, read
from generator.markup.tree import html as tree_html
from generator.markup.tree.nodes import HEADINGS

MAX_DEPTH = 256
"""Deeper nesting is flattened before sanitising: the sanitiser's time grows with its square."""
_MOST_ATTRIBUTES = 5_000
_MATH = re.compile(r"<math", re.IGNORECASE)
"""A formula, whoever wrote it, goes through the tree of record, where nothing but formulas stands in it."""
_HEADING = re.compile(r"<(/?)h([1-6])>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "source", "wbr"))


def to_html(markdown: str, *, prefix: str = "", shift: int = 0) -> str:
    """Markdown of record as sanitised HTML, its headings `shift` levels lower and `prefix` before every id."""
    html = repair.harmless(engine.render(repair.characters(markdown)), limit=MAX_TAGS)
    if _deep(html) or _MATH.search(html) or sanitize.is_costly(html) or _is_crowded(html):
        html = repair.characters(tree_html.html(read(html)))
    if shift:
        html = _HEADING.sub(lambda match: f"<{match[1]}h{min(6, int(match[2]) + shift)}>", html)
    # What XML forbids goes last of all, for feeds: it can be written as `&#1;`, and no tag can come of its going.
    return repair.characters(sanitize.page(html, prefix=prefix))


def _deep(html: str) -> bool:
    if html.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for slash, name in _TAG.findall(html):
        if name not in _VOID:
            depth += -1 if slash else 1
        if depth > MAX_DEPTH:
            return True
    return False


def _is_crowded(html: str) -> bool:
    """Return whether a tag has so many attributes that the sanitizer, which compares each with all before it, takes
    long.
    """
    if len(html) < _MOST_ATTRIBUTES * 20:
        return False
    root = turbohtml.parse_fragment(html, positions=False)
    return any(len(element.attrs) > _MOST_ATTRIBUTES for element in root.iter_elements())


def fold(html: str, *, limit: int = 1200) -> tuple[str, str]:
    """Sanitised HTML parted at a top-level block near `limit` visible characters: what shows, and the rest.

    Both together are the input, to the character. The rest is empty where little or nothing would be left for it.
    """
    root = turbohtml.parse_fragment(html)
    parts = [part for part in root.children if isinstance(part, Element)]
    total = len(root.text)
    seen = 0
    for place, part in enumerate(parts):
        if seen >= limit and total - seen > limit // 3:
            first = place - 1 if parts[place - 1].tag in HEADINGS and place > 1 else place
            cut = _offset(html, parts[first])
            return html[:cut], html[cut:]
        seen += len(part.text)
    return html, ""


def _offset(html: str, part: Element) -> int:
    lines = html.split("\n")
    row = (part.source_line or 1) - 1
    return sum(len(line) + 1 for line in lines[:row]) + (part.source_col or 0)
