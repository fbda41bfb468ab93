"""The addresses in a stranger's document, made absolute and safe; what has none keeps its text."""

import re
from html import unescape

from turbohtml import Element, Text

from generator.models import urls

_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "data-original-src", "data-url")
_PLACEHOLDER = re.compile(
    r"data:|(?:[^/\n]*/)*(?>[^/\n]*?(?:blank|placeholder|spacer|pixel|transparent|loading|grey|lazy))[^/]*\.(?:gif|png|svg)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"mailto:[^\s<>\"()\[\]\\]{3,300}", re.IGNORECASE)
_USUAL = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]*\.)+[a-z]{2,}(?:[/?#](?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?"
)
"""Absolute and in the spelling that `urls.web` would give it: nine links of ten, and it need not be asked."""
_NUMBER = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")
_WIDE = 640
"""Pixels: the width of a page's column, which no image exceeds whatever it asks for."""


def safe(address: str, base: str) -> str:
    """An absolute http(s) or mailto address in the one spelling that all engines leave alone, or an empty string."""
    text = address.strip()
    if text[:7].lower() == "mailto:":
        text = "mailto:" + re.sub(r"\s", "%20", text[7:].strip())
        return text if _MAIL.fullmatch(text) and text.isprintable() and text.isascii() else ""
    if _USUAL.fullmatch(text) and len(text) <= urls.MAX_LENGTH:
        return text
    absolute = urls.safe_url(text, base=base)
    head, _, tail = absolute.partition("//")
    host, slash, path = tail.partition("/")
    path = path.replace("[", "%5B").replace("]", "%5D")
    host = host if host.startswith("[") else host.replace("[", "%5B").replace("]", "%5D")
    return f"{head}//{host}{slash}{path}" if absolute else ""


def largest(srcset: str) -> str:
    """The address of the widest or densest image of a `srcset`."""
    best, size = "", -1.0
    for match in re.finditer(r"(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)|\S+", srcset[:20000]):
        number = float(match[2]) if match[2] and match[2].count(".") < 2 and match[2] != "." else 1.0
        if match[1] and number > size:
            best, size = match[1], number
    return best


def _of_pictures(root: Element) -> dict[Element, str]:
    """By element, the first address that a `source` in it gives."""
    first: dict[Element, str] = {}
    for source in root.find_all("source"):
        address = largest(source.attr("srcset") or "")
        for element in source.ancestors if address else ():
            if element in first:
                break
            if isinstance(element, Element):
                first[element] = address
    return first


def _source(image: Element, of_pictures: dict[Element, str]) -> str:
    source = (image.attr("src") or "").strip()
    lazy = next((address for name in _LAZY if (address := (image.attr(name) or "").strip())), "")
    if lazy and (not source or _PLACEHOLDER.match(source) or "lazy" in (image.attr("class") or "")):
        return lazy
    if source and not source.startswith("data:"):
        return source
    sets = [image.attr("srcset") or "", image.attr("data-srcset") or "", image.attr("data-lazy-srcset") or ""]
    parent = image.parent
    around = of_pictures.get(parent, "") if isinstance(parent, Element) and parent.tag == "picture" else ""
    return next((address for source_set in sets if (address := largest(source_set))), "") or around or source


def images(root: Element, base: str) -> bool:
    """Every image gets one absolute address, from wherever its page hid it; the rest become their description."""
    touched, of_pictures = False, _of_pictures(root)
    for image in root.find_all("img"):
        source = _source(image, of_pictures)
        address = safe(source, base)
        if address:
            touched = touched or source != (image.attr("src") or "").strip()
            image.attrs["src"] = address
        else:
            touched = True
            image.replace_with(Text(image.attr("alt") or ""))
    return touched


def links(root: Element, base: str) -> bool:
    """Every link gets an absolute address; one that can have none becomes its text."""
    touched = False
    for link in root.find_all("a"):
        href = link.attr("href")
        if href is None:
            continue
        if href.startswith("#") and not base:
            continue  # within this page: `notes` knows whether that means anything
        address = safe(href, base)
        if address:
            link.attrs["href"] = address
        else:
            del link.attrs["href"]
            touched = True
    return touched


def sizes(root: Element) -> bool:
    """Drops the size of an image where it says nothing: wider than a page, or told by the address itself."""
    touched = False
    for image in root.find_all("img"):
        matches = {name: _NUMBER.match(image.attr(name) or "") for name in ("width", "height")}
        numbers = [match[1] for match in matches.values() if match]
        address = unescape(image.attr("src") or "")
        wide = matches["width"] is not None and int(matches["width"][1]) >= _WIDE
        named = any(re.search(rf"(?<!\d){number}(?!\d)", address) for number in numbers if int(number) > 1)
        if numbers and (wide or named):
            touched = True
            for name in matches:
                if name in image.attrs:
                    del image.attrs[name]
    return touched
