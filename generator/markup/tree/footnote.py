"""Define the one form of a footnote, and bring a footnote of another form into it with `move`."""

import re
from itertools import islice

from turbohtml import Element, Node, Text

BACK = re.compile(
    r"[\s\[\]()^↩↑↵⏎⤴⬆⬑▲☝\ufe0e\ufe0fa-c0-9.,;:«←*†‡§]*|[\[(]?[a-z]{1,2}[\])]?|back|return|jump back.{0,60}"
    r"|return to.{0,40}",
    re.IGNORECASE,
)
"""What a way back from a footnote says."""
_NUMBER = re.compile(r"fn(?:ref)?-(\d{1,4})")
HOLDERS = ("li", "p", "div", "dt", "dd", "aside", "tr")
"""Elements that a footnote may be."""
_MOST = 1000
_BOXES = ("ol", "ul", "div", "section", "aside", "dl", "table", "tbody", "blockquote", "footer")
_INLINE = ("a", "sup", "span", "b", "strong", "small", "label", "em", "i")
_HEADINGS = "h1,h2,h3,h4,h5,h6"
_NOTES = re.compile(r"note|\bfn|refer", re.IGNORECASE)
_LEFT = re.compile(r"^\s*[\]).:|–—-]?\s*")
SIGNS = " \t\n\xa0[](){}^.,;:|–—-"
"""What stands around a number, or between two."""


def special(element: Element) -> bool:
    """Return whether an element is a footnote's part in the form that `gather` gives it, with nothing else in it."""
    if element.tag == "section":
        numbers = [number(item) for item in items(element)]
        return bool(numbers) and all(numbers) and len(set(numbers)) == len(numbers)
    if element.tag == "sup":
        return number(element) != ""
    return (element.attr("href") or "").startswith("#fnref-") and not any(map(str.isalpha, element.text))


def number(element: Element) -> str:
    """Return the number of a reference or of a footnote; empty where it is none."""
    value = element.attr("id") or ""
    if element.tag == "sup":
        link = element.find("a")
        value = (link.attr("href") or "").removeprefix("#") if link is not None else ""
    match = _NUMBER.fullmatch(value)
    return match[1] if match and (element.tag != "sup" or element.text.strip() == match[1]) else ""


def items(section: Element) -> list[Element]:
    """Return the footnotes of a section in the one form."""
    inner = _elements(section) if (section.attr("class") or "") == "footnotes" else []
    listed = _elements(inner[0]) if len(inner) == 1 and inner[0].tag == "ol" else []
    alone = "".join(item.text for item in listed).split() == section.text.split()
    return listed if alone and all(item.tag == "li" for item in listed) else []


def _elements(parent: Element) -> list[Element]:
    return [child for child in parent.children if isinstance(child, Element)]


def unbracket(link: Element) -> None:
    """Take away the brackets that stand right before and after a link."""
    before, after = link.previous_sibling, link.next_sibling
    if isinstance(before, Text) and isinstance(after, Text) and before.data[-1:] + after.data[:1] in ("[]", "()"):
        before.data, after.data = before.data[:-1], after.data[1:]


def section(root: Element) -> Element:
    """Put a new section for the footnotes of a document at its end, and return the list in it."""
    box = Element("section", {"class": "footnotes"})
    listed = Element("ol", {})
    root.append(box)
    box.append(listed)
    return listed


def move(note: Element, made: Element, backs: list[Element], mark: str) -> None:
    """Move a footnote into a new item without its ways back and the mark that it begins with: they are written anew.

    The item must stand in the document: turbohtml copies what moves from one document to another.
    """
    first = next((node for node in note.descendants if isinstance(node, Text) and node.data.strip(SIGNS)), None)
    marked = first is not None and any(ancestor in backs for ancestor in first.ancestors)
    own = note.tag == "li" and number(note) != ""  # it has the one form: what it begins with are its words
    for back in backs:
        unbracket(back)
        _without(back, note)
    parts = _parts(note)
    made.extend([node for part in parts for node in list[Node](part.children)])
    for part in parts:
        _remove(part)
    if not own:
        _unmarked(made, mark, marked=marked)
    # as `write` writes it: what went is counted by comparing
    way_back = Element("a", {"href": f"#fnref-{number(made)}"})
    way_back.append(Text("↩"))
    made.append(way_back)


def says(note: Element, backs: list[Element]) -> bool:
    """Return whether a footnote has a word or a picture besides its ways back; the first `_MOST` nodes of each part
    tell.
    """
    nodes = [node for part in _parts(note) for node in islice(part.descendants, _MOST)]
    shown = (node for node in nodes if _shows(node))
    return any(not any(ancestor in backs for ancestor in node.ancestors) for node in shown)


def _shows(node: Node) -> bool:
    if isinstance(node, Text):
        return any(map(str.isalpha, node.data))
    return isinstance(node, Element) and node.tag == "img"


def _parts(note: Element) -> list[Element]:
    """Return the elements whose content is that of a footnote: itself, the definitions of a term, the cells of a
    row.
    """
    if note.tag in ("tr", "table"):
        return note.select("td,th")
    parts = [note]
    if note.tag == "dt":
        for sibling in note.next_siblings:
            if isinstance(sibling, Element) and sibling.tag != "dd":
                break
            parts += [sibling] if isinstance(sibling, Element) else []
    return parts


def _without(element: Element, note: Element) -> None:
    """Take an element out of a footnote, and what around it holds no more than brackets then."""
    box: Node | None = element.parent
    element.decompose()
    while isinstance(box, Element) and box is not note and box.tag not in HOLDERS:
        if box.text.strip(SIGNS) or box.find("img") is not None:
            return
        empty, box = box, box.parent
        empty.decompose()


def _unmarked(item: Element, mark: str, *, marked: bool) -> None:
    """Take the mark off that a footnote begins with, or what is left of it where it was a way back."""
    texts = [node for node, _ in zip(item.descendants, range(20), strict=False) if isinstance(node, Text)]
    start = "".join(text.data for text in texts)
    first = next((text for text in texts if text.data.strip()), None)
    outer = first.parent if first is not None else None
    alone = isinstance(outer, Element) and outer is not item and outer.text.strip(SIGNS) == mark
    alone = alone and isinstance(outer, Element) and outer.tag in _INLINE and outer.attr("href") is None
    end = r"\W?\s*" if alone else r"(?:[\])][.:]?\s*|[.:]\s+|\s*$)"
    match = _LEFT.match(start) if marked else re.match(rf"[\s\[(]*{re.escape(mark)}{end}", start)
    if match is None or item.text.strip(SIGNS) == mark:
        return
    left = match.end()
    for text in texts:
        cut = min(left, len(text.data))
        text.data, left = text.data[cut:], left - cut


def _remove(note: Element) -> None:
    """Take a footnote out, and the list or box that is empty without it but for a line and a heading."""
    box = note.parent
    note.decompose()
    while isinstance(box, Element) and box.tag in _BOXES and box.parent is not None:
        headings = box.select(_HEADINGS) if _NOTES.search(f"{box.attr('class')} {box.attr('id')}") else []
        if box.text.split() != " ".join(heading.text for heading in headings).split() or box.find("img") is not None:
            return
        box, empty = box.parent, box
        empty.decompose()
