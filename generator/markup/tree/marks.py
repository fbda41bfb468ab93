"""Read inline elements, and styles that stand for some, as marks around the pieces of a line; images as pieces.

The main functions are `marked`, `styled` and `image`.
"""

import re

from turbohtml import Element

from generator.markup.tree.nodes import HEADINGS, JOINED, MARK_ATTRS, MARKS, Leaf, Mark, Node, NodePath

SAFE = re.compile(r"https?://[^\s<>\"]+|mailto:[^\s<>\"]+")
"""Addresses that links and images may have."""
_SIZE = re.compile(r"\s*(\d{1,5}%?)")
_BOLD = re.compile(r"bold|bolder|[6-9]\d\d|1000")
_LIGHT = re.compile(r"normal|lighter|[1-5]\d\d")
_SLANTED = re.compile(r"italic|oblique\b.*")
_BOLD_ANYWAY = ",".join((*sorted(HEADINGS), "th"))
_RAISED = {"super": "sup", "sub": "sub"}


def marked(element: Element, tag: str, path: NodePath, number: int) -> NodePath:
    """Return the path with the mark that an inline element is; `number` keeps it apart from a neighbour of its kind."""
    attrs = tuple(
        (name, " ".join(value.split()))
        for name in MARK_ATTRS.get(tag, ())
        if (value := element.attr(name)) and value.strip()
    )
    if tag == "a" and not (attrs and attrs[0][0] == "href" and SAFE.fullmatch(attrs[0][1])):
        return path
    if tag == "a":  # which is underlined as it is
        path = tuple(mark for mark in path if mark[0] != "u")
    return _within(path, tag, attrs, number)


def _within(path: NodePath, tag: str, attrs: tuple[tuple[str, str], ...], number: int) -> NodePath:
    if (tag in JOINED and _has(path, tag)) or (tag == "u" and _has(path, "a")):
        return path
    mark: Mark = (tag, attrs, 0 if tag in JOINED else number + 1)
    inside_code = bool(path) and path[-1][0] == "code"
    return (*path[:-1], mark, path[-1]) if inside_code else (*path, mark)


def _has(path: NodePath, tag: str) -> bool:
    return any(mark[0] == tag for mark in path)


def styled(element: Element, path: NodePath, number: int) -> NodePath:
    """Return the path with what the `style` of an element says of its text, as word processors and editors of blogs
    write it.

    Bold, italic, struck, underlined, raised and lowered text get the marks that HTML has for them; a style also ends
    bold and italic text (Google Docs puts all of a text into `<b style="font-weight:normal">`). Headings are bold and
    links are underlined as they are, and the colours of code mean nothing.
    """
    style = element.attr("style")
    if not style or _has(path, "code"):
        return path
    rules = _declared(style)
    weight, slant = rules.get("font-weight", ""), rules.get("font-style", "")
    ended = {"strong"} if _LIGHT.fullmatch(weight) else set()
    ended |= {"em"} if slant == "normal" else set()
    if ended:
        path = tuple(mark for mark in path if mark[0] not in ended)
    for tag in _meant(element, rules):
        path = _within(path, tag, (), number)
    return path


def _declared(style: str) -> dict[str, str]:
    parts = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in parts}


def _meant(element: Element, rules: dict[str, str]) -> list[str]:
    short = rules.get("font", "").split()
    lines = f"{rules.get('text-decoration', '')} {rules.get('text-decoration-line', '')}".split()
    tags = []
    if any(_BOLD.fullmatch(word) for word in (rules.get("font-weight", ""), *short)):
        tags += ["strong"] if element.closest(_BOLD_ANYWAY) is None else []
    if any(_SLANTED.fullmatch(word) for word in (rules.get("font-style", ""), *short)):
        tags.append("em")
    if "line-through" in lines:
        tags.append("del")
    if "underline" in lines and element.tag != "a":
        tags.append("u")
    if (element.tag in MARKS or element.tag in ("span", "font")) and element.tag not in _RAISED.values():
        tags += [tag for name, tag in _RAISED.items() if rules.get("vertical-align") == name]
    return tags


def image(element: Element, path: NodePath) -> Leaf:
    """Return an image as a piece of a line; one without an address is its description."""
    alt = " ".join((element.attr("alt") or "").split())
    address = (element.attr("src") or "").strip()
    if not re.match("https?:", address) or not SAFE.fullmatch(address):
        return alt, path
    attrs = {"src": address, "alt": alt}
    if title := " ".join((element.attr("title") or "").split()):
        attrs["title"] = title
    for name in ("width", "height"):
        if size := _SIZE.match(element.attr(name) or ""):
            attrs[name] = size[1]
    return Node("img", attrs, ()), tuple(mark for mark in path if mark[0] != "code")
