"""Cleaning rules, `RULES` by name: each drops or mends one kind of thing that is no part of what the author wrote."""

import re
from collections.abc import Callable

from turbohtml import Element, Node, Text

from generator.markup.cleaning.counters import COUNTERS, counters, counts
from generator.markup.cleaning.fallbacks import fallbacks
from generator.markup.cleaning.footers import footers
from generator.markup.cleaning.formulas import formulas
from generator.markup.cleaning.frames import frames
from generator.markup.cleaning.hidden import hidden
from generator.markup.cleaning.inventory import Inventory
from generator.markup.cleaning.listings import code_links, gutters
from generator.markup.cleaning.sidenotes import sidenotes
from generator.markup.cleaning.widgets import ANCHORS, WIDGETS, anchors, widgets
from generator.markup.tree.nodes import HEADINGS
from generator.models import urls

_CONTROLS = "input,select,button,datalist"
_TRACKERS = re.compile(
    r"//(?:[\w.-]+\.)?(?:feeds\.feedburner\.com/~(?:r|ff|a)/|feedsportal\.com/|stats\.wordpress\.com/|pixel\.wp\.com/"
    r"|feeds\.wordpress\.com/1\.0/|pixel\.quantserve\.com/|google-analytics\.com/|googletagmanager\.com/|doubleclick\.net/"
    r"|medium\.com/_/stat|blogger\.googleusercontent\.com/tracker/|rss-tracking|feedblitz\.com/-/"
    r"|hits\.[\w.-]+/|(?:hit|web|stat|free|visitor|hitweb|[\w-]+-)?counter\d*\.[\w.-]+/|[\w-]*visitor-badge[\w.-]*/"
    r"|komarev\.com/ghpvc|count\.getloli\.com/|rover\.ebay\.com/roverimp|assoc-amazon\.[\w.]+/e/ir|scorecardresearch\.com/)",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s*[01](?:px)?\s*$")
_HIDDEN_DOT = re.compile(r"display:\s*none|(?:^|[;\s])(?:width|height):\s*[01]px", re.IGNORECASE)
_PROTECTED = '.__cf_email__,a[href*="/cdn-cgi/l/email-protection"]'
_TITLES = ",".join(sorted(HEADINGS))
_WRITTEN = f"{_TITLES},p,pre,li,table,blockquote"
"""What stands in no control: the end of the control is missing, or it folds a text."""
_EMOJI = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|emojione|twemoji|g-emoji)(?=\s|$)")


def scripts(root: Element) -> bool:
    """Programs and styles go with all that is in them; a frame stays for what a script would show."""
    framed = frames(root)
    return _drop(root.select("script,style,template,link,meta,base,title:not(svg title),head")) or framed


def _drop(elements: list[Element]) -> bool:
    for element in elements:
        element.decompose()
    return bool(elements)


def trackers(root: Element) -> bool:
    """Images and frames of one pixel, hidden ones, and those of services that count readers."""
    elements = [element for element in root.select("img,iframe") if _tracks(element)]
    return _drop(elements)


def _tracks(element: Element) -> bool:
    sides = [element.attr("width") or "", element.attr("height") or ""]
    lengths = [side for side in sides if side]
    if lengths and all(_DOT.match(side) for side in lengths):
        return True
    if _HIDDEN_DOT.search(element.attr("style") or ""):
        return True
    return bool(_TRACKERS.search(element.attr("src") or ""))


def emails(root: Element) -> bool:
    """Show the addresses that Cloudflare hides from robots, as a program of its own shows them to readers.

    The first of the hexadecimal numbers is the key of all others.
    """
    touched = False
    for element in root.select(_PROTECTED):
        link = element.attr("href")
        address = _revealed(element.attr("data-cfemail") or (link or "").rpartition("#")[2])
        if address and (link is None or "data-cfemail" in element.attrs):
            element.set_text(address.partition("?")[0])
        if link is not None and address:
            element.attrs["href"] = f"mailto:{address}"
        elif link is not None and link.partition("#")[0].endswith("/email-protection"):
            del element.attrs["href"]
        touched = True
    return touched


def _revealed(code: str) -> str:
    if not re.fullmatch(r"(?:[0-9a-fA-F]{2}){4,300}", code):
        return ""
    key, *rest = bytes.fromhex(code)
    address = bytes(key ^ number for number in rest).decode("utf-8", "replace")
    return (
        address if re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"?]+(?:\?[^<>\"]*)?", address) and address.isprintable() else ""
    )


def lightboxes(root: Element) -> bool:
    """Drop what a forum writes on its pictures: name of the file, size in pixels and bytes."""
    return _drop([label for label in root.select("a.lightbox .meta") if label.select_one(".informations") is not None])


def forms(root: Element) -> bool:
    """Drop controls of forms; a box that is ticked or not, first in its item of a list, becomes a sign."""
    boxes = root.select("input[type=checkbox i]")
    for box in boxes:
        if _is_task(box):
            box.replace_with(Text("☑ " if "checked" in box.attrs else "☐ "))
    labels = [
        label
        for label in root.select("label[for]")
        if not any(map(str.isalnum, label.text)) and not label.select("img")
    ]
    titles = [(title, title.text) for title in root.select(_TITLES)]
    written = [
        button for title, text in titles for button in title.find_all("button") if button.text.strip() == text.strip()
    ]
    written += [control for control in root.select("select,button") if control.select_one(_WRITTEN) is not None]
    for control in dict.fromkeys(written):
        for part in (*control.select("option,optgroup"), control):
            part.unwrap()
    return _drop(root.select(_CONTROLS) + labels) or bool(boxes or written)


def _is_task(box: Element) -> bool:
    """Tell whether a box stands first in an item of a list, perhaps within a paragraph or label."""
    inner: Node = box
    for outer, _ in zip(box.ancestors, range(4), strict=False):
        if any(_shows(sibling) for sibling in inner.previous_siblings) or not isinstance(outer, Element):
            return False
        if outer.tag not in ("p", "label", "span", "div"):
            return outer.tag == "li"
        inner = outer
    return False


def _shows(node: Node) -> bool:
    if isinstance(node, Text):
        return not node.data.isspace()
    return isinstance(node, Element) and (node.tag in ("img", "input", "br") or bool(node.text.strip()))


def emoji(root: Element) -> bool:
    """Images of emoji become the letters that they show."""
    touched = False
    for image in root.find_all("img"):
        alt = image.attr("alt") or ""
        if alt and not alt.isascii() and len(alt) < 12 and _EMOJI.search(image.attr("class") or ""):
            image.replace_with(Text(alt))
            touched = True
    return touched


def tracking(root: Element) -> bool:
    """Parameters of links that only follow a reader around."""
    touched = False
    for link in root.select('a[href*="?"]'):
        href = link.attr("href") or ""
        if (bare := urls.without_tracking(href)) != href:
            link.attrs["href"] = bare
            touched = True
    return touched


RULES: dict[str, Callable[[Element], bool]] = {
    "formulas": formulas,
    "hidden": hidden,
    "scripts": scripts,
    "trackers": trackers,
    "footers": footers,
    "fallbacks": fallbacks,
    "widgets": widgets,
    "anchors": anchors,
    "counters": counters,
    "counts": counts,
    "emails": emails,
    "lightboxes": lightboxes,
    "sidenotes": sidenotes,
    "forms": forms,
    "emoji": emoji,
    "gutters": gutters,
    "code-links": code_links,
    "tracking": tracking,
}
_TAGS = {
    "fallbacks": frozenset(("noscript",)),
    "anchors": HEADINGS,
    "emails": frozenset("a"),
    "forms": frozenset(_CONTROLS.split(",")),
}
_NAMES = {
    "widgets": WIDGETS,
    "anchors": ANCHORS,
    "counters": COUNTERS,
    "emails": re.compile("__cf_email__"),
    "lightboxes": re.compile("lightbox"),
    "emoji": _EMOJI,
}


def may_touch(rule: str, stock: Inventory) -> bool:
    """Tell whether a document holds any of what a rule looks for."""
    tags, names = _TAGS.get(rule), _NAMES.get(rule)
    if tags is None and names is None:
        return True
    is_named = names is not None and names.search(stock.names) is not None
    return is_named or (tags is not None and not tags.isdisjoint(stock.tags))
