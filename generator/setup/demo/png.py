"""Encode a picture drawn in letters as a PNG: `png`."""

import struct
import zlib


def png(drawing: str, *, scale: int = 6) -> bytes:
    """Draw each letter as a square of `scale` pixels.

    A drawing is a palette (one `letter #rrggbb` a line), an empty line, and rows of equal length. The format is that of
    the PNG specification, section 11, with one byte of palette index to the pixel.
    """
    palette, _, rows = drawing.strip().partition("\n\n")
    colours = dict(line.split(" #") for line in palette.splitlines())
    index = {letter: bytes([number]) * scale for number, letter in enumerate(colours)}
    lines = [b"\0" + b"".join(index[letter] for letter in row) for row in rows.splitlines()]
    size = struct.pack(">II", len(lines[0]) - 1, len(lines) * scale)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", size + bytes([8, 3, 0, 0, 0])),
            _chunk(b"PLTE", b"".join(bytes.fromhex(colour) for colour in colours.values())),
            _chunk(b"IDAT", zlib.compress(b"".join(line * scale for line in lines), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
