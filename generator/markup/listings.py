"""Code listings: line numbers, and the tables that lay them out beside the code."""

import re

from turbohtml import Element

_GUTTERS = (
    "td.gutter,td.linenos,td.rouge-gutter,td.line-numbers,.lineno,.linenodiv,.line-numbers-rows,span.linenos,span.lnt"
)


def gutters(root: Element) -> bool:
    """Line numbers of code listings, and the tables that lay them out beside the code."""
    touched = False
    for gutter in root.select(_GUTTERS):
        row = next((one for one in gutter.ancestors if isinstance(one, Element) and one.tag == "table"), None)
        if gutter.tag != "td" and gutter.text.strip() and not re.fullmatch(r"[\d\s]*", gutter.text):
            continue
        gutter.decompose()
        touched = True
        if row is not None and len(row.find_all("td", limit=2)) == 1:
            _listing(row)
    return touched


def _listing(table: Element) -> None:
    """A table left with one cell of code: the code stands alone, lines or blocks of it in one `pre`."""
    if table.find("pre") is None and not any(_inside_pre(one) for one in table.ancestors):
        return
    for part in table.select("td,tr,tbody,thead"):
        part.unwrap()
    table.unwrap()


def _inside_pre(node: object) -> bool:
    return isinstance(node, Element) and node.tag == "pre"
