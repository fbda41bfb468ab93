"""The XML parser that feedparser is to use: Python's own, which hands over texts whole instead of line by line.

`strictly` also keeps feedparser from reading on with its other parser, which bears everything, where a document is not
well-formed: `mend` comes first.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any
from xml.sax import SAXParseException
from xml.sax.expatreader import ExpatParser

BUFFER = 1 << 16
"""Bytes of text that are handed over at once: an escaped text comes in a hundred pieces otherwise."""
_strict: ContextVar[bool] = ContextVar("strict", default=False)


class NotWellFormedError(Exception):
    """Raised through feedparser, which catches those of SAX only."""


@contextlib.contextmanager
def strictly() -> Iterator[None]:
    """Raise NotWellFormedError out of feedparser for every document that is not well-formed."""
    token = _strict.set(True)
    try:
        yield
    finally:
        _strict.reset(token)


class _Parser(ExpatParser):
    _parser: Any

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text, self._parser.buffer_size = True, BUFFER

    def parse(self, source: Any) -> None:
        """Parse, and say in which way a document is not well-formed."""
        try:
            super().parse(source)
        except SAXParseException as error:
            if _strict.get():
                raise NotWellFormedError from error
            raise


def create_parser(*_: Any) -> ExpatParser:
    """Return what `xml.sax.make_parser` asks a module for."""
    return _Parser()
