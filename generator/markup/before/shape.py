"""A parsed document into the tree of record: what Markdown can say where it can, and equal where it looks equal."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import turbohtml
from turbohtml import Element, Text
from turbohtml import Node as Dom

from generator.markup.before import code, grids, nodes, notes, repair, runs
from generator.markup.before.nodes import Content, Leaf, Mark, Node, Path

MAX_TAGS = 4 * repair.MAX_TAGS
_SAFE = re.compile(r"https?://[^\s<>\"]+|mailto:[^\s<>\"]+")
_SIZE = re.compile(r"\s*(\d{1,5}%?)")


@dataclass(slots=True)
class Flow:
    blocks: list[Node] = field(default_factory=list)
    run: list[Leaf] = field(default_factory=list)
    verbatim: bool = False

    def end(self) -> None:
        if self.run:
            self.blocks += [Node("p", {}, runs.tree(part)) for part in runs.paragraphs(self.run)]
            self.run.clear()


def read(html: str) -> tuple[Node, ...]:
    """HTML as the tree of record."""
    return shape(turbohtml.parse_fragment(repair.harmless(html, limit=MAX_TAGS), positions=False))


def shape(root: Element) -> tuple[Node, ...]:
    """The blocks of a document."""
    return tuple(_blocks(root, (), 0))


def _blocks(element: Element, path: Path, depth: int) -> list[Node]:
    flow = Flow()
    _children(element, path, depth, flow)
    flow.end()
    return flow.blocks


def _children(element: Element, path: Path, depth: int, flow: Flow) -> None:
    for child in element.children:
        _add_node(child, path, depth + 1, flow)


def _add_node(child: Dom, path: Path, depth: int, flow: Flow) -> None:
    if isinstance(child, Text):
        if flow.run or flow.verbatim or not child.data.isspace():
            flow.run.append((child.data, path))
    elif isinstance(child, Element):
        _child(child, path, depth, flow)


def _child(child: Element, path: Path, depth: int, flow: Flow) -> None:
    tag = nodes.SYNONYMS.get(child.tag, child.tag)
    if depth > nodes.DEPTH:
        flow.run.append(("" if tag in nodes.DROPPED else child.text, path))
    elif tag in ("a", "section", "sup") and notes.special(child):
        _note(child, path, depth, flow)
    elif tag in nodes.MARKS:
        _children(child, _marked(child, tag, path, len(flow.run)), depth, flow)
    elif tag in ("br", "img"):
        flow.run.append((runs.BREAK, path) if tag == "br" else _image(child, path))
    elif tag in nodes.PLAIN_BLOCKS:
        flow.end()
        _children(child, path, depth, flow)
        flow.end()
    elif tag in _BUILDERS:
        flow.end()
        flow.blocks += _BUILDERS[tag](child, path, depth)
    elif tag not in nodes.DROPPED:
        _children(child, path, depth, flow)


def _marked(element: Element, tag: str, path: Path, number: int) -> Path:
    attrs = tuple(
        (name, " ".join(value.split()))
        for name in nodes.MARK_ATTRS.get(tag, ())
        if (value := element.attr(name)) and value.strip()
    )
    if tag == "a" and not (attrs and attrs[0][0] == "href" and _SAFE.fullmatch(attrs[0][1])):
        return path
    if tag in nodes.JOINED and any(mark[0] == tag for mark in path):
        return path
    mark: Mark = (tag, attrs, 0 if tag in nodes.JOINED else number + 1)
    inside_code = bool(path) and path[-1][0] == "code"
    return (*path[:-1], mark, path[-1]) if inside_code else (*path, mark)


def _image(element: Element, path: Path) -> Leaf:
    alt = " ".join((element.attr("alt") or "").split())
    address = (element.attr("src") or "").strip()
    if not re.match("https?:", address) or not _SAFE.fullmatch(address):
        return alt, path
    attrs = {"src": address, "alt": alt}
    if title := " ".join((element.attr("title") or "").split()):
        attrs["title"] = title
    for name in ("width", "height"):
        if size := _SIZE.match(element.attr(name) or ""):
            attrs[name] = size[1]
    return Node("img", attrs, ()), tuple(mark for mark in path if mark[0] != "code")


def _line(blocks: list[Node]) -> Content | None:
    leaves: list[Leaf] = []
    if any(block.tag != "p" for block in blocks):
        return None
    for block in blocks:
        _leaves(block.kids, (), leaves)
        leaves.append((" ", ()))
    return runs.tree(runs.fold([(" " if piece == runs.BREAK else piece, path) for piece, path in leaves]))


def _leaves(kids: Content, path: Path, out: list[Leaf]) -> None:
    for kid in kids:
        if isinstance(kid, str) or kid.tag in ("br", "img", "note"):
            out.append((kid, path))
        else:
            number = 0 if kid.tag in nodes.JOINED else len(out) + 1
            _leaves(kid.kids, (*path, (kid.tag, tuple(kid.attrs.items()), number)), out)


def _heading(element: Element, path: Path, depth: int) -> list[Node]:
    blocks = _blocks(element, path, depth)
    line = _line(blocks)
    if line is None:
        return blocks
    return [Node(element.tag, {}, line)] if line else []


def _quote(element: Element, path: Path, depth: int) -> list[Node]:
    blocks = _blocks(element, path, depth)
    return [Node("blockquote", {}, tuple(blocks))] if blocks else []


def _pre(element: Element, path: Path, depth: int) -> list[Node]:
    del depth
    if not code.formatted(element):
        block = code.block(element)
        return [block] if block else []
    flow = Flow(verbatim=True)
    _children(element, path, nodes.DEPTH - 20, flow)
    if flow.blocks:  # markup inside that is no line of text: a wrapper, not code
        flow.end()
        return flow.blocks
    kids = runs.verbatim(flow.run)
    plain = all(isinstance(kid, str) for kid in kids)
    return [Node("pre", {"lang": ""} if plain else {}, kids)] if kids else []


def _note(element: Element, path: Path, depth: int, flow: Flow) -> None:
    """A reference to a footnote, the footnotes themselves, or a way back from one: that is written anew each time."""
    if element.tag == "sup":
        flow.run.append((Node("note", {"number": notes.number(element)}, ()), path))
    elif element.tag == "section":
        flow.end()
        items = [(notes.number(item), _blocks(item, (), depth + 2)) for item in notes.items(element)]
        kids = tuple(Node("li", {"number": number}, tuple(blocks)) for number, blocks in items if blocks)
        flow.blocks += [Node("section", {}, kids)] if kids else []


def _rule(element: Element, path: Path, depth: int) -> list[Node]:
    del element, path, depth
    return [Node("hr", {}, ())]


def _list(element: Element, path: Path, depth: int) -> list[Node]:
    items: list[list[Node]] = []
    loose = False
    for child in element.children:
        flow = Flow()
        if isinstance(child, Element) and child.tag == "li":
            loose = loose or any(isinstance(part, Element) and part.tag == "p" for part in child.children)
            _children(child, path, depth + 1, flow)
        else:
            _add_node(child, path, depth + 1, flow)
        flow.end()
        stray = isinstance(child, Element) and child.tag in ("ul", "ol")
        if stray and items:
            items[-1] += flow.blocks
        elif flow.blocks:
            items.append(flow.blocks)
    tag = nodes.SYNONYMS.get(element.tag, element.tag)
    return [_listed(tag, _counted(element) if tag == "ol" else {}, items, loose=loose)] if items else []


def _counted(element: Element) -> dict[str, str]:
    attrs: dict[str, str] = {}
    start = (element.attr("start") or "1").strip()
    if start.isascii() and start.isdigit() and 0 <= int(start) < 10**9 and int(start) != 1:
        attrs["start"] = str(int(start))
    if (element.attr("type") or "") in ("a", "A", "i", "I"):
        attrs["type"] = element.attr("type") or ""
    if "reversed" in element.attrs:
        attrs["reversed"] = ""
    return attrs


def _tight(item: list[Node]) -> bool:
    follow = all(block.tag in ("ul", "ol", "pre") and not block.attrs.get("start") for block in item[1:])
    plain = not any(block.tag == "pre" and "lang" not in block.attrs for block in item)
    return follow and plain and item[0].tag in ("p", "ul", "ol", "pre")


def _listed(tag: str, attrs: dict[str, str], items: list[list[Node]], *, loose: bool) -> Node:
    lone = len(items) == 1 and len(items[0]) == 1
    if all(map(_tight, items)) and (lone or not loose):
        kids = [(*(item[0].kids if item[0].tag == "p" else item[:1]), *item[1:]) for item in items]
    else:
        kids = [tuple(item) for item in items]
    return Node(tag, attrs, tuple(Node("li", {}, tuple(kid)) for kid in kids))


def _table(element: Element, path: Path, depth: int) -> list[Node]:
    caption, rows = grids.read(element, lambda cell: _blocks(cell, path, depth + 3))
    if grids.layout(element, rows):
        return [*caption, *(block for row in rows for cell in row for block in cell.blocks)]
    return grids.build(caption, rows, _line)


def _definitions(element: Element, path: Path, depth: int) -> list[Node]:
    """A list from its first term to its last definition; what comes before or after, HTML knows as text only."""
    parts: list[tuple[str, list[Node]]] = []
    for tag, inside in _terms(element):
        flow = Flow()
        for child in inside:
            _add_node(child, path, depth + 2, flow)
        flow.end()
        parts += [(tag, flow.blocks)] if flow.blocks else []
    tags = [tag for tag, _ in parts]
    first = tags.index("dt") if "dt" in tags else len(tags)
    last = len(tags) - tags[::-1].index("dd") if "dd" in tags[first:] else first
    listed = tuple(kid for kid in (_part(tag, blocks) for tag, blocks in parts[first:last]) if kid.kids)
    before, after = ([block for _, blocks in some for block in blocks] for some in (parts[:first], parts[last:]))
    return [*before, *([Node("dl", {}, listed)] if listed else []), *after]


def _part(tag: str, blocks: list[Node]) -> Node:
    line = _line(blocks) if tag == "dt" else None
    if line is None:
        line = blocks[0].kids if len(blocks) == 1 and blocks[0].tag == "p" else tuple(blocks)
    return Node(tag, {}, line)


def _terms(element: Element) -> list[tuple[str, list[Dom]]]:
    """What stands in a `dl`: terms, definitions, and what strayed into it, which reads as a definition."""
    terms: list[tuple[str, list[Dom]]] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag in ("dt", "dd"):
            terms.append((child.tag, list(child.children)))
        elif isinstance(child, Element) and child.tag == "div" and child.find("dt") is not None:
            terms += _terms(child)
        else:
            terms.append(("dd", [child]))
    return terms


def _pictured(node: Node) -> bool:
    return any(isinstance(kid, Node) and (kid.tag == "img" or _pictured(kid)) for kid in node.kids)


def _figure(element: Element, path: Path, depth: int) -> list[Node]:
    caption = element.find("figcaption")
    caption_line = _line(_blocks(caption, path, depth + 1)) if caption else ()
    if caption and caption_line is not None:
        caption.decompose()
    blocks = _blocks(element, path, depth)
    if caption_line and len(blocks) == 1 and blocks[0].tag == "p" and _pictured(blocks[0]):
        return [Node("figure", {}, (*blocks[0].kids, Node("figcaption", {}, caption_line)))]
    return [*blocks, Node("p", {}, caption_line)] if caption_line else blocks


def _details(element: Element, path: Path, depth: int) -> list[Node]:
    summary = element.find("summary")
    summary_line = (_line(_blocks(summary, path, depth + 1)) if summary else None) or ("Details",)
    if summary:
        summary.decompose()
    return [Node("details", {}, (Node("summary", {}, summary_line), *_blocks(element, path, depth)))]


_BUILDERS: dict[str, Callable[[Element, Path, int], list[Node]]] = {
    **dict.fromkeys(nodes.HEADINGS, _heading),
    "blockquote": _quote,
    "pre": _pre,
    "hr": _rule,
    "ul": _list,
    "ol": _list,
    "table": _table,
    "dl": _definitions,
    "figure": _figure,
    "details": _details,
}
