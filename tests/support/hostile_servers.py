"""Servers that lie, drip, flood or keep silent: what they do, by name; and hosts where nobody outside may be sent."""

import gzip
import socket
import struct
import zlib

from tests.support.servers import Behaviour, Call, answer

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"
MEGABYTE = 1024 * 1024
PACKED = gzip.compress(b"<rss>" * 1000, mtime=0)
BOMB = gzip.compress(bytes(30 * MEGABYTE), mtime=0)


def silent(call: Call) -> None:
    call.hold()


def hold_after(data: bytes) -> Behaviour:
    def behaviour(call: Call) -> None:
        call.say(data)
        call.hold()

    return behaviour


def drip_after(data: bytes, drop: bytes) -> Behaviour:
    def behaviour(call: Call) -> None:
        call.say(data)
        call.drip(drop)

    return behaviour


def pour_after(data: bytes, flood: bytes) -> Behaviour:
    def behaviour(call: Call) -> None:
        call.say(data)
        call.pour(flood)

    return behaviour


def reset_after(data: bytes) -> Behaviour:
    def behaviour(call: Call) -> None:
        call.say(data)
        call.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return behaviour


SLOW = {
    "silence": silent,
    "a status line that never ends": drip_after(b"HTTP/1.1 200 ", b"O"),
    "a header that never ends": drip_after(OK, b"X"),
    "header after header": drip_after(OK, b"X: y\r\n"),
    "half a head": hold_after(OK + b"X-Half: "),
    "continue, continue": drip_after(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a head and no body": hold_after(OK + b"Content-Length: 9\r\n\r\n"),
    "a body that stops": hold_after(OK + b"Content-Length: 9\r\n\r\n<rss"),
    "a body in drops": drip_after(OK + b"\r\n", b"x"),
    "a counted body in drops": drip_after(OK + b"Content-Length: 99999\r\n\r\n", b"x"),
    "chunks in drops": drip_after(CHUNKED, b"1\r\nx\r\n"),
    "a chunk size in drops": drip_after(CHUNKED, b"0"),
    "a chunk that stops": hold_after(CHUNKED + b"ff\r\n<rss"),
    "a trailer that never ends": drip_after(CHUNKED + b"0\r\n", b"X: y\r\n"),
    "gzip in drops": drip_after(GZIP + PACKED[:20], b"\x00"),
    "a gzip header only": hold_after(GZIP + PACKED[:5]),
}

TOO_MUCH = {
    "a body without end": pour_after(OK + b"\r\n", bytes(65536)),
    "a counted body beyond the limit": pour_after(OK + b"Content-Length: 99999999999\r\n\r\n", bytes(65536)),
    "more than the length says, without end": pour_after(OK + b"Content-Length: 5\r\n\r\n<rss>", bytes(65536)),
    "chunks without end": pour_after(CHUNKED, b"ffff\r\n" + bytes(65535) + b"\r\n"),
    "tiny chunks without end": pour_after(CHUNKED, b"1\r\nx\r\n" * 9999),
    "a chunk of negative size": pour_after(CHUNKED + b"-1\r\n", bytes(65536)),
    "a chunk of astronomic size": pour_after(CHUNKED + b"f" * 40 + b"\r\n", bytes(65536)),
    "trailers without end": pour_after(CHUNKED + b"0\r\n", b"X: y\r\n" * 9999),
    "continue without end": pour_after(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999),
    "a bomb": answer("200 OK", "Content-Encoding: gzip", body=BOMB),
    "a bomb in many members": answer(
        "200 OK", "Content-Encoding: gzip", body=gzip.compress(bytes(MEGABYTE), mtime=0) * 30
    ),
    "gzip without end": pour_after(GZIP, PACKED * 100),
}

WRONG = {
    "nothing": b"",
    "half a status line": b"HTTP/1.1 2",
    "half a head, then nothing": OK + b'ETag: "ab',
    "a reset": reset_after(b""),
    "a reset in the head": reset_after(OK),
    "a reset in the body": reset_after(OK + b"Content-Length: 9\r\n\r\n<rss"),
    "garbage": b"\x00\xff\x16\x03garbage\r\n\r\n",
    "a page without a head": b"<html>hello</html>",
    "a future protocol": b"HTTP/2.0 200 OK\r\n\r\nhello",
    "a status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status of two digits": b"HTTP/1.1 20 OK\r\n\r\n",
    "a negative status": b"HTTP/1.1 -200 OK\r\n\r\n",
    "a status line of a megabyte": b"HTTP/1.1 200 " + b"x" * MEGABYTE + b"\r\n\r\n",
    "a header of a megabyte": OK + b"X: " + b"x" * MEGABYTE + b"\r\n\r\n",
    "a thousand headers": OK + b"X: y\r\n" * 1000 + b"\r\n",
    "headers without end": pour_after(OK, b"X: y\r\n" * 999),
    "two lengths": OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello",
    "a length too long": OK + b"Content-Length: 50\r\n\r\nhello",
    "a length too long for half a document": OK + b"Content-Length: 50\r\n\r\n<rss></item>",
    "a length too short for half a gzip": OK + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\n" + PACKED[:-9],
    "chunks cut off": CHUNKED + b"5\r\nhello\r\n",
    "a chunk cut off": CHUNKED + b"50\r\nhello",
    "a chunk size of letters": CHUNKED + b"xyz\r\nhello\r\n0\r\n\r\n",
    "a chunk extension of a megabyte": CHUNKED + b"5;" + b"x" * MEGABYTE + b"\r\nhello\r\n0\r\n\r\n",
    "gzip cut off": answer("200 OK", "Content-Encoding: gzip", body=PACKED[:-9]),
    "gzip cut off in its second member": answer("200 OK", "Content-Encoding: gzip", body=PACKED + PACKED[:-9]),
    "gzip with a wrong sum": answer("200 OK", "Content-Encoding: gzip", body=PACKED[:-8] + bytes(8)),
    "gzip that is none": answer("200 OK", "Content-Encoding: gzip", body=b"<rss></rss>"),
    "gzip that is empty": answer("200 OK", "Content-Encoding: gzip"),
    "deflate": answer("200 OK", "Content-Encoding: deflate", body=zlib.compress(b"<rss></rss>")),
    "brotli": answer("200 OK", "Content-Encoding: br", body=b"\x00" * 99),
    "zstandard": answer("200 OK", "Content-Encoding: zstd", body=b"\x00" * 99),
    "gzip in gzip": answer("200 OK", "Content-Encoding: gzip, gzip", body=gzip.compress(PACKED, mtime=0)),
    "ten packings": answer("200 OK", "Content-Encoding: " + ", ".join(["gzip"] * 10), body=PACKED),
    "a switch of protocols": b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n",
    "a redirect without a place": b"HTTP/1.1 301 Moved\r\n\r\n",
    "a redirect to itself": b"HTTP/1.1 302 Found\r\nLocation: /feed\r\n\r\n",
    "a part of the feed": answer("206 Partial", "Content-Range: bytes 0-4/99", body=b"hello"),
}

BEHAVIOURS: dict[str, Behaviour] = {**SLOW, **TOO_MUCH, **WRONG}


class ErrorPage(Call):
    """A call that is told everything under an error's status."""

    def __init__(self, call: Call) -> None:
        self.line, self.over = call.line, call.over

    def say(self, data: bytes) -> None:
        super().say(data.replace(b" 200 OK", b" 503 Busy"))


def as_error_page(behaviour: Behaviour) -> Behaviour:
    if isinstance(behaviour, bytes):
        return lambda call: ErrorPage(call).say(behaviour)
    return lambda call: behaviour(ErrorPage(call))


def positions(behaviour: Behaviour) -> dict[str, Behaviour]:
    """The behaviour as a feed, as what a redirect leads to and as an error page, by path."""
    return {
        "/feed": behaviour,
        "/moved": answer("301 Moved", "Location: /feed"),
        "/error": as_error_page(behaviour),
    }
