"""Drop what themes and plug-ins put into a text.

`widgets` drops buttons for sharing and lists of related posts, `anchors` the marks beside headings.
"""

import re

from turbohtml import Element

from generator.markup.cleaning.guards import is_furniture
from generator.markup.tree.nodes import HEADINGS

WIDGETS = re.compile(
    r"(?:^|\s)(?:feedflare|sharedaddy|sd-sharing\S*|jp-relatedposts|addtoany\S*|a2a_\S+|addthis\S*|share-buttons|"
    r"social-share\S*|post-share\S*|wpcnt|wpa|disqus\S*|dsq-\S+|comments-link|"
    r"yarpp-related\S*|heateor\S*|mc4wp\S*|copy-?(?:btn|button|code-button)|jp-post-flair)(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
ANCHORS = re.compile(
    r"(?:^|\s)(?:headerlink|header-anchor|anchor-link|heading-anchor|hanchor|anchorjs-link)(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
_MARKS = re.compile(r"[#¶§🔗⚓∞\s\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff\ue000-\uf8ff]*")
"""Signs for "a link to this place", also those of fonts made of icons."""
_FOR_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader\S*|assistive-text)(?=[\s_-]|$)", re.IGNORECASE
)
_CARRIERS = '[class*="anchor" i],[class*="headerlink" i]'
_TITLES = ",".join(sorted(HEADINGS))
_MAX_LOOKS = 4
"""How often each element is looked at, on average: widgets do not stand in widgets without end."""


def widgets(root: Element) -> bool:
    """Drop sharing buttons, related posts, comment counters and copy buttons: only links with a few words of label."""
    boxes = [box for box in root.select("[class],[id]") if WIDGETS.search(f"{box.attr('class')} {box.attr('id')}")]
    dropped: set[Element] = set()
    looks = _MAX_LOOKS * len(root.select("*")) if boxes else 0
    for box in boxes:
        looks -= len(box.select("*"))
        if box not in dropped and looks >= 0 and is_furniture(box, root):
            dropped.update((box, *box.select("*")))
            box.decompose()
    return bool(dropped)


def anchors(root: Element) -> bool:
    """Drop links from a heading to itself, in it or beside it, that have no words of their own."""
    headings = root.select(_TITLES)
    inner: set[Element] = set()
    candidates: list[Element] = []
    for heading in headings:
        if heading not in inner and (links := heading.select("a[href]")):
            inner.update(heading.select(_TITLES))
            text = heading.text.strip()
            candidates += [link for link in links if link.text.strip() != text]
    candidates += [link for heading in headings for link in _beside(heading) if "#" in (link.attr("href") or "")]
    named = [carrier for carrier in root.select(_CARRIERS) if carrier.tag in ("a", "span", "button")]
    candidates += [carrier for carrier in named if ANCHORS.search(carrier.attr("class") or "")]
    marks = [mark for mark in dict.fromkeys(candidates) if _is_mark(mark)]
    for mark in marks:
        mark.decompose()
    return bool(marks)


def _beside(heading: Element) -> list[Element]:
    """Return the links right before and after a heading, but for white space."""
    sides = (heading.previous_siblings, heading.next_siblings)
    near = (node for side in sides for node, _ in zip(side, range(2), strict=False))
    return [node for node in near if isinstance(node, Element) and node.tag == "a"]


def _is_mark(link: Element) -> bool:
    """Tell whether a link shows no more than a sign; what it says to screen readers alone are no words of its own."""
    if any((image.attr("alt") or "").strip() or "#" not in (link.attr("href") or "") for image in link.select("img")):
        return False
    text = link.text
    for part in link.select("[class],svg"):
        if part.tag == "svg" or _FOR_READERS.search(part.attr("class") or ""):
            text = text.replace(part.text, "", 1)
    return _MARKS.fullmatch(text) is not None
