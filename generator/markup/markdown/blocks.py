"""Write blocks of the tree as Markdown, one after another, with `markdown`; what Markdown cannot say as clean HTML."""

import re
from collections.abc import Container, Sequence

from generator.markup.markdown import escape
from generator.markup.markdown.inline import SHORTCODE, Place, line
from generator.markup.tree import html
from generator.markup.tree.nodes import HEADINGS, Content, Node

_FENCE = re.compile(r"^[^\S\n]*+(`{3,})", re.MULTILINE)
_ALIGNED = {"left": ":---", "right": "---:", "center": ":---:"}
_LONE_TAG = re.compile(r"<[a-z][a-z0-9]*(?:\s[^<>]*)?>")
"""Alone on its line it opens an HTML block (CommonMark 4.6, kind 7) and would leave its paragraph."""


def markdown(kids: Sequence[Node], *, gap: str = "\n\n", as_html: Container[int] = ()) -> str:
    """Return blocks with an empty line between them (none in tight lists); those whose place is in `as_html` as
    HTML.
    """
    out: list[str] = []
    mark = "-"
    for place, block in enumerate(kids):
        if place in as_html or (block.tag == "section" and not _referred(block, out)):
            out.append(html.element(block))
            continue
        same = place > 0 and kids[place - 1].tag == block.tag and block.tag in ("ul", "ol")
        mark = ("*" if mark == "-" else "-") if same else "-"
        out.append(_block(block, mark))
    return gap.join(out)


def _block(node: Node, mark: str) -> str:
    if node.tag == "p":
        return _paragraph(node)
    if node.tag in HEADINGS:
        return _heading(node)
    if node.tag == "pre":
        return _code(node)
    if node.tag == "blockquote":
        return _prefixed(markdown(_nodes(node.kids)), "> ", "> ")
    if node.tag in ("ul", "ol"):
        return _list(node, mark)
    if node.tag == "hr":
        return "***"
    if node.tag == "details":
        return _details(node)
    if node.tag == "section":
        return _notes(node)
    return _table(node) if node.tag == "table" else html.element(node)


def _nodes(kids: Content) -> list[Node]:
    return [kid for kid in kids if isinstance(kid, Node)]


def _paragraph(node: Node) -> str:
    written = _lines(line(node.kids))
    return html.element(node) if _LONE_TAG.fullmatch(written) else written


def _lines(written: str) -> str:
    return "\n".join(escape.start(part) for part in written.split("\n"))


def _heading(node: Node) -> str:
    written = re.sub(r"(?<!#)(#+)$", r"\\\1", line(node.kids))
    return f"{'#' * int(node.tag[1])} {written}"


def _code(node: Node) -> str:
    written = "".join(kid for kid in node.kids if isinstance(kid, str))
    if "lang" not in node.attrs or SHORTCODE.search(written):
        return html.element(node)
    longest = max((len(run) for run in _FENCE.findall(written)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{node.attrs['lang']}\n{written}\n{fence}"


def _prefixed(written: str, first: str, other: str) -> str:
    lines = written.split("\n")
    blank = other.rstrip()
    return "\n".join(
        (first if place == 0 else other) + text if text or place == 0 else blank for place, text in enumerate(lines)
    )


def _list(node: Node, mark: str) -> str:
    if "type" in node.attrs or "reversed" in node.attrs:
        return html.element(node)
    number = int(node.attrs.get("start", "1"))
    items = _nodes(node.kids)
    loose = any(isinstance(kid, Node) and kid.tag == "p" for item in items for kid in item.kids)
    loose = loose or any(not _tight(item) for item in items)
    gap = "\n\n" if loose else "\n"
    out = []
    for place, item in enumerate(items):
        bullet = f"{number + place}{')' if mark == '*' else '.'} " if node.tag == "ol" else f"{mark} "
        out.append(_prefixed(_item(item, gap), bullet, " " * len(bullet)))
    return gap.join(out)


def _tight(item: Node) -> bool:
    blocks = [kid for kid in item.kids if isinstance(kid, Node) and kid.tag in html.BLOCKS]
    return all(block.tag in ("ul", "ol", "pre") for block in blocks)


def _item(item: Node, gap: str) -> str:
    place = 0
    while place < len(item.kids):
        kid = item.kids[place]
        if isinstance(kid, Node) and kid.tag in html.BLOCKS:
            break
        place += 1
    parts = [_lines(line(item.kids[:place]))] if place else []
    rest = markdown(_nodes(item.kids[place:]), gap=gap)
    return gap.join([*parts, rest] if rest else parts)


def _details(node: Node) -> str:
    summary, *rest = _nodes(node.kids)
    inner = markdown(rest)
    return f"<details>\n{html.element(summary)}\n\n{inner}\n\n</details>" if rest else html.element(node)


def _referred(node: Node, out: list[str]) -> bool:
    """Return whether the Markdown so far refers to every footnote: engines drop those that it does not."""
    return all(any(f"[^{item.attrs['number']}]" in part for part in out) for item in _nodes(node.kids))


def _notes(node: Node) -> str:
    items = [(f"[^{item.attrs['number']}]: ", markdown(_nodes(item.kids))) for item in _nodes(node.kids)]
    return "\n\n".join(_prefixed(written, name, "    ") for name, written in items)


def _table(node: Node) -> str:
    head, body = node.kids if len(node.kids) == 2 else (None, None)
    if not (isinstance(head, Node) and isinstance(body, Node) and head.tag == "thead" and len(head.kids) == 1):
        return html.element(node)
    rows = [*_nodes(head.kids), *_nodes(body.kids)]
    aligned = [[cell.attrs for cell in _nodes(row.kids)] for row in rows]
    cells = [cell for row in rows for cell in _nodes(row.kids)]
    plain = all(not isinstance(kid, Node) or kid.tag not in html.BLOCKS for cell in cells for kid in cell.kids)
    spans = any("colspan" in cell.attrs or "rowspan" in cell.attrs for cell in cells)
    headed = any(cell.tag == "th" for row in _nodes(body.kids) for cell in _nodes(row.kids))
    if not plain or spans or headed or any(row != aligned[0] for row in aligned):
        return html.element(node)
    rule = [_ALIGNED.get(attrs.get("align", ""), "---") for attrs in aligned[0]]
    texts = [[line(cell.kids, Place(cell=True)).replace("|", "\\|") for cell in _nodes(row.kids)] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [texts[0], rule, *texts[1:]])
