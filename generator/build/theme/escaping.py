"""What a template puts out → escaped, and at once a part of the page. Knows Jinja.

Jinja marks each piece as safe before it joins them all, which took a fifteenth of a build.
"""

import re
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_special = re.compile("[&<>'\"]").search


def told(value: Any) -> str:
    """The value as HTML; what is safe already is left as it is."""
    kind = type(value)
    if kind is Markup or (kind is str and not _special(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class Writer(CodeGenerator):
    """Writes the program of a template, which asks its environment's `told` where Jinja's own asks `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.told(")
