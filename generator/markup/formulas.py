"""Formulas: MathML that carries its TeX becomes that TeX."""

from turbohtml import Element, Text


def formulas(root: Element) -> bool:
    """MathML that carries its TeX becomes that TeX; drawings of it for the eye go."""
    found = root.find_all("math")
    for formula in found:
        source = next((one for one in formula.find_all("annotation") if "tex" in (one.attr("encoding") or "")), None)
        if source is None:
            continue
        mark = "$$" if (formula.attr("display") or "") == "block" else "$"
        outer = next((one for one in formula.ancestors if _katex(one)), None)
        target = outer if isinstance(outer, Element) else formula
        target.replace_with(Text(f"{mark}{' '.join(source.text.split())}{mark}"))
    drawings = root.find_all("svg")
    for drawing in drawings:
        drawing.decompose()
    return bool(drawings or found)


def _katex(node: object) -> bool:
    return isinstance(node, Element) and "katex" in (node.attr("class") or "").split()
