"""Drop text that a page hides for good (drafts, lines for the inbox of a mail, traps for robots), with `hidden`."""

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
    elements = [element for element in root.select("[hidden],[style]") if _is_hidden(element)]
    if not elements or any(_OPENS.search(element.attr("onclick") or "") for element in root.select("[onclick]")):
        return False
    opened = _opened(root)
    dropped: list[Element] = []
    inside: set[Element] = set()
    for element in elements:
        if element in inside:
            continue
        inside.update(element.select("*"))
        if element.text.strip() and not _is_needed(element, opened):
            dropped.append(element)
    lost = sum(map(count_words, dropped))
    shown = count_words(root) - sum(map(count_words, root.select("script,style"))) - lost
    pictures = len(root.select(_PICTURES)) - sum(len(element.select(_PICTURES)) for element in dropped)
    if not dropped or (shown < _FEW and lost > _MANY) or shown + pictures <= 0:
        return False
    for element in dropped:
        element.decompose()
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
    texts = [element.attr(name) or "" for name in _ACTIONS for element in root.select(f"[{name}]")]
    texts += [href.partition("#")[2] or href for link in root.select(_LINKS) if (href := link.attr("href"))]
    return set(_NAME.findall(" ".join([*texts, *(script.text for script in root.select("script"))])))


def _is_needed(element: Element, opened: set[str]) -> bool:
    """Tell whether a reader can open it, or another rule reads it: formulas and players may stand in hidden places."""
    names = {part.attr("id") for part in element.select("[id]")} | {element.attr("id")}
    return (
        element.attr("role") == "tabpanel"
        or not opened.isdisjoint(names)
        or element.select_one(_SHOWN_LATER) is not None
    )
