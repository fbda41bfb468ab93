"""The chunks of an answer into the bytes of a feed, within limits."""

import io
import zlib
from collections.abc import Iterable

from generator.fetch.faults import FetchError, plain

_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"


def read(chunks: Iterable[bytes], *, encoding: str, limit: int) -> tuple[bytes, int]:
    """The decoded body, at most `limit` bytes, and how many bytes came over the wire.

    `encoding` is the Content-Encoding header. Raises FetchError for a body that is too large, cut off or packed in
    another way than gzip: a cut gzip stream is not noticed by the HTTP client.
    """
    packing = encoding.strip().lower()
    if packing in ("gzip", "x-gzip"):
        sink: _Plain = _Gunzip(limit)
    elif packing in ("", "identity"):
        sink = _Plain(limit)
    else:
        raise FetchError(
            f"The server packs the feed as “{plain(packing, 40)}”, unasked; it must send it plain or gzipped."
        )
    wire = 0
    for chunk in chunks:
        wire += len(chunk)
        sink.write(chunk)
    return sink.close(), wire


class _Plain:
    """Takes bytes as they are."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._body = io.BytesIO()

    def write(self, chunk: bytes) -> None:
        if self._body.tell() + len(chunk) > self._limit:
            megabytes = self._limit / 1024 / 1024
            raise FetchError(f"The feed is larger than {megabytes:.0f} MB; offer a shorter one with the newest posts.")
        self._body.write(chunk)

    def close(self) -> bytes:
        return self._body.getvalue()


class _Gunzip(_Plain):
    """Takes gzip, one member or several, and never inflates more than the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._inflater = zlib.decompressobj(_GZIP)

    def write(self, chunk: bytes) -> None:
        while chunk:
            if self._inflater.eof:
                if not chunk.startswith(_MAGIC):
                    return  # padding after the last member, which some servers add
                self._inflater = zlib.decompressobj(_GZIP)
            chunk = self._inflate(chunk)

    def _inflate(self, chunk: bytes) -> bytes:
        try:
            super().write(self._inflater.decompress(chunk, self._limit - self._body.tell() + 1))
        except zlib.error:
            raise FetchError("The feed is said to be gzipped and is not; the server needs a look.") from None
        return self._inflater.unconsumed_tail or self._inflater.unused_data

    def close(self) -> bytes:
        if not self._inflater.eof:
            raise FetchError("The feed is cut off in the middle (gzip); nothing to do unless it lasts.")
        return super().close()
