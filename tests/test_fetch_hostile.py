"""Servers that lie, drip, flood or keep silent: each as feed, as redirect target and as error page ends as one fault.

Nothing here measures time: a behaviour that were not ended would hang the test.
"""

import contextlib
import gzip
import socket
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fetch import FetchError, Network, fetch
from generator.model import FetchSettings, Validators
from tests.servers import Behaviour, Call, Server, answer

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"
MEGABYTE = 1024 * 1024
PACKED = gzip.compress(b"<rss>" * 1000, mtime=0)
BOMB = gzip.compress(bytes(30 * MEGABYTE), mtime=0)
SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=0.3, max_bytes=MEGABYTE)
PATIENT = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=20, max_bytes=10 * MEGABYTE)
"""For what must be ended by a limit other than time."""


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
    "an unheard-of packing": answer("200 OK", "Content-Encoding: \x1b[2J\u202e".encode().decode("latin-1"), body=b"x"),
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


def fault(behaviour: Behaviour, path: str, patience: FetchSettings) -> FetchError:
    moved = answer("301 Moved", "Location: /feed")
    behaviours = {"/feed": behaviour, "/moved": moved, "/error": as_error_page(behaviour)}
    with Server(behaviours) as server, pytest.raises(FetchError) as caught:
        fetch(server.at(path), settings=patience)
    assert str(caught.value).isprintable()
    assert str(caught.value).endswith(".")
    return caught.value


def test_there_are_enough_of_them():
    assert len(BEHAVIOURS) >= 60


@pytest.mark.parametrize("path", ["/feed", "/moved"])
@pytest.mark.parametrize("name", SLOW)
def test_slow_servers_end_at_the_deadline(name, path):
    assert "did not arrive in the time" in str(fault(SLOW[name], path, SETTINGS))


@pytest.mark.parametrize("path", ["/feed", "/moved"])
@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_ends_at_a_limit_and_not_at_the_deadline(name, path):
    assert "larger than" in str(fault(TOO_MUCH[name], path, PATIENT))


@pytest.mark.parametrize("path", ["/feed", "/moved"])
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_once(name, path):
    assert "in the time" not in str(fault(WRONG[name], path, PATIENT))


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_error_pages_end_too(name):
    error = fault(BEHAVIOURS[name], "/error", SETTINGS)
    assert error.status in (0, 101, 206, 301, 302, 503)


@pytest.mark.parametrize("status", ["503 Busy", "301 Moved"])
@pytest.mark.parametrize(
    "body",
    [b"", bytes(99), BOMB, PACKED[:-9]],
)
def test_bodies_of_errors_and_redirects_are_never_read(status, body):
    """The server claims more than it sends and then keeps silent: who reads the body waits for the deadline."""
    head = f"HTTP/1.1 {status}\r\nLocation: /end\r\nContent-Encoding: gzip\r\nContent-Length: 99999999\r\n\r\n"
    behaviours = {"/feed": hold_after(head.encode() + body), "/end": answer("404 No")}
    with Server(behaviours) as server, pytest.raises(FetchError) as caught:
        fetch(server.at("/feed"), settings=PATIENT)
    assert caught.value.status == (404 if "301" in status else 503)


STATUS = st.sampled_from([b"200 OK", b"304 No", b"302 Found", b"100 Continue", b"503 Busy"]) | st.binary(max_size=8)
FIELD = st.sampled_from([b"Content-Length", b"Transfer-Encoding", b"Content-Encoding", b"Location", b"ETag", b"X"])
VALUE = st.sampled_from([b"chunked", b"gzip", b"5", b"-1", b"9" * 20, b"/moved", b"//[", b"//x/"]) | st.binary(
    max_size=8
)
FIELDS = st.lists(st.tuples(FIELD, VALUE).map(b": ".join), max_size=4).map(b"\r\n".join)
BODY = st.sampled_from([b"", PACKED, b"5\r\nhello\r\n0\r\n\r\n", b"-1\r\nx", b"<rss/>"]) | st.binary(max_size=40)


def nobody(host: str) -> list[str]:
    raise OSError(host)


@settings(max_examples=200, deadline=None)
@given(STATUS, FIELDS, st.sampled_from([b"\r\n\r\n", b"\n\n", b"\r\n", b""]), BODY)
def test_any_answer_is_a_response_or_a_fault(status, fields, end, body):
    with Server({"/feed": b"HTTP/1.1 " + status + b"\r\n" + fields + end + body}) as server:
        url, network = server.at("/feed"), Network(resolver=nobody)
        with contextlib.suppress(FetchError):
            response = fetch(url, settings=PATIENT, validators=Validators(etag="x"), network=network)
            assert response.status in (200, 304)
