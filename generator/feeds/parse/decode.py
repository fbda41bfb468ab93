"""Decode a response's body to UTF-8 that no parser needs to guess about. Main function: `decode`.

What the bytes themselves show counts before what is said of them: nothing but UTF-8 looks like UTF-8. A stray byte
costs one character, never the reading of all others.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.feeds.parse.charset import codecs_for
from generator.feeds.parse.references import numbers

_CHARACTER = (  # of several bytes: https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_CHARACTERS = re.compile(rb"(?:%s)+|([\x80-\xff])" % _CHARACTER)
_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""A character as CESU-8 writes it: two surrogates of three bytes each (Unicode Technical Report 26)."""
_CUT = re.compile(
    rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})"
    rb"(?= ?(?:<|\]\]>|\[|\.\.\.|\xe2\x80\xa6|\"|&(?:lt|hellip|#8230|#x2026|quot|#91);|\Z))"
)
"""The start of a character at the end of a text: a program that cuts excerpts counted bytes."""
_SWITCH = re.compile(rb"\x1b[ -/]")
"""An escape of ISO 2022, which switches between alphabets of seven bits."""
_JAPANESE = re.compile(rb"\x1b\$[@B]")
_START = re.compile(rb"(?:\xef\xbb\xbf|[ \t\r\n\0])+")
_DECLARATION = re.compile(rb"<\?xml\s[^>]*>")
_TRUE = b'<?xml version="1.0" encoding="utf-8"?>'
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_CHARSET = re.compile(r"charset\s*[=:][\"'\s]*([^\"',;\s]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=[\"'\s]*([^\"'?>\s]+)", re.IGNORECASE)
_HEAD = 4096
"""Bytes, or characters, in which a label is looked for: a warning may stand before the declaration."""
_FEW = 10
"""Good characters for each bad byte where the bad ones are an accident."""
_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-32 and UTF-16."""
_NULLS = {"utf-32-le": (0, 1, 1, 1), "utf-32-be": (1, 1, 1, 0), "utf-16-le": (0, 1, 0, 1), "utf-16-be": (1, 0, 1, 0)}
"""Which of the first four bytes are NUL (1) after the mark, if any: every document begins with ASCII characters.

https://www.w3.org/TR/xml/#sec-guessing
"""
_EBCDIC = b"\x4c\x6f\xa7\x94"
"""`<?xm`."""
_SERVERS = ("cp1252",)
"""What HTTP says (as ISO-8859-1) where a server adds its own default: the document knows better."""
_STANDARD: dict[str, dict[int, str]] = {
    "big5hkscs": {0x2022: "‧", 0xFF64: "﹑", 0x223C: "～"},
    "cp932": dict.fromkeys(range(0xF8F0, 0xF8F4), "\ufffd"),
}
"""What the Encoding Standard reads otherwise than Python's codec: punctuation, and bytes that mean nothing."""


class _Reading(NamedTuple):
    text: str
    good: int = 1
    """Characters that are no ASCII; where ASCII takes more than a byte, all characters."""
    bad: int = 0
    """Bytes, or characters, that mean nothing."""
    notes: tuple[str, ...] = ()


def decode(body: bytes, content_type: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the document in UTF-8, and notes on what was not readable.

    It begins with its first visible character, an XML declaration is true, and it has neither control characters nor
    references to them or to surrogates. `content_type` is the HTTP header.
    """
    text, notes = _utf8(body, content_type)
    start = _START.match(text)
    text = (text[start.end() :] if start else text).translate(None, _CONTROLS)
    declared = _DECLARATION.match(text)
    text = _TRUE + text[declared.end() :] if declared else text
    return numbers(text), notes


def _utf8(body: bytes, content_type: str) -> tuple[bytes, tuple[str, ...]]:
    shown = _shown(body)
    codecs = [shown] if shown else _labels(body[:_HEAD], content_type)
    if not shown and not _switches(body, codecs):
        if _is_utf8(body):
            return body, ()
        reading = _damaged(_SURROGATES.sub(_joined, body), codecs)
    else:
        japanese = ["iso2022_jp_ext"] if _JAPANESE.search(body) else []
        reading = _best(body, [*japanese, *codecs, "utf-8"]) or _guess(body)
    return reading.text.encode(), reading.notes


def _shown(body: bytes) -> str:
    """Return the encoding that the first bytes show, if ASCII takes other bytes in it than its own."""
    mark = next((mark for mark in _MARKS if body.startswith(mark)), b"")
    nulls = tuple(byte == 0 for byte in body[len(mark) : len(mark) + 4])
    codec = next((codec for codec, pattern in _NULLS.items() if nulls == pattern), "")
    return codec or ("cp037" if body.startswith(_EBCDIC) else "")


def _labels(head: bytes, content_type: str) -> list[str]:
    """Return the codecs that HTTP and the document name, in the order in which they are to be tried (RFC 7303 §3.2)."""
    said, declared = _CHARSET.search(content_type[:_HEAD]), _DECLARED.search(head)
    http = codecs_for(said[1]) if said else ()
    own = codecs_for(declared[1].decode("latin-1")) if declared else ()
    return [*own, *http] if http == _SERVERS else [*http, *own]


def _switches(body: bytes, codecs: Sequence[str]) -> bool:
    """Return whether the body may be in one of the encodings of seven bits that switch between alphabets."""
    return body.isascii() and (_SWITCH.search(body) is not None or "hz" in codecs)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _joined(match: re.Match[bytes]) -> bytes:
    return match[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()


def _damaged(body: bytes, codecs: Sequence[str]) -> _Reading:
    """Read what is not quite UTF-8, or no UTF-8 at all."""
    text = body.decode("utf-8", "ignore")
    bad = len(body) - len(text.encode())
    good = len(text) - len(text.encode("ascii", "ignore"))
    cut = sum(len(part) for part in _CUT.findall(body))
    if good and good >= _FEW * (bad - cut):
        notes = (f"{bad} of its bytes are not UTF-8; U+FFFD stands in their place",) if bad else ()
        return _Reading(body.decode("utf-8", "replace"), notes=notes)
    labelled = _best(body, [codec for codec in codecs if codec != "utf-8"])
    if labelled or good < bad:  # Latin-1 may look like UTF-8 by chance: "é »" does, with the space of French
        return labelled or _guess(body)
    notes = (f"{bad} of its bytes are not UTF-8 and were read as Windows-1252",)
    return _Reading(_CHARACTERS.sub(_western, body).decode(), notes=notes)


def _western(match: re.Match[bytes]) -> bytes:
    return match[1].decode("cp1252", "replace").encode() if match[1] else match[0]


def _best(body: bytes, codecs: Sequence[str]) -> _Reading | None:
    """Read by the first codec to which every byte means something, else by that to which most do."""
    readings = []
    for codec in codecs:
        reading = _reading(body, codec)
        if not reading.bad:
            return reading
        readings.append(reading)
    best = min(readings, key=lambda reading: reading.bad, default=None)
    return best if best and best.bad <= best.good else None


def _reading(body: bytes, codec: str) -> _Reading:
    text = body.decode(codec, "replace").translate(_STANDARD.get(codec, {}))
    bad = text.count("\ufffd")
    ascii_characters = 0 if codec in _NULLS else len(text.encode("ascii", "ignore"))
    notes = (f"{bad} of its characters mean nothing in {codec}; U+FFFD stands in their place",) if bad else ()
    return _Reading(text, len(text) - ascii_characters - bad, bad, notes)


def _guess(body: bytes) -> _Reading:
    """Read what no label explains: Western European, or Central European, to which every byte means something."""
    try:
        return _Reading(body.decode("cp1252"))
    except UnicodeDecodeError:
        return _Reading(body.decode("iso8859_2"))
