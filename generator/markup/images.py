"""The images of a stranger's document: each gets one absolute address, from wherever its page hid it."""

import re
from html import unescape

from turbohtml import Element, Text

from generator.markup.addresses import safe

_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "data-original-src", "data-url")
_PLACEHOLDER = re.compile(
    r"data:|.*(?:blank|placeholder|spacer|pixel|transparent|loading|grey|lazy)[^/]*\.(?:gif|png|svg)", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")
_WIDE = 640
"""Pixels: the width of a page's column, which no image exceeds whatever it asks for."""


def largest(srcset: str) -> str:
    """The address of the widest or densest image of a `srcset`."""
    best, size = "", -1.0
    for found in re.finditer(r"(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)", srcset[:20000]):
        number = float(found[2]) if found[2] and found[2].count(".") < 2 and found[2] != "." else 1.0
        if number > size:
            best, size = found[1], number
    return best


def _source(image: Element) -> str:
    source = (image.attr("src") or "").strip()
    lazy = next((told for name in _LAZY if (told := (image.attr(name) or "").strip())), "")
    if lazy and (not source or _PLACEHOLDER.match(source) or "lazy" in (image.attr("class") or "")):
        return lazy
    if source and not source.startswith("data:"):
        return source
    sets = [image.attr("srcset") or "", image.attr("data-srcset") or "", image.attr("data-lazy-srcset") or ""]
    parent = image.parent
    if isinstance(parent, Element) and parent.tag == "picture":
        sets += [one.attr("srcset") or "" for one in parent.find_all("source")]
    return next((told for one in sets if (told := largest(one))), "") or source


def images(root: Element, base: str) -> bool:
    """Every image gets one absolute address, from wherever its page hid it; the rest become their description."""
    touched = False
    for image in root.find_all("img"):
        source = _source(image)
        address = safe(source, base)
        if address:
            touched = touched or source != (image.attr("src") or "").strip()
            image.attrs["src"] = address
        else:
            touched = True
            image.replace_with(Text(image.attr("alt") or ""))
    return touched


def sizes(root: Element) -> bool:
    """Drops the size of an image where it says nothing: wider than a page, or told by the address itself."""
    touched = False
    for image in root.find_all("img"):
        told = {name: _NUMBER.match(image.attr(name) or "") for name in ("width", "height")}
        numbers = [found[1] for found in told.values() if found]
        address = unescape(image.attr("src") or "")
        wide = told["width"] is not None and int(told["width"][1]) >= _WIDE
        named = any(re.search(rf"(?<!\d){number}(?!\d)", address) for number in numbers if int(number) > 1)
        if numbers and (wide or named):
            touched = True
            for name in told:
                if name in image.attrs:
                    del image.attrs[name]
    return touched
