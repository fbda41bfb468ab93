"""Check the bytes of a hackergotchi: its kind and its size, with `face`. Pure.

Kind and size are read from the bytes: a name proves nothing, and a few kilobytes may unpack to gigabytes of pixels.
"""

from collections.abc import Iterator
from io import BytesIO

import imagesize

from generator.check.findings import Finding, error

MAX_PIXELS = 1024
"""On either side."""
_SUFFIXES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WebP", "gif": "GIF"}


def face(file: str, content: bytes) -> Iterator[Finding]:
    """Yield the faults of the picture `file`."""
    expected, kind = _SUFFIXES[file.rpartition(".")[2].lower()], _kind(content)
    if kind != expected:
        reason = f"the name says {expected}, but this is {kind or 'no picture that the planet shows'}"
        yield error(file, reason, f"save it as {expected}")
        return
    width, height = imagesize.get(BytesIO(content))
    if min(width, height) <= 0:
        yield error(file, "this picture is broken", "save it anew")
        return
    if max(width, height) > MAX_PIXELS:
        yield error(file, f"this is {width} × {height} pixels large", f"scale it to {MAX_PIXELS} at most; 96 will do")


def _kind(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    return "GIF" if content[:6] in (b"GIF87a", b"GIF89a") else ""
