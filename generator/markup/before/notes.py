"""Footnotes, as the many tools write them, into one form: numbered references, and one section at the end."""

import re

from turbohtml import Element, Node, Text

_REFERENCE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§]{1,3})\s*[\])]?")
_BACK = re.compile(
    r"[\s\[\]()^↩↑↵⏎⤴⬆☝\ufe0e\ufe0fa-c0-9.,;«←]*|back|return|jump back.{0,60}|return to.{0,40}", re.IGNORECASE
)
_NUMBER = re.compile(r"fn(?:ref)?-(\d{1,4})")
MAX_REFERENCES = 500
"""More numbers that lead to places in the page are an index, not footnotes."""
_HOLDERS = ("li", "p", "div", "dd", "aside", "td")


def special(element: Element) -> bool:
    """Whether an element is a footnote's part in the form that `gather` gives it."""
    if element.tag == "section":
        return (element.attr("class") or "") == "footnotes"
    if element.tag == "sup":
        return number(element) != ""
    return (element.attr("href") or "").startswith("#fnref-")


def number(element: Element) -> str:
    """The number of a reference or of a footnote; empty where it is none."""
    link = element.find("a") if element.tag == "sup" else None
    value = (link.attr("href") or "").removeprefix("#") if link is not None else element.attr("id") or ""
    match = _NUMBER.fullmatch(value)
    return match[1] if match else ""


def items(section: Element) -> list[Element]:
    """The footnotes of a section."""
    return [item for item in section.find_all("li") if _NUMBER.fullmatch(item.attr("id") or "")]


def gather(root: Element) -> bool:
    """Gives the footnotes of a document their one form; leaves alone what only looks like some."""
    named = {
        name: element
        for element in root.select("[id],a[name]")
        for name in (element.attr("id"), element.attr("name"))
        if name
    }
    candidates = [link for link in root.select('a[href*="#"]') if _REFERENCE.fullmatch(link.text.strip())]
    pairs = _pairs(root, candidates, named) if named and len(candidates) <= MAX_REFERENCES else []
    references = {link for link, _ in pairs}
    for link in root.select('a[href^="#"]'):  # no other link keeps an address within the page: it would lead nowhere
        if link not in references and not _BACK.fullmatch(link.text.strip()):
            del link.attrs["href"]
    notes: list[Element] = []
    for link, note in pairs:
        if note not in notes:
            notes.append(note)
        _refer(link, str(notes.index(note) + 1))
    if notes:
        root.append(_section(notes))
    return bool(notes)


def _pairs(root: Element, links: list[Element], named: dict[str, Element]) -> list[tuple[Element, Element]]:
    """References in their order, each with its footnote: one that stands later and leads back to a reference to it."""
    order = {element: place for place, element in enumerate(root.find_all(True))}
    sure = {note for link in links if (note := _note(link, named)) is not None and order[link] < order[note]}
    pairs = [(link, note) for link in links if (note := _holder(link, named)) is not None and note in sure]
    return [(link, note) for link, note in pairs if not any(ancestor in sure for ancestor in link.ancestors)]


def _target(link: Element) -> str:
    return (link.attr("href") or "").rpartition("#")[2]


def _holder(link: Element, named: dict[str, Element]) -> Element | None:
    """The item or paragraph that a link leads to."""
    there = named.get(_target(link))
    around = (there, *there.ancestors) if there is not None else ()
    return next((node for node in around if isinstance(node, Element) and node.tag in _HOLDERS), None)


def _note(link: Element, named: dict[str, Element]) -> Element | None:
    """The footnote that a link leads to: it must hold a link back to where the first one stands."""
    holder = _holder(link, named)
    if holder is None or _within(link, holder):
        return None
    around = [link, *(node for node, _ in zip(link.ancestors, range(3), strict=False) if isinstance(node, Element))]
    names = {name for element in around for name in (element.attr("id"), element.attr("name")) if name}
    near = [element for element in around[1:2] if element.tag in ("sup", "span", "small")]
    names |= {name for element in near for part in element.select("[id]") if (name := part.attr("id"))}
    return holder if any(_target(back) in names for back in _backs(holder)) else None


def _backs(holder: Element) -> list[Element]:
    return [link for link in holder.select('a[href*="#"]') if _BACK.fullmatch(link.text.strip())]


def _within(element: Element, other: Element) -> bool:
    return any(ancestor is other for ancestor in element.ancestors)


def _refer(link: Element, place: str) -> None:
    sup = link.closest("sup")
    made = Element("sup", {"id": f"fnref-{place}"})
    inner = Element("a", {"href": f"#fn-{place}"})
    inner.append(Text(place))
    made.append(inner)
    lone = sup is not None and sup.text.strip() == link.text.strip()
    (sup if sup is not None and lone else link).replace_with(made)


def _section(order: list[Element]) -> Element:
    section = Element("section", {"class": "footnotes"})
    numbered = Element("ol", {})
    section.append(numbered)
    for place, note in enumerate(order, 1):
        item = Element("li", {"id": f"fn-{place}"})
        for back in _backs(note):
            back.decompose()
        item.extend(list[Node](note.children))
        _remove(note)
        numbered.append(item)
    return section


def _remove(note: Element) -> None:
    """Takes a footnote out, and the list or box that is empty without it."""
    box = note.parent
    note.decompose()
    while (
        isinstance(box, Element) and box.tag in ("ol", "ul", "div", "section", "aside", "dl") and box.parent is not None
    ):
        if box.text.strip() or box.find("img") is not None:
            return
        box, empty = box.parent, box
        empty.decompose()
