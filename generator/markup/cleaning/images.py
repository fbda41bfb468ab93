"""Give each image of a document one absolute address, from wherever its page hid it, with `images`."""

import re
from collections.abc import Collection
from html import unescape
from itertools import islice
from urllib.parse import unquote

from turbohtml import Element

from generator.markup.cleaning import pictures
from generator.markup.cleaning.links import safe
from generator.markup.tree import attributes

_PLACEHOLDER = re.compile(r"blank|placeholder|spacer|pixel|trans(?:parent|\.)|loading|grey|lazy|1x1", re.IGNORECASE)
"""A word in the name of a file that gives way to an address which a script would load."""
_NOTHING = re.compile(
    r"(?:1x1|1px|blank|clear|empty|gr[ae]y|lazy|loader|loading|none|pixel|placeholder|spacer|transparent|trans|"
    r"[\W_])+",
    re.IGNORECASE,
)
"""A whole name of a file that gives way to any other address."""
_DOT = re.compile(r"(?:1x1|1px|blank|spacer|trans|[\W_])+", re.IGNORECASE)
"""The same where nothing can be seen in it, ever."""
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#]|$)", re.IGNORECASE)
_PLACE = re.compile(r"(?:https?:)?/|[^:]+[./]", re.IGNORECASE)
_NO_PLACE = re.compile(r"[\s{}<>]")
_WITHIN = re.compile(r"<img\b[^<>]{0,500}?\bsrc=[\"']?([^\s\"'<>]+)", re.IGNORECASE)
_PLAIN = frozenset(("alt", "class", "height", "href", "id", "sizes", "src", "style", "title", "width"))
_LONGEST = 2000  # characters of an attribute that may hold an address
_DRAWN = ("gif", "png", "svg")
_DENSITY = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)[wx]")
_BACKGROUND = re.compile(r"background(?:-image)?:[^;]{0,200}?url\(\s{0,9}[\"']?([^\"')\s]+)", re.IGNORECASE)
_SPRITE = re.compile(r"\s-\d+px|repeat-[xy]", re.IGNORECASE)
_BOXES = "div,span,figure,a,li,section"
_MEDIA = ("img", "picture", "iframe", "video", "audio", "object", "embed", "svg")
_MOST_INSIDE = 200  # nodes in a picture, or in a box that shows one
_SERVER = re.compile(r"https?:/{1,2}|^//")
_COPY = re.compile(r"^(?:i\d\.wp\.com/)?(?:www\.)?")
_SIZE = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|@\dx)(?=\.\w+$)")
_NUMBER = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")
_WIDE = 640
"""Pixels: the width of a page's column, which no image exceeds whatever it asks for."""


def largest(srcset: str) -> str:
    """Return the address of the widest or densest image of a `srcset`
    (https://html.spec.whatwg.org/#srcset-attributes).
    """
    best, size = "", -1.0
    words = srcset[:20000].split()[::-1]
    while words:
        word, number, ended = words.pop(), 1.0, False
        while words and not word.endswith(",") and not ended:
            part, comma, rest = words.pop().partition(",")
            number = float(density[1]) if (density := _DENSITY.fullmatch(part)) else number
            ended = bool(comma)
            words += [rest] if rest else []
        if number > size and word.strip(","):
            best, size = word.strip(","), number
    return best


def source(image: Element) -> str:
    """Return the address at which an image is, as its page wrote it; a placeholder's where there is no other."""
    plain = (image.attr("src") or "").strip()
    hidden = _hidden(image)
    if hidden and hidden[0][0] == 0 and (_is_lazy(plain, hidden[0][1]) or "lazy" in (image.attr("class") or "")):
        return hidden[0][1]
    if not is_placeholder(plain):
        return plain
    parent = image.parent
    around = _inside(parent, ("source",)) if isinstance(parent, Element) and parent.tag == "picture" else []
    sets = (address for element in (image, *around) for address in _of_sets(element))
    return next(sets, hidden[0][1] if hidden else plain)


def is_placeholder(address: str) -> bool:
    """Return whether an address says itself that no image is there, or none that means anything."""
    return _is_drawn(address, _NOTHING)


def _is_drawn(address: str, names: re.Pattern[str]) -> bool:
    """Return whether nothing is at an address, or a drawing with one of these names."""
    name, _, kind = _file(address).rpartition(".")
    nothing = not address or address.startswith(("data:", "about:"))
    return nothing or (kind.lower() in _DRAWN and names.fullmatch(name) is not None)


def _is_lazy(address: str, hidden: str) -> bool:
    """Return whether an address gives way to the one that a script would load: by its name, or as a drawing to a
    photo.
    """
    drawn = _file(address).rpartition(".")[2].lower() in _DRAWN and not _file(hidden).lower().endswith(_DRAWN)
    photo = drawn and _FILE.search(hidden) is not None
    return is_placeholder(address) or photo or _PLACEHOLDER.search(_file(address)) is not None


def _file(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2][-200:]


def _of_sets(element: Element) -> list[str]:
    """Return the largest image of each set that an element names, its own first."""
    names = sorted((name for name in attributes.names(element) if "srcset" in name), key=len)
    sets = [value for name in names if "data:" not in (value := element.attr(name) or "")]
    return [address for value in sets if (address := largest(value))]


def _hidden(image: Element) -> list[tuple[int, str]]:
    """Return addresses in attributes that scripts read, the likeliest first: where scripts look, other images,
    small ones.
    """
    ranked = []
    for name in attributes.names(image):
        value = (image.attr(name) or "").strip() if name not in _PLAIN and "srcset" not in name else ""
        if len(value) <= _LONGEST and (within := _WITHIN.search(value)):
            ranked.append((1, unescape(within[1])))
        elif value and len(value) <= _LONGEST and _is_place(value):
            ranked += [(rank, value) for rank in (_rank(name, value),) if rank < 3]
    return sorted(ranked, key=lambda pair: pair[0])


def _is_place(value: str) -> bool:
    return _PLACE.match(value) is not None and _NO_PLACE.search(value) is None and not is_placeholder(value)


def _rank(name: str, value: str) -> int:
    if not name.startswith("data-") and not re.search(r"src|lazy|file|orig", name):
        return 3
    if re.search(r"thumb|small|tiny|low|blur|preview|mobile|medium|poster", name):
        return 2 if _FILE.search(value) else 3
    if re.search(r"src$|src-|lazy|^data-original$|^data-url$", name):
        return 0
    return 1 if name in ("data-image", "data-img") or ("/" in value and _FILE.search(value)) else 3


def key(address: str) -> str:
    """Return what two addresses of one image share, whatever size of it and whichever server's copy they name."""
    if asked := re.search(r"[?&]url=([^&]+)", address):
        address = unquote(asked[1])
    path, _, query = _SERVER.split(address)[-1].partition("#")[0].partition("?")
    path = _SIZE.sub("", _COPY.sub("", path, count=1))
    return f"{path}?{query}" if query and not _FILE.search(path) else path


def images(root: Element, base: str, page: str) -> bool:
    """Give every image one absolute address, from wherever its page hid it; the rest become their description.

    Pictures that have no address at all lead to `page`, where they are to be seen.
    """
    touched = _behind(root)
    for image in root.find_all("img"):
        written = source(image)
        address = "" if _is_drawn(written, _DOT) else safe(written, base)
        if not address and (linked := safe(_linked(image), base)):
            written = address = linked
        touched = touched or not address or written != (image.attr("src") or "").strip()
        if address:
            image.attrs["src"] = address
        else:
            pictures.describe(image, written, page)
    return pictures.drawings(root, page) or touched


def _linked(image: Element) -> str:
    """Return the larger picture that a link around nothing but this one leads to."""
    link = image.closest("a")
    address = (link.attr("href") or "").strip() if link is not None and len(link.find_all("img", limit=2)) == 1 else ""
    return address if len(address) <= _LONGEST and _FILE.search(address) else ""


def _behind(root: Element) -> bool:
    """Put an image where a page shows one by other means: a background, data for a script, a `picture` of sources."""
    boxes = [(box, _drawn(box)) for box in root.select(_BOXES)]
    boxes = [(box, address) for box, address in boxes if address and not _holds(box)]
    boxes += [(box, _sourced(box)) for box in root.find_all("picture") if not _inside(box, ("img",))]
    shown = {key(source(image)) for image in root.find_all("img")} if boxes else {""}
    before = len(shown)
    for box, address in boxes:
        if address and key(address) not in shown:
            alt = box.attr("aria-label") or box.attr("title") or box.attr("data-alt") or ""
            box.append(Element("img", {"src": address, "alt": alt}))
            shown.add(key(address))
    return len(shown) > before


def _sourced(picture: Element) -> str:
    addresses = (address for part in _inside(picture, ("source",)) for address in _of_sets(part))
    return next((address for address in addresses if _FILE.search(address)), "")


def _inside(element: Element, tags: Collection[str]) -> list[Element]:
    """Return the elements of a kind among the first nodes in an element."""
    nodes = islice(element.descendants, _MOST_INSIDE)
    return [node for node in nodes if isinstance(node, Element) and node.tag in tags]


def _drawn(box: Element) -> str:
    if not any(name == "style" or name.startswith("data-") for name in attributes.names(box)):
        return ""
    style = (box.attr("style") or "")[:_LONGEST]
    behind = _BACKGROUND.search(style) if not _SPRITE.search(style) else None
    addresses = [address for _, address in _hidden(box)] + ([behind[1]] if behind else [])
    return next(
        (address for address in addresses if _FILE.search(address) and not _PLACEHOLDER.search(_file(address))), ""
    )


def _holds(box: Element) -> bool:
    if next(islice(box.descendants, _MOST_INSIDE, None), None) is not None:
        return True
    return bool(box.text.strip()) or bool(_inside(box, _MEDIA))


def sizes(root: Element) -> bool:
    """Drop the size of an image where it says nothing: wider than a page, or told by the address itself."""
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
