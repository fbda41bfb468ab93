"""Protect what the author wrote from rules that go by class names, whatever class it carries, with `is_furniture`."""

from turbohtml import Element

from generator.markup.cleaning.removals import count_words
from generator.markup.tree.nodes import HEADINGS

MAX_ELEMENTS = 500
MAX_LABEL = 12
"""Words outside of links that label a widget ("Share this:", "Related posts"), at most."""
MAX_WORDS = 300
_WRITTEN = "pre,code,table,blockquote,article,main,details,math"
_TITLES = ",".join(sorted(HEADINGS))
_LINES = "p,li,dd,dt,figcaption"
_LINKS = ("a", "button", "select", "textarea")
_CONTROLS = "button,input,select,textarea"
_END = tuple(".!?。！？…")


def own_words(element: Element) -> int:
    """Count the words of an element that stand outside of links and buttons."""
    if element.tag in _LINKS:
        return 0
    return count_words(element) - sum(count_words(link) for link in element.select(",".join(_LINKS)))


def is_furniture(box: Element, root: Element) -> bool:
    """Tell whether a box holds links, buttons, and a few words that label them: no heading, prose or code of a text.

    It must be small, too, and not all that there is to read.
    """
    if box.tag in HEADINGS or box.matches(_WRITTEN) or box.select_one(_WRITTEN) is not None:
        return False
    if len(box.select("*")) > MAX_ELEMENTS or _pictures(box):
        return False
    own, words = own_words(box), count_words(box)
    links = box.tag == "a" or box.select_one("a,button") is not None
    room = 0 if not links else 3 if box.select_one(_CONTROLS) is not None else 1
    if words > MAX_WORDS or own > max(MAX_LABEL, room * MAX_LABEL, words // 4):
        return False
    if any(_is_prose(line, room) for line in (box, *box.select(_LINES))):
        return False
    if not links and any(not title.attr("class") for title in box.select(_TITLES)):
        return False
    return own == 0 or words < count_words(root) or root.select_one("img") is not None


def _pictures(box: Element) -> int:
    """Count the pictures and players that stand outside of links."""
    return len(box.select("img,video,audio,iframe")) - sum(len(link.select("img")) for link in box.select("a,button"))


def _is_prose(line: Element, room: int) -> bool:
    if not line.matches(_LINES) or line.select_one(_LINES) is not None:
        return False
    own = own_words(line)
    return own > 6 * room or (own > 2 and (line.tag == "li" or line.text.rstrip().endswith(_END)))
