"""Replace formulas, as programs have drawn them, by their TeX between dollars, else by MathML, with `formulas`."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice

import turbohtml
from turbohtml import Element, HTMLParseError, Text

from generator.markup.cleaning.drawings import redrawn
from generator.markup.tree.nodes import HEADINGS, MARKS

_TEX = re.compile(r"\s*(?:math|text|application)/(?:x-)?(?:la)?tex\b", re.IGNORECASE)
_ENCODING = re.compile(r"\b(?:la)?tex\b", re.IGNORECASE)
_BOX = re.compile(
    r"(?:^|\s)(?:MathJax(?:_Display|_SVG|_SVG_Display|_CHTML)?|MJX_Assistive_MathML|MJXc-display|mjx-chtml|mjpage(?:__block)?"
    r"|katex(?:-display|-mathml)?|mwe-math(?:-mathml)?-(?:element|inline|display))(?=\s|$)"
)
"""Classes of what KaTeX, MathJax 2 and MediaWiki put around one formula; MathJax 3 and 4 have elements of their own."""
_DISPLAY = re.compile(r"(?:^|[\s_-])(?:display|block)(?=\s|$)", re.IGNORECASE)
_LINES = MARKS | HEADINGS | {"p", "span"}
"""Elements in which even a formula with lines of its own stays part of the sentence."""
_NEAR = 6
"""Elements around or beside a formula that may belong to it: no program draws more."""
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%")
_STYLE = re.compile(r"\\(?:display|text)style(?![A-Za-z])\s*")
_DELIMITERS = ("$", "\\(", "\\[")
_ATTRIBUTES = ("data-latex", "data-tex", "data-formula")
_NAMED = frozenset(("inline", "display", "math-inline", "math-display"))
"""Classes that stand beside `math` where a program wrote it, and not a person."""
_SOURCES = (
    "annotation,math,[data-latex],[data-tex],[data-formula],.mjx-math[aria-label],.mjx-copytext,"
    'title[id^="MathJax-SVG"],[data-attrs*=persistentExpression],span.math,div.math,span[data-math-style],embed-katex'
)


def formulas(root: Element) -> bool:
    """Put TeX in the place of formulas wherever a program left it, else MathML; drop previews and drawings."""
    touched = [step(root) for step in (_scripts, _unpack, _sources, _lift, _redraw, _previews)]
    return any(touched)


def _scripts(root: Element) -> bool:
    """Replace scripts for MathJax 2; drop the previews and drawings of the same formula."""
    touched = False
    for script in root.select("script[type]"):
        kind = (script.attr("type") or "").lower()
        if not _TEX.match(kind) and "math/asciimath" not in kind:
            continue
        touched = True
        _drop_drawings(script)
        if _TEX.match(kind):
            _put(script, _unwrapped(_text(script)), display="display" in kind)
        else:
            code = Element("code", {})
            code.append(Text(_text(script)))
            script.replace_with(code)
    return touched


def _drop_drawings(script: Element) -> None:
    """Drop what stands before a script, or else after it, and shows the same."""
    before = list(_drawings(script.previous_siblings))
    after = [] if before else list(_drawings(script.next_siblings))
    for drawing in before or ([] if after and _has_script(after[-1]) else after):
        drawing.decompose()


def _drawings(siblings: Iterable[object]) -> Iterator[Element]:
    for near in islice(siblings, _NEAR):
        if isinstance(near, Element) and (_is_box(near) or "MathJax_Preview" in _classes(near)):
            yield near
        elif isinstance(near, Element) or (isinstance(near, Text) and not near.data.isspace()):
            return


def _has_script(drawing: Element) -> bool:
    """Tell whether the script that belongs to a drawing of MathJax 2 is still there."""
    after = next(_beside(_outermost(drawing)), None)
    return after is not None and after.tag == "script" and (after.attr("type") or "").startswith("math/")


def _unwrapped(tex: str) -> str:
    """Undo what hides `<` and `&` from readers of XML: references, or CDATA between comments of TeX."""
    for escaped, letter in _ESCAPED.items():
        tex = tex.replace(escaped, letter)
    inner = tex.lstrip("% \t\n")
    if inner.startswith("<![CDATA["):
        return inner.removeprefix("<![CDATA[").rstrip().removesuffix("]]>").rstrip("% \t\n")
    return tex


def _unpack(root: Element) -> bool:
    """Put MathML that stands in a script or an attribute in place of either."""
    touched = False
    for element in root.select('script[type*="mml" i],script[type*="mathml" i],[data-mathml]'):
        formula = _parsed(element.attr("data-mathml") or _text(element))
        if formula is None or element.parent is None or _has_script(element):
            continue
        if element.tag == "script":
            _drop_drawings(element)
        element.replace_with(formula)
        touched = True
    return touched


def _parsed(xml: str) -> Element | None:
    try:
        return turbohtml.parse_xml(xml.strip()).find("math")
    except HTMLParseError:
        return None


def _sources(root: Element) -> bool:
    """Replace formulas whose TeX stands in an element or an attribute."""
    touched = False
    for element in root.select(_SOURCES):
        tex = _tex(element)
        chain = [element, *_around(element)]
        box = _outermost(next((outer for outer in chain if outer.tag in ("math", "svg", "mjx-container")), element))
        if tex.strip() and box.parent is not None:
            touched = True
            _put(box, tex, display=_is_display(element, box))
    return touched


def _tex(element: Element) -> str:
    """Return the TeX of a whole formula from an element that may hold it, empty where it does not."""
    noted = next((value for name in _ATTRIBUTES if (value := element.attr(name))), "")
    if noted:
        part = element.attr("data-mml-node") or element.tag
        return noted if part in ("math", "mjx-math", "mjx-container", "span", "div", "amp-mathml") else ""
    if element.tag == "math":
        return _alternative(element)
    if "data-attrs" in element.attrs:
        return _expression(element.attr("data-attrs") or "")
    if "aria-label" in element.attrs:
        return element.attr("aria-label") or ""
    if element.tag == "annotation" and not _ENCODING.search(element.attr("encoding") or ""):
        return ""
    if element.tag in ("annotation", "title") or "mjx-copytext" in _classes(element):
        return _text(element).strip().strip("$")
    return _bare(element)


def _alternative(formula: Element) -> str:
    """Return `alttext` where it is TeX, as LaTeXML and MediaWiki write it, or the text of a `math` without elements."""
    if any(isinstance(child, Element) for child in formula.children):
        text = formula.attr("alttext") or ""
        return text if "ltx_Math" in _classes(formula) or re.search(r"\\[A-Za-z]", text) else ""
    return _text(formula)


def _expression(noted: str) -> str:
    """Return the formula that Substack notes on an element which its pages fill in."""
    try:
        values = json.loads(noted)
    except (RecursionError, ValueError):
        return ""
    return str(values.get("persistentExpression") or "") if isinstance(values, dict) else ""


def _bare(element: Element) -> str:
    """Return the text of an element that is there for TeX alone, unless that has marks of its own."""
    if any(isinstance(child, Element) for child in element.children):
        return ""
    tex = _text(element).strip()
    named = _NAMED & _classes(element) or "data-math-style" in element.attrs or element.tag == "embed-katex"
    is_tex = named or len(tex) == 1 or re.search(r"[\\^_{}]", tex)
    return tex if is_tex and not tex.startswith((*_DELIMITERS, "\\begin")) else ""


def _text(element: Element) -> str:
    return "".join(child.data for child in element.children if isinstance(child, Text))


def _classes(element: Element) -> set[str]:
    return set((element.attr("class") or "").split())


def _around(element: Element) -> Iterator[Element]:
    return (node for node in islice(element.ancestors, _NEAR) if isinstance(node, Element))


def _beside(element: Element) -> Iterator[Element]:
    return (node for node in islice(element.next_siblings, _NEAR) if isinstance(node, Element))


def _is_box(element: Element) -> bool:
    named = element.tag in ("div", "nobr", "span") and _BOX.search(element.attr("class") or "")
    return bool(named) or element.tag.startswith("mjx-")


def _outermost(element: Element) -> Element:
    """Return the outermost of the boxes around a formula that hold nothing but this formula."""
    for box in list(_around(element)):
        if not _is_box(box) or not _is_alone(element):
            break
        element = box
    return element


def _is_alone(element: Element) -> bool:
    """Tell whether only other drawings stand beside a formula: neither words nor more of its kind."""
    beside = [*islice(element.previous_siblings, _NEAR), *islice(element.next_siblings, _NEAR)]
    words = any(isinstance(node, Text) and node.data.strip() for node in beside)
    kinds = [(node.tag, node.attr("class")) for node in beside if isinstance(node, Element)]
    return len(beside) < _NEAR and not words and (element.tag, element.attr("class")) not in kinds


def _is_display(element: Element, box: Element) -> bool:
    """Tell whether a formula has lines of its own, by the elements from one in it to the box around it."""
    chain = [element, *_around(element)]
    for outer in chain[: chain.index(box) + 1] if box in chain else [box]:
        values = {outer.attr("display"), outer.attr("data-math-style"), outer.attr("display-mode")}
        if values & {"block", "display", "true", "1"} or _DISPLAY.search(outer.attr("class") or ""):
            return True
    return box is element and box.tag == "div"


def _put(element: Element, tex: str, *, display: bool) -> None:
    """Put TeX on one line in place of an element, between dollars unless it has marks of its own."""
    lines = tex.strip().split("\n")
    lines[:-1] = [_COMMENT.split(line, 1)[0] for line in lines[:-1]]
    line = _unstyled(" ".join(" ".join(lines).split()))
    mark = "$$" if display else "$"
    text = Text(line if line.startswith(_DELIMITERS) else f"{mark}{line}{mark}" if line else "")
    parent = element.parent
    if element.tag == "div" or (display and isinstance(parent, Element) and parent.tag not in _LINES):
        block = Element("div", {})
        block.append(text)
        element.replace_with(block)
    else:
        element.replace_with(text)


def _unstyled(tex: str) -> str:
    """Drop the style that MediaWiki and LaTeXML set around all of a formula."""
    depth = 0
    for place, letter in enumerate(tex if tex.startswith("{\\") else ""):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            tex = tex[1:-1].strip() if place == len(tex) - 1 and _STYLE.match(tex, 1) else tex
            break
    return _STYLE.sub("", tex, 1) if _STYLE.match(tex) else tex


def _lift(root: Element) -> bool:
    """Put MathML without TeX in place of the boxes in which programs hide it."""
    touched = False
    for formula in root.select("math,m\\:math,mml\\:math,ns0\\:math"):
        box = _outermost(formula)
        formula.tag = "math"
        if box is not formula:
            touched = _show(formula, box, display=_is_display(formula, box)) or touched
    return touched


def _redraw(root: Element) -> bool:
    """Put MathML in place of formulas of which only the drawing is left."""
    touched = False
    for drawing in root.select("g[data-mml-node=math]"):
        around = list(_around(drawing))
        image = next((outer for outer in around if outer.tag == "svg"), None)
        if image is not None and not any("data-mml-node" in outer.attrs for outer in around):
            box = _outermost(image)
            touched = _show(redrawn(drawing), box, display=_is_display(image, box)) or touched
    return touched


def _show(formula: Element, box: Element, *, display: bool) -> bool:
    if box.parent is None:
        return False
    if display:
        formula.attrs["display"] = "block"
    box.replace_with(formula)
    return True


def _previews(root: Element) -> bool:
    """Drop what MathJax 2 shows until it has drawn a formula, where it has."""
    touched = False
    for preview in root.select(".MathJax_Preview"):
        after = next(_beside(preview), None)
        if after is not None and (_is_box(after) or after.tag == "math"):
            preview.decompose()
            touched = True
    return touched
