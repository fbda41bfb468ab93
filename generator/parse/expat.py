"""The XML parser that feedparser is to use: Python's own, which hands over texts whole instead of line by line."""

from typing import Any
from xml.sax.expatreader import ExpatParser

BUFFER = 1 << 16
"""Bytes of text that are handed over at once: an escaped text comes in a hundred pieces otherwise."""


class _Parser(ExpatParser):
    _parser: Any

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text, self._parser.buffer_size = True, BUFFER


def create_parser(*_: Any) -> ExpatParser:
    """What `xml.sax.make_parser` asks a module for."""
    return _Parser()
