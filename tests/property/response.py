"""Whatever a server says is a Response or a FetchError, soon: `python -m tests.property.response [--minutes N]
[FILE…]`.

An input holds what is said to one request after the other, parted by a line of `====`: so redirects lead somewhere.
"""

import gzip
import itertools
import socket
import sys
import threading
from collections.abc import Iterator

from tests.property.engine import Judge, hunt

HOST = "127.0.0.77"
PART = b"====\n"
OK = b"HTTP/1.1 200 OK\r\n"
PACKED = gzip.compress(b"<rss/>" * 9, mtime=0)
LIMIT = 1024 * 1024
SEEDS = {
    "counted": OK + b'ETag: "x"\r\nContent-Type: text/xml\r\nContent-Length: 6\r\n\r\n<rss/>',
    "closed": b"HTTP/1.0 200 OK\r\nServer: x\r\n\r\n<rss/>",
    "chunked": OK + b"Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n3;a=b\r\n<rs\r\n3\r\ns/>\r\n0\r\nX: y\r\n\r\n",
    "gzip": OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(PACKED) + PACKED,
    "members": OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED * 2 + b"\0\0",
    "bomb": OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(4 * LIMIT), mtime=0),
    "same": b'HTTP/1.1 304 Not Modified\r\nETag: W/"y"\r\nCache-Control: max-age=60\r\n\r\n',
    "moved": b"HTTP/1.1 301 Moved\r\nLocation: /new\r\n\r\n" + PART + OK + b"\r\n<rss/>",
    "away": b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nSet-Cookie: a=b\r\n\r\n",
    "abroad": b"HTTP/1.1 302 Found\r\nLocation: http\0://21.5.0.1/\r\n\r\n",
    "folded": OK + b"X-Long: \n :\n\r\n<rss/>",
    "hint": b"HTTP/1.1 103 Early\r\nLink: <x>\r\n\r\n" + OK + b"\r\n<rss/>",
    "busy": b"HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nCF-Mitigated: challenge\r\n\r\nno",
}
WORDS = [
    *(b"HTTP/1.%d %d X\r\n" % (minor, status) for minor in (0, 1) for status in (100, 101, 200, 301, 302, 304, 429)),
    *(b"%s: " % name for name in b"Location Content-Length Transfer-Encoding Content-Encoding ETag Connection".split()),
    *b"chunked chunked,chunked gzip identity // http:// http://[ http://@ -1 ffffffff 99999999999999999999".split(),
    b"\r\n\r\n", b"\r\n", b"\n\n", b"0\r\n\r\n", b"\r\n ", PART, b"\x1f\x8b\x08", b"\0",
]  # fmt: skip


class Parrot:
    """A server on this machine that says the parts of what it is told, one to each call, the last for ever."""

    def __init__(self) -> None:
        self._door = socket.create_server((HOST, 0), backlog=64)
        self.port: int = self._door.getsockname()[1]
        self._parts: Iterator[bytes] = itertools.repeat(b"")
        threading.Thread(target=self._serve, daemon=True).start()

    def learn(self, data: bytes) -> None:
        """Say this from now on."""
        *parts, last = data.split(PART)
        self._parts = itertools.chain(parts, itertools.repeat(last))

    def _serve(self) -> None:
        while True:
            line, _ = self._door.accept()
            with line:
                try:
                    head = b""
                    while not head.endswith(b"\r\n\r\n"):
                        more = line.recv(65536)
                        if not more:
                            raise ConnectionError("the caller has hung up")
                        head += more
                    line.sendall(next(self._parts))
                except OSError:
                    continue


def _stay(event: str, told: tuple[object, ...]) -> None:
    """Calls go to this machine only, wherever a redirect leads: to all others, nobody answers."""
    if event == "socket.connect" and not str(told[1]).startswith("('127."):
        raise ConnectionRefusedError(told[1])


def make() -> Judge:
    """Raises where the reader crashes, gives more than it may, or tells something that cannot be shown."""
    from generator.feeds.fetch import FetchError, Network, fetch
    from generator.models import FetchSettings, Validators

    sys.addaudithook(_stay)
    parrot = Parrot()
    settings = FetchSettings(allow_networks=(f"{HOST}/32",), timeout=60, max_bytes=LIMIT)

    def nobody(host: str) -> list[str]:
        raise OSError(host)

    def judge(data: bytes) -> None:
        parrot.learn(data)
        url, known = f"http://{HOST}:{parrot.port}/", Validators(etag='"x"')
        try:
            told = fetch(url, settings=settings, validators=known, network=Network(resolver=nobody))
        except FetchError as error:
            sentence = str(error)
        else:
            sentence = ""
            assert told.status in (200, 304)
            assert len(told.body) <= LIMIT
            assert all("\n" not in value for value in told.headers.values()), told.headers
        assert sentence.isprintable(), sentence
        assert "in the time" not in sentence, sentence

    return judge


if __name__ == "__main__":
    sys.exit(hunt(__doc__, "tests.property.response", make, SEEDS, WORDS))
