"""Build the tree of record from a parsed document with `shape`: equal where it looks equal, as Markdown can say it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from turbohtml import Element, Text
from turbohtml import Node as Dom

from generator.markup.tree import code_blocks, footnote, inline, marks, mathml, nodes, tables
from generator.markup.tree.nodes import Content, Leaf, Node, NodePath


@dataclass(slots=True)
class Flow:
    """Blocks gathered so far, and the pieces of a line that are not yet one."""

    blocks: list[Node] = field(default_factory=list)
    run: list[Leaf] = field(default_factory=list)
    verbatim: bool = False
    """Spaces count, as in `pre`."""

    def end(self) -> None:
        """What is on the line becomes a paragraph, or several."""
        if self.run:
            self.blocks += [Node("p", {}, inline.tree(part)) for part in inline.paragraphs(self.run)]
            self.run.clear()


def shape(root: Element) -> tuple[Node, ...]:
    """Return the blocks of a document."""
    return tuple(_blocks(root, (), 0))


def _blocks(element: Element, path: NodePath, depth: int) -> list[Node]:
    flow = Flow()
    _children(element, path, depth, flow)
    flow.end()
    return flow.blocks


def _children(element: Element, path: NodePath, depth: int, flow: Flow) -> None:
    path = path if flow.verbatim else marks.styled(element, path, len(flow.run))
    for child in element.children:
        _add_node(child, path, depth + 1, flow)


def _add_node(child: Dom, path: NodePath, depth: int, flow: Flow) -> None:
    if isinstance(child, Text):
        if flow.run or flow.verbatim or not child.data.isspace():
            flow.run.append((child.data, path))
    elif isinstance(child, Element):
        _child(child, path, depth, flow)


def _child(child: Element, path: NodePath, depth: int, flow: Flow) -> None:
    tag = nodes.SYNONYMS.get(child.tag, child.tag)
    if depth > nodes.DEPTH:
        flow.run.append(("" if tag in nodes.DROPPED else child.text, path))
    elif tag in ("a", "section", "sup") and footnote.special(child):
        _note(child, path, depth, flow)
    elif tag in nodes.MARKS and not (flow.verbatim and tag == "code"):
        _children(child, marks.marked(child, tag, path, len(flow.run)), depth, flow)
    elif tag in ("br", "img"):
        flow.run.append((inline.BREAK, path) if tag == "br" else marks.image(child, path))
    elif tag == "math":
        flow.run.append(mathml.leaf(child, path, nodes.DEPTH - depth))
    elif tag in nodes.PLAIN_BLOCKS:
        flow.end()
        _children(child, path, depth, flow)
        flow.end()
    elif tag in _BUILDERS:
        flow.end()
        flow.blocks += _BUILDERS[tag](child, marks.styled(child, path, 0), depth)
    elif tag not in nodes.DROPPED:
        _children(child, path, depth, flow)


def _line(blocks: list[Node]) -> Content | None:
    """Return paragraphs as one line without breaks; nothing where there is more than paragraphs."""
    leaves: list[Leaf] = []
    if any(block.tag != "p" for block in blocks):
        return None
    for block in blocks:
        _leaves(block.kids, (), leaves)
        leaves.append((" ", ()))
    return inline.tree(inline.fold([(" " if piece == inline.BREAK else piece, path) for piece, path in leaves]))


def _leaves(kids: Content, path: NodePath, out: list[Leaf]) -> None:
    for kid in kids:
        if isinstance(kid, str) or kid.tag in ("br", "img", "math", "note"):
            out.append((kid, path))
        else:
            number = 0 if kid.tag in nodes.JOINED else len(out) + 1
            _leaves(kid.kids, (*path, (kid.tag, tuple(kid.attrs.items()), number)), out)


def _heading(element: Element, path: NodePath, depth: int) -> list[Node]:
    blocks = _blocks(element, path, depth)
    line = _line(blocks)
    return blocks if line is None else [Node(element.tag, {}, line)] if line else []


def _quote(element: Element, path: NodePath, depth: int) -> list[Node]:
    blocks = _blocks(element, path, depth)
    return [Node("blockquote", {}, tuple(blocks))] if blocks else []


def _pre(element: Element, path: NodePath, depth: int) -> list[Node]:
    del depth
    if not code_blocks.formatted(element):
        block = code_blocks.block(element)
        return [block] if block else []
    flow = Flow(verbatim=True)
    _children(element, tuple(mark for mark in path if mark[0] != "code"), nodes.DEPTH - 20, flow)
    if flow.blocks:  # markup inside that is no line of text: a wrapper, not code
        flow.end()
        return flow.blocks
    kids = inline.verbatim(flow.run)
    plain = all(isinstance(kid, str) for kid in kids)
    return [Node("pre", {"lang": ""} if plain else {}, kids)] if kids else []


def _note(element: Element, path: NodePath, depth: int, flow: Flow) -> None:
    """A reference to a footnote, the footnotes themselves, or a way back from one: that is written anew each time."""
    if element.tag == "sup":
        outside = tuple(mark for mark in path if mark[0] not in ("a", "code", "sup"))
        flow.run.append((Node("note", {"number": footnote.number(element)}, ()), outside))
    elif element.tag == "section":
        flow.end()
        items = [(footnote.number(item), _blocks(item, (), depth + 2)) for item in footnote.items(element)]
        kids = tuple(Node("li", {"number": number}, tuple(blocks)) for number, blocks in items if blocks)
        flow.blocks += [Node("section", {}, kids)] if kids else []


def _rule(element: Element, path: NodePath, depth: int) -> list[Node]:
    del element, path, depth
    return [Node("hr", {}, ())]


def _list(element: Element, path: NodePath, depth: int) -> list[Node]:
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
    """Return a list whose items hold either all paragraphs or all bare lines: Markdown knows no mixture."""
    lone = len(items) == 1 and len(items[0]) == 1
    if all(map(_tight, items)) and (lone or not loose):
        kids = [(*(item[0].kids if item[0].tag == "p" else item[:1]), *item[1:]) for item in items]
    else:
        kids = [tuple(item) for item in items]
    return Node(tag, attrs, tuple(Node("li", {}, tuple(kid)) for kid in kids))


def _table(element: Element, path: NodePath, depth: int) -> list[Node]:
    caption, rows = tables.read(element, lambda cell, row: _blocks(cell, marks.styled(row, path, 0), depth + 3))
    if tables.layout(element, rows):
        return [*caption, *(block for row in rows for cell in row for block in cell.blocks)]
    return tables.build(caption, rows, _line)


def _definitions(element: Element, path: NodePath, depth: int) -> list[Node]:
    """Return a list from its first term to its last definition; what comes before or after, HTML knows as text only."""
    parts: list[tuple[str, list[Node]]] = []
    for tag, part in _terms(element, depth):
        flow = Flow()
        _add_node(part, path, depth + 2, flow)
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


def _terms(element: Element, depth: int) -> list[tuple[str, Dom]]:
    """Return what stands in a `dl`: terms, definitions, and what strayed into it, which reads as a definition."""
    terms: list[tuple[str, Dom]] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag in ("dt", "dd"):
            terms.append((child.tag, child))
        elif isinstance(child, Element) and child.tag == "div" and child.find("dt") is not None and depth < nodes.DEPTH:
            terms += _terms(child, depth + 1)
        else:
            terms.append(("dd", child))
    return terms


def _pictured(node: Node) -> bool:
    return any(isinstance(kid, Node) and (kid.tag == "img" or _pictured(kid)) for kid in node.kids)


def _figure(element: Element, path: NodePath, depth: int) -> list[Node]:
    own = (figcaption for figcaption in element.find_all("figcaption") if figcaption.closest("figure") is element)
    caption = next(own, None)
    caption_line = _line(_blocks(caption, path, depth + 1)) if caption else ()
    above = caption is not None and all(
        isinstance(node, Text) and node.data.isspace() for node in caption.previous_siblings
    )
    if caption and caption_line is not None:
        caption.replace_with(Element("div", {}))
    blocks = _blocks(element, path, depth)
    if caption_line and len(blocks) == 1 and blocks[0].tag == "p" and _pictured(blocks[0]):
        return [Node("figure", {}, (*blocks[0].kids, Node("figcaption", {}, caption_line)))]
    line = [Node("p", {}, caption_line)] if caption_line else []
    return [*line, *blocks] if above else [*blocks, *line]


def _details(element: Element, path: NodePath, depth: int) -> list[Node]:
    """Return what is folded, below the lines that its summary begins with; what else is in there, as a list, is
    folded too.
    """
    summary = next((child for child in element.children if isinstance(child, Element) and child.tag == "summary"), None)
    inside = _blocks(summary, path, depth + 1) if summary else []
    lines = list(takewhile(lambda block: block.tag == "p" or block.tag in nodes.HEADINGS, inside))
    summary_line = _line([block._replace(tag="p") for block in lines]) or ("Details",)
    if summary:
        summary.replace_with(Element("div", {}))
    folded = [*inside[len(lines) :], *_blocks(element, path, depth)]
    return [Node("details", {}, (Node("summary", {}, summary_line), *folded))]


_BUILDERS: dict[str, Callable[[Element, NodePath, int], list[Node]]] = {
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
