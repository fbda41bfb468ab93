"""Check the bytes of a hackergotchi: its kind and its size, with `face`. Pure.

Kind and size are read from the bytes: a name proves nothing, and a few kilobytes may unpack to gigabytes of pixels.
"""

import struct
from collections.abc import Iterator

from generator.check.findings import Finding, error

MAX_PIXELS = 1024
"""On either side."""
_SUFFIXES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WebP", "gif": "GIF"}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG's markers that tell the size."""


def face(file: str, content: bytes) -> Iterator[Finding]:
    """The faults of the picture `file`."""
    expected, kind = _SUFFIXES[file.rpartition(".")[2].lower()], _kind(content)
    if kind != expected:
        reason = f"the name says {expected}, but this is {kind or 'no picture that the planet shows'}"
        yield error(file, reason, f"save it as {expected}")
        return
    try:
        width, height = _size(kind, content)
    except (struct.error, IndexError, ValueError):
        yield error(file, "this picture is broken", "save it anew")
        return
    if not 0 < max(width, height) <= MAX_PIXELS:
        yield error(file, f"this is {width} × {height} pixels large", f"scale it to {MAX_PIXELS} at most; 96 will do")


def _kind(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    return "GIF" if content[:6] in (b"GIF87a", b"GIF89a") else ""


def _size(kind: str, content: bytes) -> tuple[int, int]:
    """Width and height. Raises struct.error, IndexError or ValueError where the bytes do not tell."""
    if kind == "PNG":
        return struct.unpack(">II", content[16:24])
    if kind == "GIF":
        return struct.unpack("<HH", content[6:10])
    return _size_of_jpeg(content) if kind == "JPEG" else _size_of_webp(content)


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    start = 2
    while content[start] == 0xFF:
        marker = content[start + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[start + 5 : start + 9])
            return width, height
        start += 2 + struct.unpack(">H", content[start + 2 : start + 4])[0]
    raise ValueError("no frame")


def _size_of_webp(content: bytes) -> tuple[int, int]:
    """https://developers.google.com/speed/webp/docs/riff_container"""
    form = content[12:16]
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L":
        bits = struct.unpack("<I", content[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    raise ValueError("no frame")
