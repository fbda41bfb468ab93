"""Tables: the rows of a `table` element, whether they are data or only lay a page out, and their place in the tree."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from turbohtml import Element

from generator.markup.nodes import Content, Node

_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell."""

    tag: str
    """`th` or `td`."""
    attrs: dict[str, str]
    blocks: list[Node]
    head: bool
    """Stands in a `thead`."""


def _attrs(element: Element) -> dict[str, str]:
    attrs: dict[str, str] = {}
    for name in ("colspan", "rowspan"):
        number = (element.attr(name) or "").strip()
        if number.isascii() and number.isdigit() and 1 < int(number) <= 1000:
            attrs[name] = str(int(number))
    styled = _ALIGN.search((element.attr("style") or "").lower())
    align = styled[1] if styled else (element.attr("align") or "").strip().lower()
    if align in ("left", "right", "center"):
        attrs["align"] = align
    return attrs


def read(table: Element, blocks: Callable[[Element], list[Node]]) -> tuple[list[Node], list[list[Cell]]]:
    """The blocks of the caption, and the rows that hold anything."""
    caption: list[Node] = []
    rows: list[list[Cell]] = []
    for part in table.children:
        if not isinstance(part, Element):
            continue
        if part.tag == "caption":
            caption += blocks(part)
            continue
        inside = [part] if part.tag == "tr" else [row for row in part.children if isinstance(row, Element)]
        rows += [_row(row, blocks, head=part.tag == "thead") for row in inside if row.tag == "tr"]
    return caption, [row for row in rows if any(cell.blocks for cell in row)]


def _row(row: Element, blocks: Callable[[Element], list[Node]], *, head: bool) -> list[Cell]:
    cells = [one for one in row.children if isinstance(one, Element) and one.tag in ("td", "th")]
    return [Cell(tag="th" if head else one.tag, attrs=_attrs(one), blocks=blocks(one), head=head) for one in cells]


def layout(table: Element, rows: list[list[Cell]]) -> bool:
    """Whether the table only puts things beside or below each other: its cells are then plain blocks."""
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    if (table.attr("role") or "") in ("presentation", "none") or table.find("table") is not None:
        return True
    return len(rows) <= 1 or all(len(row) <= 1 for row in rows)


def build(caption: list[Node], rows: list[list[Cell]], line: Callable[[list[Node]], Content | None]) -> list[Node]:
    """The table as a node: leading rows of headings in its head, all others in its body."""
    spanned = any("colspan" in cell.attrs or "rowspan" in cell.attrs for row in rows for cell in row)
    width = max(len(row) for row in rows)
    heads = 0
    while heads < len(rows) and all(cell.head for cell in rows[heads]):
        heads += 1
    if not heads and all(cell.tag == "th" for cell in rows[0]):
        heads = 1
    made = [_built(row, 0 if spanned else width, head=place < heads) for place, row in enumerate(rows)]
    told = line(caption) if caption else ()
    kids = [Node("caption", {}, told)] if told else []
    kids += [Node("thead", {}, tuple(made[:heads]))] if heads else []
    kids += [Node("tbody", {}, tuple(made[heads:]))] if made[heads:] else []
    return [*(caption if told is None else []), Node("table", {}, tuple(kids))]


def _built(row: list[Cell], width: int, *, head: bool) -> Node:
    cells = []
    for cell in row:
        single = len(cell.blocks) == 1 and cell.blocks[0].tag == "p"
        kids = cell.blocks[0].kids if single else tuple(cell.blocks)
        cells.append(Node("th" if head else cell.tag, cell.attrs, kids))
    tag = "th" if head else "td"
    missing = [Node(tag, {}, ()) for _ in range(width - len(row))]
    return Node("tr", {}, (*cells, *missing))
