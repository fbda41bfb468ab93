"""A template's tree → the same with its texts in one language: a page then says them without asking. Knows Jinja.

`{{ _("Archive") }}` becomes the words themselves, `{{ _("by %(name)s", name=author.name) }}` the words around the name.
What depends on a number stays a question to the catalogue, and so does what a catalogue says with other names.
"""

import re
from collections.abc import Callable, Iterator

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

_PLACE = re.compile(r"%\((\w+)\)s|%(%)")


class Translator(NodeTransformer):
    """Puts the texts that `gettext` gives into the tree of a template, as Jinja's own `newstyle` would when it runs."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 the name that Jinja looks for
        """A call of `_` or `gettext` with a plain text, as that text."""
        self.generic_visit(node)
        asks = isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")
        if not asks or len(node.args) != 1 or node.dyn_args or node.dyn_kwargs:
            return node
        asked = node.args[0]
        if not isinstance(asked, nodes.Const) or not isinstance(asked.value, str):
            return node
        try:
            pieces = list(_pieces(self._gettext(asked.value), {pair.key: pair.value for pair in node.kwargs}))
        except (KeyError, ValueError):
            return node
        return pieces[0] if len(pieces) == 1 else nodes.Concat(pieces, lineno=node.lineno)


def _pieces(text: str, given: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """The words, which are markup, and what is put among them, which is escaped; words first, so that it is."""
    if "%" in _PLACE.sub("", text):
        raise ValueError(text)
    words, end = "", 0
    for found in _PLACE.finditer(text):
        words += text[end : found.start()] + (found[2] or "")
        end = found.end()
        if found[1]:
            yield nodes.MarkSafe(nodes.Const(words))
            yield given[found[1]]
            words = ""
    words += text[end:]
    if words or not text:
        yield nodes.MarkSafe(nodes.Const(words))
