"""`{% once a, b %}…{% endonce %}` in a template → rendered once for the same values, and copied then. Knows Jinja."""

from collections.abc import Callable

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser


class Once(Extension):
    """The tag. What was rendered is kept as long as the environment."""

    tags = {"once"}  # noqa: RUF012 so Jinja declares it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._kept: dict[tuple[object, ...], str] = {}

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
        if key not in self._kept:
            self._kept[key] = caller()
        return self._kept[key]
