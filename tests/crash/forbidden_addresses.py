"""Every spelling of a forbidden address, in every position → the calls that were made. An observer forbids them first.

Nobody is called even where the planet would: the interpreter tells the observer of each connection before it begins.
"""

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from generator.feeds.fetch import FetchError, Network, fetch
from generator.models import FetchSettings
from tests.support.servers import Server, answer

SPELLINGS = """
127.0.0.1 127.0.0.2 127.255.255.255 127.1 127.0.1 0x7f.1 0x7f.0.0.1 0x7f000001 0X7F000001 0177.0.0.1 0177.1
017700000001 2130706433 127.0.0.01 0 0.0 0.0.0.0 0x0 00 0.1.2.3
10.0.0.1 10.255.255.255 10.1 012.0.0.1 167772161 0xa000001 172.16.0.1 172.31.255.255 172.16.1 0xac100001
192.168.0.1 192.168.1 3232235521 0xc0a80001 0300.0250.0.1 100.64.0.1 100.127.255.254 100.100.100.200
169.254.169.254 169.254.0.1 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 168.63.129.16 2822734096
192.0.0.1 192.0.0.9 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.1 224.0.1.1 239.255.255.250 232.1.1.1 240.0.0.1 255.255.255.255 4294967295 0xffffffff
::1 ::0 :: 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::127.0.0.1 ::7f00:1 ::10.0.0.1
::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:10.0.0.1 ::ffff:0:0 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::8.8.8.8 64:ff9b:1::1 64:ff9b:1:fffe::10.0.0.1
2002:7f00:1:: 2002:a00:1::1 2002:a9fe:a9fe:: 2002:808:808::1 2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1
2001:db8::1 2001:1ff:ffff::1 3fff::1 3fff:fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fdff:ffff::1
fe80::1 fe80::1%1 febf::1 fec0::1 feff::1 ff02::1 ff0e::1 ff05::1:3 100::1 200::1 400::1 4000::1 8000::1
""".split()
OUTER = "127.9.9.9"
"""Plays the world outside: the only address that may be called."""
SETTINGS = FetchSettings(allow_networks=(f"{OUTER}/32",), timeout=30)
HOPS = (301, 302, 303, 307, 308)
POSITIONS = ("feed", *(f"redirect {status}" for status in HOPS), "fifth redirect", "resolved name", "rebinding")


def numeric(text: str) -> str:
    """The address that the C library reads in a spelling, as a connection would use it."""
    found = socket.getaddrinfo(text, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return str(found[0][4][0])


def url(spelling: str) -> str:
    """A web address at that host."""
    return f"http://[{spelling}]/".replace("%", "%25") if ":" in spelling else f"http://{spelling}/"


class _Observer:
    """Hears of every connection of this process. There is one: the interpreter keeps it for ever."""

    def __init__(self) -> None:
        self.forbidden: list[str] | None = None
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and self.forbidden is not None and arguments[1][0] != OUTER:
            self.forbidden.append(str(arguments[1]))
            raise PermissionError(errno.EACCES, f"a test would have called {arguments[1]}")


_OBSERVER: list[_Observer] = []


@contextmanager
def observed() -> Iterator[list[str]]:
    """The connections to anywhere but OUTER that were begun, and stopped."""
    _OBSERVER.extend([] if _OBSERVER else [_Observer()])
    calls: list[str] = []
    _OBSERVER[0].forbidden = calls
    try:
        yield calls
    finally:
        _OBSERVER[0].forbidden = None


def visit(spelling: str, position: str, outer: Server) -> str:
    """What the planet says when it is sent to that address from that position."""
    target, network = url(spelling), Network()
    if position.startswith("redirect"):
        outer.behaviours["/"] = answer(f"{position.split()[1]} Elsewhere", f"Location: {target}")
        target = outer.at("/")
    elif position == "fifth redirect":
        outer.behaviours |= {f"/{n}": answer("301 Elsewhere", f"Location: /{n + 1}") for n in range(4)}
        outer.behaviours["/4"] = answer("301 Elsewhere", f"Location: {target}")
        target = outer.at("/0")
    elif position == "resolved name":
        target, network = "http://blog.test/", Network(resolver=lambda _: [numeric(spelling)])
    elif position == "rebinding":
        outer.behaviours["/"] = answer("302 Found", "Location: /next")
        names = iter([[OUTER], [numeric(spelling)]])
        target, network = outer.at("/", "blog.test"), Network(resolver=lambda _: next(names))
    try:
        return f"reached: {fetch(target, settings=SETTINGS, network=network).status}"
    except FetchError as error:
        return str(error)
