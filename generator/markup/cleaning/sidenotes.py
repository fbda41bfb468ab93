"""Turn notes that stand beside a text into links to notes at its end, with `sidenotes`.

`footnotes.gather` makes footnotes of them.
"""

import re

from turbohtml import Element, Node, Text

from generator.markup.cleaning.footnotes import MAX_REFERENCES
from generator.markup.tree.footnotes import around

_NOTE = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:(?:side|margin|foot|inline)[-_]?note(?:[-_]+(?:note|content|text|body|right|left))*"
    r"|ltx_note_content|column-margin)(?=\s|$)",
    re.IGNORECASE,
)
_SOME = '[class*="note" i],[class*="column-margin" i]'
_BESIDE = re.compile(r"side|margin", re.IGNORECASE)
"""Boxes by the name of footnotes are something else: the notes at the end of a text."""
_LINES = ("span", "small", "em", "i", "cite")
_BOXES = ("aside", "div", "p", "section")
_WORKS = "h1,h2,h3,h4,h5,h6,pre,table,img,figure,iframe,video,audio,ul,ol,dl,blockquote"
"""What makes a box beside the text more than a note."""
_BLOCKS = "p,li,td,dd,div,blockquote"
_MARKERS = ("input", "label", "sup", "a", "span", "button", "small")
_MARK = re.compile(r"[\W\d]{0,6}")
_START = re.compile(r"^\s*\d{1,3}[.:)]\s+")


def sidenotes(root: Element) -> bool:
    """Note beside a text, which pages show at its side or when a sign is pressed, become links to its end."""
    some = [box for box in root.select(_SOME) if box.tag in _LINES + _BOXES]
    named = [box for box in some if _NOTE.search(box.attr("class") or "")]
    outer = around(named)
    led = {_target(link) for link in root.select('a[href*="#"]')} if named else set()
    notes = [box for box in named if box not in outer and _is_note(box, led)]
    if not notes or len(notes) > MAX_REFERENCES:
        return False
    ids = {identifier for element in root.select("[id]") if (identifier := element.attr("id"))}
    name = "beside-"
    while any(identifier.startswith(name) for identifier in ids):
        name += "-"
    listed = Element("ol", {})
    root.append(listed)
    for note in notes:
        number = str(len(listed.children) + 1)
        link = Element("a", {"href": f"#{name}{number}", "id": f"{name}ref-{number}"})
        link.append(Text(number))
        if _place(link, note, ids, number):
            item = Element("li", {"id": f"{name}{number}"})
            listed.append(item)
            _move(note, item, f"#{name}ref-{number}")
    return bool(listed.children)


def _target(link: Element) -> str:
    return (link.attr("href") or "").rpartition("#")[2]


def _is_note(box: Element, led: set[str]) -> bool:
    if not any(map(str.isalpha, box.text)) or box.closest("pre,code") is not None:
        return False
    if box.tag in _LINES:
        return True
    name = _NOTE.search(box.attr("class") or "")
    if name is None or not _BESIDE.search(name[0]) or box.select_one(_WORKS) is not None:
        return False
    return led.isdisjoint(part.attr("id") or "" for part in (box, *box.select("[id]")))


def _place(link: Element, note: Element, ids: set[str], number: str) -> bool:
    """Put a reference where its note stands, unless that does not follow on a text or shows more than words."""
    if note.tag in _LINES:
        _without_marker(note, note, ids, number)
        block = note.closest(_BLOCKS)
        alone = block is not None and block.text.strip() == note.text.strip()
        if alone or note.select_one(_WORKS) is not None:
            return False
        note.insert_before(link)
        return True
    before = _before(note)
    if isinstance(before, Element) and before.tag == "p":
        before.append(link)
        _without_marker(link, note, ids, number)
    elif isinstance(before, Text) or (isinstance(before, Element) and before.tag in _MARKERS):
        note.insert_before(link)
    else:
        return False
    return True


def _before(node: Node) -> Node | None:
    """Return what stands before a node, but for white space."""
    before = node.previous_sibling
    while isinstance(before, Text) and before.data.isspace():
        before = before.previous_sibling
    return before


def _without_marker(spot: Element, note: Element, ids: set[str], number: str) -> None:
    """Take out the number or sign of a note before a spot, with the box to tick that shows it."""
    own = {part.attr("id") for part in (note, *note.select("[id]"))}
    while True:
        before, parent = _before(spot), spot.parent
        if before is None and isinstance(parent, Element) and parent.tag == "span":
            spot = parent
            own.add(spot.attr("id"))
        elif isinstance(before, Element) and _marks(before, note, number, ids - own):
            while (blank := spot.previous_sibling) is not None and blank != before:
                blank.decompose()
            before.decompose()
        else:
            return


def _marks(element: Element, note: Element, number: str, others: set[str]) -> bool:
    """Return whether an element is the sign of a note: no link to another place, and no power or index of a formula."""
    text = element.text.strip()
    if element.tag not in _MARKERS or not _MARK.fullmatch(text):
        return False
    links = [element] if element.tag == "a" else element.find_all("a")
    if element.tag == "sup" and text.isdigit() and not links and not element.attr("class"):
        return text == number or note.text.strip().startswith(text)
    return not any(_target(link) in others for link in links)


def _move(note: Element, item: Element, back: str) -> None:
    """Move a note into an item of its own, with a link back."""
    item.extend(list[Node](note.children))
    note.decompose()
    while (first := next(iter(item.children), None)) is not None:
        if not (isinstance(first, Element) and first.tag in _MARKERS and _MARK.fullmatch(first.text.strip())):
            break
        first.decompose()
    if isinstance(first, Text):
        first.data = _START.sub("", first.data)
    link = Element("a", {"href": back})
    link.append(Text("↩"))
    item.append(link)
