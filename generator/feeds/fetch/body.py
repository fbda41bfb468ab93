"""Read the body of a response, within limits. Main function: `read`."""

import http.client
import io
import re
import tempfile
import zlib
from collections.abc import Iterable
from typing import IO

from generator.feeds.fetch.errors import FetchError, plain

_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f"  # of two bytes, which may come in two chunks
_GZIPPED = ("gzip", "x-gzip")
_OTHER_PACKINGS = ("br", "compress", "dcb", "dcz", "deflate", "exi", "pack200-gzip", "x-compress", "zstd")
"""The other content codings that IANA has registered. What is none (`utf-8`, `aws-chunked`) packs nothing."""
_PIECE = 64 * 1024
_IN_MEMORY = 1024 * 1024
_ROOT = re.compile(rb"<!--.*?-->|<\?.*?\?>|<![^>]*>|<([A-Za-z_][\w.:-]*)", re.DOTALL)
"""What stands before the root of a document, and in its group the root's name."""
_HEAD, _TAIL = 2_000, 4_000  # bytes in which a document's root is opened and closed


def read(chunks: Iterable[bytes], *, encoding: str, limit: int, surplus: Iterable[bytes] = ()) -> tuple[bytes, int]:
    """Return the decoded body, at most `limit` bytes, and how many bytes came over the wire.

    `encoding` is the Content-Encoding header, a list of codings (RFC 9110 §8.4). `surplus` is what the server sends
    beyond the length that it told; it is read where the document lacks its end: some programs count characters. One
    that has its end is whole, however many bytes were told.

    Raises FetchError for a body that is too large, cut off or packed in another way than gzip: a cut gzip stream is not
    noticed by the HTTP client. Raises http.client.IncompleteRead where the client notices.
    """
    codings = [coding.strip().lower() for coding in encoding.split(",")]
    packings = [coding for coding in codings if coding in _GZIPPED + _OTHER_PACKINGS]
    if len(packings) > 1 or any(packing not in _GZIPPED for packing in packings):
        words = plain(", ".join(packings), 40)
        raise FetchError(f"The server packs the feed as “{words}”; it must send it plain or gzipped.")
    wire = 0
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as store:
        sink = _Gunzip(store, limit) if packings else _Plain(store, limit)
        try:
            for chunk in chunks:
                wire += len(chunk)
                sink.write(chunk)
        except http.client.IncompleteRead:
            if not sink.is_whole():
                raise
        for chunk in () if sink.is_whole() else surplus:
            wire += len(chunk)
            sink.write(chunk)
        return sink.content(), wire


class _Plain:
    """Takes bytes as they are. What is large waits in a file, so that many bombs at once do not fill the memory."""

    def __init__(self, store: IO[bytes], limit: int) -> None:
        self._store, self._limit = store, limit
        self._size = 0

    def write(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit:
            megabytes = self._limit / 1024 / 1024
            raise FetchError(f"The feed is larger than {megabytes:.0f} MB; offer a shorter one with the newest posts.")
        self._store.write(chunk)

    def is_whole(self) -> bool:
        """Return whether the document has its end: what closes its root."""
        head, tail = self._part(0, _HEAD), self._part(max(0, self._size - _TAIL), _TAIL)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return tail.rstrip().endswith(b"}")
        root = next((match[1] for match in _ROOT.finditer(head) if match[1]), b"")
        return bool(root and re.search(rb"</%s\s*>" % re.escape(root), tail, re.IGNORECASE))

    def _part(self, start: int, size: int) -> bytes:
        self._store.seek(start)
        part = self._store.read(size)
        self._store.seek(0, io.SEEK_END)
        return part

    def content(self) -> bytes:
        self._store.seek(0)
        return self._store.read()


class _Gunzip(_Plain):
    """Takes gzip, one member or several, and inflates a piece at a time."""

    def __init__(self, store: IO[bytes], limit: int) -> None:
        super().__init__(store, limit)
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
            super().write(self._inflater.decompress(chunk, _PIECE))
        except zlib.error:
            raise FetchError("The feed is said to be gzipped and is not; the server needs a look.") from None
        return self._inflater.unconsumed_tail or self._inflater.unused_data

    def is_whole(self) -> bool:
        return self._inflater.eof

    def content(self) -> bytes:
        if not self._inflater.eof:
            raise FetchError("The feed is cut off in the middle (gzip); nothing to do unless it lasts.")
        return super().content()
