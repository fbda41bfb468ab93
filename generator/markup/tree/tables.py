"""Read the rows of a `table` (`read`), whether they are data or a `layout`, and `build` the node of the table."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from turbohtml import Element

from generator.markup.tree.nodes import Content, Node

_MOST_SPANNED, _LARGEST = 100_000, 1_000_000
"""Columns, and columns times rows, that the cells of a table span together; in a larger one no span is looked at."""
_MOST_MISSING = 1000
"""Cells that short rows lack and get, be they more than `_MISSING` times those that are there; HTML needs none."""
_MISSING = 4
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

    def span(self, name: str) -> int:
        """Return how many columns (`colspan`) or rows (`rowspan`) it covers."""
        return int(self.attrs.get(name, "1"))


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


def read(table: Element, blocks: Callable[[Element, Element], list[Node]]) -> tuple[list[Node], list[list[Cell]]]:
    """Return the blocks of the caption, and the rows that hold anything; `blocks` is called with a cell and its row."""
    caption: list[Node] = []
    rows: list[list[Cell]] = []
    for part in table.children:
        if not isinstance(part, Element):
            continue
        if part.tag == "caption":
            caption += blocks(part, table)
            continue
        inside = [part] if part.tag == "tr" else [row for row in part.children if isinstance(row, Element)]
        rows += [_row(row, blocks, head=part.tag == "thead") for row in inside if row.tag == "tr"]
    return caption, [row for row in rows if any(cell.blocks for cell in row)]


def _row(row: Element, blocks: Callable[[Element, Element], list[Node]], *, head: bool) -> list[Cell]:
    cells = [cell for cell in row.children if isinstance(cell, Element) and cell.tag in ("td", "th")]
    return [
        Cell(tag="th" if head else cell.tag, attrs=_attrs(cell), blocks=blocks(cell, row), head=head) for cell in cells
    ]


def layout(table: Element, rows: list[list[Cell]]) -> bool:
    """Return whether the table only puts things beside or below each other: its cells are then plain blocks."""
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    if (table.attr("role") or "") in ("presentation", "none") or table.find("table") is not None:
        return True
    return len(rows) <= 1 or all(len(row) <= 1 for row in rows)


def build(caption: list[Node], rows: list[list[Cell]], line: Callable[[list[Node]], Content | None]) -> list[Node]:
    """Return the table as a node: leading rows of headings in its head, all others in its body."""
    heads = _heads(rows)
    rows = _fitted(rows, heads)
    spanned = any("colspan" in cell.attrs or "rowspan" in cell.attrs for row in rows for cell in row)
    width = max(len(row) for row in rows)
    cells = sum(map(len, rows))
    ragged = len(rows) * width - cells > max(_MOST_MISSING, _MISSING * cells)
    made = [_built(row, 0 if spanned or ragged else width, head=place < heads) for place, row in enumerate(rows)]
    caption_line = line(caption) if caption else ()
    kids = [Node("caption", {}, caption_line)] if caption_line else []
    kids += [Node("thead", {}, tuple(made[:heads]))] if heads else []
    kids += [Node("tbody", {}, tuple(made[heads:]))] if made[heads:] else []
    return [*(caption if caption_line is None else []), Node("table", {}, tuple(kids))]


def _heads(rows: list[list[Cell]]) -> int:
    """Return how many rows are the table's head; a cell of the head may reach down to further rows of headings only."""
    heads = 0
    while heads < len(rows) and all(cell.head for cell in rows[heads]):
        heads += 1
    if not heads and all(cell.tag == "th" for cell in rows[0]):
        heads = 1
    reached, place = heads, 0
    while place < min(reached, len(rows)):
        reached = max(reached, *(place + cell.span("rowspan") for cell in rows[place]))
        place += 1
    below = rows[heads:reached]
    return min(reached, len(rows)) if all(cell.tag == "th" for row in below for cell in row) else 0


def _fitted(rows: list[list[Cell]], heads: int) -> list[list[Cell]]:
    """Return the same with spans that end with the head or the body, over columns in which a cell begins: HTML has no
    others.

    Cells take their places as https://html.spec.whatwg.org/#forming-a-table has it.
    """
    spans = [(cell.span("colspan"), cell.span("rowspan")) for row in rows for cell in row]
    if sum(wide for wide, _ in spans) > _MOST_SPANNED or sum(wide * tall for wide, tall in spans) > _LARGEST:
        return rows
    free: dict[int, int] = {}
    places: list[list[tuple[int, int]]] = []
    for down, row in enumerate(rows):
        across, end = 0, heads if down < heads else len(rows)
        places.append([])
        for cell in row:
            while free.get(across, 0) > down:
                across += 1
            tall, wide = min(cell.span("rowspan"), end - down), cell.span("colspan")
            free.update(dict.fromkeys(range(across, across + wide), down + tall))
            places[-1].append((across, tall))
            across += wide
    begun = sorted({across for row in places for across, _ in row})
    return [
        [_spanning(cell, begun, across, tall) for cell, (across, tall) in zip(row, row_places, strict=True)]
        for row, row_places in zip(rows, places, strict=True)
    ]


def _spanning(cell: Cell, begun: list[int], across: int, tall: int) -> Cell:
    wide = bisect_left(begun, across + cell.span("colspan")) - bisect_left(begun, across)
    spans = {name: str(many) for name, many in (("colspan", wide), ("rowspan", tall)) if many > 1}
    return replace(cell, attrs=spans | {name: value for name, value in cell.attrs.items() if name == "align"})


def _built(row: list[Cell], width: int, *, head: bool) -> Node:
    cells = []
    for cell in row:
        single = len(cell.blocks) == 1 and cell.blocks[0].tag == "p"
        kids = cell.blocks[0].kids if single else tuple(cell.blocks)
        cells.append(Node("th" if head else cell.tag, cell.attrs, kids))
    tag = "th" if head else "td"
    missing = [Node(tag, {}, ()) for _ in range(width - len(row))]
    return Node("tr", {}, (*cells, *missing))
