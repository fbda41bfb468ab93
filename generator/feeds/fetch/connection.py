"""Connections to a host: resolved once, checked, and metered while they are read. Main class: `GuardedConnection`."""

import io
import math
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.feeds.fetch import networks
from generator.feeds.fetch.errors import FetchError, broken, slow

WIRE_LIMIT = 5 * 1024 * 1024
"""Bytes that one answer may send, headers and framing included."""
_WEB_PORTS = (80, 443)
_PATIENCE = 1.0
"""Seconds of silence after which nothing more comes behind an answer's end."""
_CHUNK = 64 * 1024

Resolver = Callable[[str], Sequence[str]]
"""A host name into the texts of its IP addresses; raises OSError where there is none."""


def look_up(host: str) -> list[str]:
    """Return what the machine's own resolver says."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, kw_only=True)
class Network:
    """The world outside: who names hosts, and whose certificates count."""

    resolver: Resolver = look_up
    tls: ssl.SSLContext | None = None
    """None means the public authorities."""


INTERNET = Network()


class GuardedConnection:
    """One connection: it ends at its deadline, at its limit of bytes, and never begins to a forbidden address."""

    def __init__(self, *, seconds: float, allow_networks: tuple[str, ...], network: Network) -> None:
        self._deadline = time.monotonic() + seconds
        self._allow = allow_networks
        self._left = WIRE_LIMIT
        self._patience = math.inf
        self.network = network
        self.connected = False
        self.reader: io.BufferedReader | None = None
        """From which the answer is read."""

    def remaining(self) -> float:
        """Return the seconds until the deadline; raise FetchError when it has passed."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise slow()
        return left

    def connect(self, host: str, port: int) -> socket.socket:
        """Return a socket connected to the first address of `host` that answers, after all of them were found fit."""
        addresses = self._resolve(host)
        for ip in addresses:
            self._check(host, ip, port)
        for place, ip in enumerate(addresses, start=1):
            try:
                return self._dial(host, ip, port, self.remaining() / (len(addresses) - place + 1))
            except OSError as error:
                failure = error
        raise broken(failure)

    def _resolve(self, host: str) -> list[str]:
        name = host.strip("[]")
        try:
            return _literal(name) or _in_time(self.network.resolver, name, self.remaining())
        except TimeoutError:
            raise FetchError(f"Nobody could say in time where {host} is; nothing to do unless it lasts.") from None
        except (OSError, UnicodeError):
            raise FetchError(f"There is no host named {host}; check the spelling, or wait.") from None

    def _check(self, host: str, ip: str, port: int) -> None:
        reason = networks.forbidden(ip, self._allow)
        if reason:
            raise FetchError(f"{host} leads to {reason}, where the planet does not go; use the feed's public address.")
        if port not in _WEB_PORTS and not networks.allowed(ip, self._allow):
            raise FetchError(f"The planet does not call on port {port}; use an address without a port number.")

    def _dial(self, host: str, ip: str, port: int, seconds: float) -> socket.socket:
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(seconds)
            line.connect((ip, port))
            self._check(host, line.getpeername()[0], port)
            line.settimeout(self.remaining())
        except BaseException:
            line.close()
            raise
        self.connected = True
        return line

    def read_from(self, line: socket.socket, raw: io.RawIOBase, buffer: memoryview) -> int:
        """Read once, as far as deadline and limit let us. Raises FetchError where they do not."""
        if self._left <= 0:
            raise FetchError("The feed is larger than 5 MB on the wire; offer a shorter one with the newest posts.")
        line.settimeout(min(self.remaining(), self._patience))
        count = raw.readinto(buffer[: self._left]) or 0
        self._left -= count
        return count

    def surplus(self) -> Iterator[bytes]:
        """Yield what comes behind the end that the answer named, until the other side closes or the time is over.

        It belongs to nothing else: a line is used once. Silence ends it soon.
        """
        self._patience = _PATIENCE
        try:
            while self.reader is not None and (chunk := self.reader.read1(_CHUNK)):
                yield chunk
        except OSError:
            return
        except FetchError:
            if time.monotonic() < self._deadline:
                raise

    def close(self) -> None:
        """Read nothing more."""
        if self.reader is not None:
            self.reader.close()


class Metered(io.RawIOBase):
    """What comes in on a line, under its watch."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, line: GuardedConnection) -> None:
        self._raw, self._sock, self._line = raw, sock, line
        self.ended = False
        """Whether the other side has closed."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._line.read_from(self._sock, self._raw, memoryview(buffer))
        self.ended = count == 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _literal(name: str) -> list[str]:
    """Return the address that a name is itself, in any spelling that the C library takes (`127.1`, `0x7f.1`,
    `2130706433`).
    """
    try:
        entries = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return []
    return [str(entry[4][0]) for entry in entries]


def _in_time(resolver: Resolver, name: str, seconds: float) -> list[str]:
    """Ask in a thread of its own: a name server that keeps silent cannot be interrupted, only left behind."""
    answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(list(dict.fromkeys(resolver(name))))
        except Exception as error:
            answer.put(error)

    threading.Thread(target=ask, name=f"resolve {name}", daemon=True).start()
    try:
        outcome = answer.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(outcome, Exception):
        raise outcome
    if not outcome:
        raise OSError("no address")
    return outcome
