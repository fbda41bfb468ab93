"""Text that a page hides for good: drafts, lines for the inbox of a mail, traps for robots."""

import re

from turbohtml import Element

from generator.markup.cleaning.removals import count_words

_PICTURES = "img,video,audio,iframe,object,embed,svg"
_MAYBE = re.compile("none|hid|collapse|max-height", re.IGNORECASE)
_SHOWN_LATER = "math,script,iframe,video,audio,object,embed"
_STYLES = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|max-height:0(?:px|em|rem|%)?)(?:!important)?(?:;|$)"
)
_OPENS = re.compile(r"display|toggle|hidden|slide|collapse|spoiler", re.IGNORECASE)
"""In what a click does: it may show anything."""
_ACTIONS = ("onclick", "aria-controls", "data-target", "data-bs-target")
_LINKS = 'a[href*="#"],a[href^="javascript:" i]'
_OTHERS = ("img", "iframe", "svg", "script", "style", "template", "input")
"""Elements that have rules of their own, or show nothing."""
_NAME = re.compile(r"[\w-]+")
_FEW, _MANY = 10, 100
"""Words: a page that shows fewer, and hides more, waits for a program to show it."""


def hidden(root: Element) -> bool:
    """Drop text that neither shows nor can be opened by a reader; not where next to nothing but that would be left."""
    found = [one for one in root.select("[hidden],[style]") if _is_hidden(one)]
    if not found or any(_OPENS.search(one.attr("onclick") or "") for one in root.select("[onclick]")):
        return False
    opened = _opened(root)
    dropped: list[Element] = []
    inside: set[Element] = set()
    for one in found:
        if one in inside:
            continue
        inside.update(one.select("*"))
        if one.text.strip() and not _is_needed(one, opened):
            dropped.append(one)
    lost = sum(map(count_words, dropped))
    shown = count_words(root) - sum(map(count_words, root.select("script,style"))) - lost
    pictures = len(root.select(_PICTURES)) - sum(len(one.select(_PICTURES)) for one in dropped)
    if not dropped or (shown < _FEW and lost > _MANY) or shown + pictures <= 0:
        return False
    for one in dropped:
        one.decompose()
    return True


def _is_hidden(element: Element) -> bool:
    """Tell whether its own attributes hide it."""
    if element.tag in _OTHERS:
        return False
    if "hidden" in element.attrs:
        return True
    style = element.attr("style") or ""
    return _MAYBE.search(style) is not None and _STYLES.search(re.sub(r"\s+", "", style).lower()) is not None


def _opened(root: Element) -> set[str]:
    """Return all names that links, buttons and programs of the page use: they may open what has such an id."""
    texts = [one.attr(name) or "" for name in _ACTIONS for one in root.select(f"[{name}]")]
    texts += [href.partition("#")[2] or href for one in root.select(_LINKS) if (href := one.attr("href"))]
    return set(_NAME.findall(" ".join([*texts, *(one.text for one in root.select("script"))])))


def _is_needed(element: Element, opened: set[str]) -> bool:
    """Tell whether a reader can open it, or another rule reads it: formulas and players may stand in hidden places."""
    names = {one.attr("id") for one in element.select("[id]")} | {element.attr("id")}
    return (
        element.attr("role") == "tabpanel"
        or not opened.isdisjoint(names)
        or element.select_one(_SHOWN_LATER) is not None
    )
