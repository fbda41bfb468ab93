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
    told = (link.attr("href") or "").removeprefix("#") if link is not None else element.attr("id") or ""
    found = _NUMBER.fullmatch(told)
    return found[1] if found else ""


def items(section: Element) -> list[Element]:
    """The footnotes of a section."""
    return [item for item in section.find_all("li") if _NUMBER.fullmatch(item.attr("id") or "")]


def gather(root: Element) -> bool:
    """Gives the footnotes of a document their one form; leaves alone what only looks like some."""
    named = {told: one for one in root.select("[id],a[name]") for told in (one.attr("id"), one.attr("name")) if told}
    found = [link for link in root.select('a[href*="#"]') if _REFERENCE.fullmatch(link.text.strip())]
    pairs = _pairs(root, found, named) if named and len(found) <= MAX_REFERENCES else []
    references = {link for link, _ in pairs}
    for link in root.select('a[href^="#"]'):  # no other link keeps an address within the page: it would lead nowhere
        if link not in references and not _BACK.fullmatch(link.text.strip()):
            del link.attrs["href"]
    kept: list[Element] = []
    for link, note in pairs:
        if note not in kept:
            kept.append(note)
        _refer(link, str(kept.index(note) + 1))
    if kept:
        root.append(_section(kept))
    return bool(kept)


def _pairs(root: Element, found: list[Element], named: dict[str, Element]) -> list[tuple[Element, Element]]:
    """References in their order, each with its footnote: one that stands later and leads back to a reference to it."""
    order = {one: place for place, one in enumerate(root.find_all(True))}
    sure = {note for link in found if (note := _note(link, named)) is not None and order[link] < order[note]}
    pairs = [(link, note) for link in found if (note := _holder(link, named)) is not None and note in sure]
    return [(link, note) for link, note in pairs if not any(one in sure for one in link.ancestors)]


def _target(link: Element) -> str:
    return (link.attr("href") or "").rpartition("#")[2]


def _holder(link: Element, named: dict[str, Element]) -> Element | None:
    """The item or paragraph that a link leads to."""
    there = named.get(_target(link))
    around = (there, *there.ancestors) if there is not None else ()
    return next((one for one in around if isinstance(one, Element) and one.tag in _HOLDERS), None)


def _note(link: Element, named: dict[str, Element]) -> Element | None:
    """The footnote that a link leads to: it must hold a link back to where the first one stands."""
    holder = _holder(link, named)
    if holder is None or _within(link, holder):
        return None
    around = [link, *(one for one, _ in zip(link.ancestors, range(3), strict=False) if isinstance(one, Element))]
    names = {told for one in around for told in (one.attr("id"), one.attr("name")) if told}
    near = [one for one in around[1:2] if one.tag in ("sup", "span", "small")]
    names |= {told for one in near for part in one.select("[id]") if (told := part.attr("id"))}
    return holder if any(_target(back) in names for back in _backs(holder)) else None


def _backs(holder: Element) -> list[Element]:
    return [link for link in holder.select('a[href*="#"]') if _BACK.fullmatch(link.text.strip())]


def _within(element: Element, other: Element) -> bool:
    return any(one is other for one in element.ancestors)


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
        box, gone = box.parent, box
        gone.decompose()
