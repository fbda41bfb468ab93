"""No rule meets boxes in each other without end, and no text is lost for that."""

import pytest
import turbohtml
from turbohtml import Element

from generator.markup.tree.depth import MAX_DEPTH, flatten


def _depth(element: Element) -> int:
    depth, level = 0, [element]
    while level := [child for parent in level for child in parent.children if isinstance(child, Element)]:
        depth += 1
    return depth


@pytest.mark.parametrize("piece", ["<div>", "<div>a<p>b", "<span class=x>a", "<ul><li>a", "<b>a", "<div><i>a</i>b"])
def test_deep_boxes_are_taken_apart_and_their_text_stays_in_order(piece: str) -> None:
    root = turbohtml.parse_fragment(f"<p>first</p>{piece * 3000}last", positions=False)
    text = root.text
    flatten(root)
    assert root.text == text
    assert _depth(root) <= MAX_DEPTH + 1


def test_what_is_no_deeper_stays_as_it_is() -> None:
    root = turbohtml.parse_fragment("<div>" * (MAX_DEPTH - 1) + "<p>a<b>c</b></p>", positions=False)
    html = root.inner_html
    flatten(root)
    assert root.inner_html == html


def test_the_code_of_deep_scripts_stays_in_its_elements() -> None:
    root = turbohtml.parse_fragment("<div>" * 1000 + "<script>a()</script><style>b</style>c", positions=False)
    flatten(root)
    assert [element.tag for element in root.select("script,style")] == ["script", "style"]
