"""Replace pictures without an address by a link to the page where they are to be seen.

`describe` is for `data:` images, `drawings` for drawings in SVG.
"""

import re
from base64 import b64decode
from urllib.parse import unquote_to_bytes

from turbohtml import Element, Text

from generator.markup.cleaning.links import safe
from generator.markup.cleaning.neighbours import neighbours

LABEL = "Picture in the original"
_LONG = 200  # characters of an address that holds more than a dot
_FLAT = 1000  # pixels that in less than _LONG characters have all the same colour
_PNG, _GIF = b"\x89PNG\r\n\x1a\n", b"GIF8"
_STROKES = re.compile(rb"<(?:\w{1,20}:)?(?:path|text|circle|ellipse|line|poly\w+|image|use|foreignObject)\b")
_SHAPES = "path,circle,ellipse,line,polygon,polyline,rect,image,use"
_NO_SHAPES = frozenset(("defs", "symbol", "style", "title", "desc", "metadata"))
_LENGTH = re.compile(r"\s*(\d{1,5}(?:\.\d{1,9})?)(px|pt|pc|in|cm|mm|em|rem|ex)?\s*", re.IGNORECASE)
_PIXELS = {"pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "em": 16, "rem": 16, "ex": 8}
_STYLED = re.compile(r"(?<![\w-])(?:width|height)\s?:\s?([\d.]+\w*)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
_ICON, _SYMBOL = 32, 100  # pixels: no larger are icons, and those beside words
_BESIDE = "a,h1,h2,h3,h4,h5,h6,label,summary"
_NAMED = re.compile(r"icon|svg-inline|\bfa-|emoji|logo|glyph", re.IGNORECASE)


def describe(image: Element, source: str, page: str) -> None:
    """Replace an image that has no address by its description, or by a link to the page where it is to be seen.

    A `data:` image without a description leads to `page`; with one, its description does, if the image is more than a
    dot. All else leaves its description alone.
    """
    words = " ".join((image.attr("alt") or "").split())
    file = re.match(r"data:(?!text/)", source) is not None and not _stands_in(image) and _shows(source)
    if file and (not words or "," not in source or len(source) > _LONG):
        _lead(image, words or LABEL, page)
    else:
        image.replace_with(Text(image.attr("alt") or ""))


def _stands_in(image: Element) -> bool:
    """Return whether an image is only there until the one beside it is: it is hidden from readers, or said to mean
    nothing.
    """
    beside = neighbours(image)
    if (image.attr("aria-hidden") or "") == "true" or any(side.tag == "picture" for side in beside):
        return not image.attr("alt")
    return image.attr("alt") == "" and any(side.tag == "img" and _is_real(side) for side in beside)


def _is_real(image: Element) -> bool:
    return not (image.attr("src") or image.attr("data-src") or "data:").startswith("data:")


def drawings(root: Element, page: str) -> bool:
    """Replace drawings that say something by a link to the page at `page`; icons go."""
    svgs = root.find_all("svg")
    for drawing in [svg for svg in svgs if isinstance(svg.parent, Element) and svg.parent.closest("svg") is None]:
        if _says(drawing):
            title = drawing.select_one(":scope > title")
            words = " ".join((title.text if title is not None else drawing.attr("aria-label") or "").split())
            drawing.insert_after(Text(f": {words}" if words else ""))
            _lead(drawing, LABEL, page)
        else:
            drawing.decompose()
    return bool(svgs)


def _lead(element: Element, words: str, page: str) -> None:
    """`element` replaced by a link to `page` under `words`, or by the words where there can be no link."""
    address = safe(page, "")
    if element.closest("a[href]") is not None:
        element.replace_with(Text(words))
    elif not address.startswith("http"):
        element.replace_with(Text(f"({LABEL})" if words == LABEL else words))
    else:
        link = Element("a", {"href": address})
        link.append(Text(words))
        element.replace_with(link)


def _shows(source: str) -> bool:
    """Return whether there is more in a `data:` address than a dot, one colour or an empty drawing."""
    kind, comma, data = source.partition(",")
    if not comma:
        return True  # its data was taken out, to make the entry shorter
    if "svg" in kind:
        return bool(_STROKES.search(_decoded(kind, data)))
    head = _decoded(kind, data[:96])
    if head.startswith(_GIF) and len(head) >= 10:
        pixels = int.from_bytes(head[6:8], "little") * int.from_bytes(head[8:10], "little")
    elif head.startswith(_PNG) and len(head) >= 24:
        pixels = int.from_bytes(head[16:20], "big") * int.from_bytes(head[20:24], "big")
    else:
        return len(source) > _LONG or "png" in kind or "jp" in kind  # nobody writes dots in these, but in the others
    return pixels > 4 and (pixels <= _FLAT or len(source) > _LONG)


def _decoded(kind: str, data: str) -> bytes:
    raw = unquote_to_bytes(data)
    if "base64" not in kind:
        return raw
    letters = b"".join(raw.split()).rstrip(b"=")
    try:
        return b64decode(letters[: len(letters) // 4 * 4])
    except ValueError:
        return b""


def _says(drawing: Element) -> bool:
    """Return whether a drawing is more than an icon: it holds words, or is large."""
    style = drawing.attr("style") or ""
    parts = [part for part in drawing.children if isinstance(part, Element)]
    if _HIDDEN.search(style) or drawing.closest("[aria-hidden=true]") is not None:
        return False
    if all(part.tag in _NO_SHAPES for part in parts):
        return False
    if any(words.text.strip() for words in drawing.select("text,foreignObject")):
        return True
    beside = drawing.closest(_BESIDE) is not None or bool(_NAMED.search(drawing.attr("class") or ""))
    sides = _sides([drawing.attr("width") or "", drawing.attr("height") or "", *_STYLED.findall(style)])
    if not sides:
        titled = any(part.tag in ("title", "desc") and part.text.strip() for part in parts)
        if beside or not (titled or len(drawing.select(_SHAPES)) > 2):
            return False  # icons are written without a size, to be as large as the words around them
        sides = _sides((drawing.attr("viewBox") or "").replace(",", " ").split()[2:])
    return not sides or (max(sides) > (_SYMBOL if beside else _ICON) and min(sides) > _ICON / 4)


def _sides(lengths: list[str]) -> list[float]:
    """Lengths in pixels; shares of the page's width are none."""
    matches = [match for length in lengths if (match := _LENGTH.fullmatch(length))]
    return [float(match[1]) * _PIXELS.get((match[2] or "").lower(), 1) for match in matches]
