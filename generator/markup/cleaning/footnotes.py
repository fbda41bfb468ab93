"""Bring the footnotes of all tools into one form with `gather`: numbered references, and one section at the end."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from turbohtml import Element, Node, Text

from generator.markup.tree import footnote
from generator.markup.tree.footnotes import MAX_BACKS, around

_REFERENCE = re.compile(
    r"(?:note|fn)?\s*(?:[\[(]\s*)?(?:\d{1,3}(?::\d{1,3})?|[⁰¹²³⁴-⁹]{1,3}|[*†‡§¶]{1,3})\s*[\])]?|[\[(](?:[a-z]|[ivx]{1,5})[\])]",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[a-z]|[ivx]{1,5}", re.IGNORECASE)
"""A reference where it is raised; else the links of an alphabet are such."""
_NAMED = re.compile(
    r"(?:^|[\W_])(?:fn|_?ftn|(?:foot|end|side|margin|cite)[_-]?note|note)s?(?=[\W_\d]|$)", re.IGNORECASE
)
"""Ids of footnotes, which may do without a way back: beside the text nobody needs one."""
MAX_REFERENCES = 500
"""More numbers that lead to places in the page are an index, not footnotes."""
_BLOCKS = "p,li,td,th,dd,dt,h1,h2,h3,h4,h5,h6,figcaption,blockquote,div"
_HEADINGS = "h1,h2,h3,h4,h5,h6"
_BACK = re.compile(r"back|return|revers|top|footnote$", re.IGNORECASE)
_EDGES = " \t\n\xa0[]()"


class _Pair(NamedTuple):
    link: Element
    """The reference."""
    target: Element
    """What it leads to: the footnote, or a part of it."""
    note: Element
    near: set[str]
    """Names in the block of the link."""


def gather(root: Element) -> bool:
    """Give the footnotes of a document their one form; leaves alone what only looks like some."""
    named = {
        name: element
        for element in root.select("[id],a[name]")
        for name in (element.attr("id"), element.attr("name"))
        if name
    }
    candidates = [link for link in root.select('a[href*="#"]') if _refers(link)]
    pairs = _pairs(root, candidates, named) if named and len(candidates) <= MAX_REFERENCES else []
    references = {pair.link for pair in pairs}
    for link in root.select('a[href^="#"]'):  # no other link keeps an address within the page: it would lead nowhere
        if link not in references and not footnote.BACK.fullmatch(link.text.strip()):
            del link.attrs["href"]
    order = {note: str(place) for place, note in enumerate(dict.fromkeys(pair.note for pair in pairs), 1)}
    marks = {pair.note: pair.link.text.strip(footnote.SIGNS) for pair in reversed(pairs)}
    names: defaultdict[Element, set[str]] = defaultdict(set)
    for pair in pairs:
        names[pair.note] |= pair.near
    backs = {note: _backs(links, names[note]) for note, links in _links(root, order).items()}
    for raised in dict.fromkeys([_refer(pair.link, order[pair.note]) for pair in pairs]):
        _lower(raised)
    listed = footnote.section(root) if pairs else root
    for note, place in order.items():
        item = Element("li", {"id": f"fn-{place}"})
        listed.append(item)
        footnote.move(note, item, backs[note], marks[note])
    return bool(pairs)


def _refers(link: Element) -> bool:
    text = link.text.strip()
    raised = bool(_LETTER.fullmatch(text)) and (link.closest("sup") is not None or link.find("sup") is not None)
    return raised or bool(_REFERENCE.fullmatch(text))


def _pairs(root: Element, links: list[Element], named: dict[str, Element]) -> list[_Pair]:
    """References in their order, each with its footnote: one that stands later and leads back to a reference to it."""
    targets = {link: target for link in links if (target := named.get(_target(link))) is not None}
    asked = {*targets, *targets.values(), *(note for _, note in _holders(targets))}
    order = {element: place for place, element in enumerate(root.find_all(True)) if element in asked}
    starts = {node for link in links for node in (link, link.parent)}
    ahead = {link: target for link, target in targets.items() if order[link] < order[target] and target not in starts}
    forward = {_target(link) for link in ahead}
    near = _near(root, targets, forward)
    ours = {note for box in root.select("section.footnotes") if footnote.special(box) for note in footnote.items(box)}
    holders = [(link, note) for link, note in _holders(targets) if note in order and (note not in ours or _ours(link))]
    reached = [_Pair(link, targets[link], note, near[link]) for link, note in holders]
    inside = _links(root, {pair.note for pair in reached})
    headed = around(root.select(_HEADINGS))
    later = [pair for pair in reached if order[pair.link] < order[pair.note] and pair.note not in headed]
    sure = {pair.note for pair in later if _is_note(pair, inside[pair.note])}
    return _apart([pair for pair in reached if pair.note in sure and sure.isdisjoint(pair.link.ancestors)])


def _ours(link: Element) -> bool:
    """Return whether a link is a reference in the one form; another with the same address led to a note that is not
    there.
    """
    around_it = (element for element in (link, link.parent) if isinstance(element, Element))
    return any((element.attr("id") or "").startswith("fnref-") for element in around_it)


def _near(root: Element, links: Iterable[Element], forward: set[str]) -> dict[Element, set[str]]:
    """Return the names in the block that each link stands in, but what links lead `forward` to: a way back leads to
    one.
    """
    blocks: dict[Element, set[str]] = {}
    near = {}
    for link in links:
        block = link.closest(_BLOCKS) or root
        if block not in blocks:
            parts = [block, *block.select("[id],[name]")]
            blocks[block] = {name for part in parts for name in (part.attr("id"), part.attr("name")) if name} - forward
        near[link] = blocks[block]
    return near


def _target(link: Element) -> str:
    return (link.attr("href") or "").rpartition("#")[2]


def _holders(targets: dict[Element, Element]) -> Iterator[tuple[Element, Element]]:
    """Yield Links, each with the item or paragraph that it leads into."""
    for link, target in targets.items():
        outer = (element for element in (target, *target.ancestors) if isinstance(element, Element))
        holder = (
            target
            if target.tag == "table"
            else next((element for element in outer if element.tag in footnote.HOLDERS), None)
        )
        if holder is not None:
            yield link, holder


def _is_note(pair: _Pair, links: list[Element]) -> bool:
    """Return whether a link leads to a footnote: one that leads back to where the link stands, or has the name of a
    note.
    """
    names = f"{_target(pair.link)} {pair.note.attr('class')} {pair.note.attr('role')}"
    backs = _backs(links, pair.near)
    if any(ancestor is pair.note for ancestor in pair.link.ancestors) or not footnote.says(pair.note, backs):
        return False
    return bool(_NAMED.search(names) or backs)


def _links(root: Element, notes: Collection[Element]) -> dict[Element, list[Element]]:
    """Return the first links to places in the page that each footnote holds."""
    links: dict[Element, list[Element]] = {note: [] for note in notes}
    for link in root.select('a[href*="#"]') if notes else []:
        note = next((ancestor for ancestor in link.ancestors if ancestor in links), None)
        if isinstance(note, Element) and len(links[note]) < MAX_BACKS:
            links[note].append(link)
    return links


def _backs(links: list[Element], names: set[str]) -> list[Element]:
    """Return those of the links in a footnote that lead back to one of its references."""
    back = (link for link in links if _target(link) in names)
    return [link for link in back if footnote.BACK.fullmatch(link.text.strip(_EDGES)) or _BACK.search(_names(link))]


def _names(link: Element) -> str:
    return " ".join(link.attr(name) or "" for name in ("class", "role", "rev"))


def _apart(pairs: list[_Pair]) -> list[_Pair]:
    """Return the same with a box for each footnote, where several stand in one paragraph, parted by line breaks."""
    targets: defaultdict[Element, dict[Element, None]] = defaultdict(dict)
    for pair in pairs:
        targets[pair.note][pair.target] = None
    boxes: dict[Element, Element] = {}
    for note, note_targets in targets.items():
        if len(note_targets) > 1 and note not in note_targets:
            boxes |= _parted(note, note_targets)
    return [pair._replace(note=boxes.get(pair.target, pair.note)) for pair in pairs]


def _parted(note: Element, targets: dict[Element, None]) -> dict[Element, Element]:
    starts: dict[Node, Element] = {}
    for target in targets:
        starts |= {node: target for node in (target, *target.ancestors) if node.parent is note}
    boxes: dict[Element, Element] = {}
    box: Element | None = None
    for child in list(note.children):
        if child in starts:
            box = boxes[starts[child]] = Element("div", {})
            child.insert_before(box)
        if box is not None:
            box.append(child)
    return boxes


def _refer(link: Element, place: str) -> Element | None:
    """Put a reference in the place of a link, and return the `sup` around it."""
    made = Element("sup", {"id": f"fnref-{place}"})
    inner = Element("a", {"href": f"#fn-{place}"})
    inner.append(Text(place))
    made.append(inner)
    footnote.unbracket(link)
    raised = link.closest("sup")
    link.replace_with(made)
    return raised


def _lower(raised: Element | None) -> None:
    """Unwraps a `sup` that holds references and signs only: they are raised by themselves."""
    kids = raised.children if raised is not None else []
    rest = [kid.text for kid in kids if not (isinstance(kid, Element) and footnote.number(kid))]
    if raised is not None and raised.find("img") is None and not "".join(rest).strip(footnote.SIGNS):
        raised.unwrap()
