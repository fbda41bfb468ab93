"""Extend Jinja: `{% once a, b %}…{% endonce %}` (`Once`), and templates translated when compiled (`Translator`)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape


class Once(Extension):
    """The tag. What was rendered is kept as long as the environment."""

    tags = {"once"}  # noqa: RUF012 so Jinja declares it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._rendered: dict[tuple[object, ...], str] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as a call that gets its place, the values, and what renders the piece."""
        line = next(parser.stream).lineno
        values = []
        while parser.stream.current.type != "block_end":
            values.append(parser.parse_expression())
            parser.stream.skip_if("comma")
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}")
        return nodes.CallBlock(self.call_method("_once", [place, *values]), [], [], body).set_lineno(line)

    def _once(self, *key: object, caller: Callable[[], str]) -> str:
        if key not in self._rendered:
            self._rendered[key] = caller()
        return self._rendered[key]


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
    for match in _PLACE.finditer(text):
        words += text[end : match.start()] + (match[2] or "")
        end = match.end()
        if match[1]:
            yield nodes.MarkSafe(nodes.Const(words))
            yield given[match[1]]
            words = ""
    words += text[end:]
    if words or not text:
        yield nodes.MarkSafe(nodes.Const(words))


_special = re.compile("[&<>'\"]").search


def constant_text(value: Any) -> str:
    """The value as HTML; what is safe already is left as it is."""
    kind = type(value)
    if kind is Markup or (kind is str and not _special(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class Writer(CodeGenerator):
    """Writes the program of a template, which asks its environment's `to_html` where Jinja's own asks `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.to_html(")
