"""Send one request through requests' transport adapter: no session, no redirect, no cookie, no proxy.

Main function: `ask`.
"""

import contextlib
import functools
import http.client
import io
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import urllib3
import urllib3.connection
import urllib3.exceptions

from generator.feeds.fetch.connection import GuardedConnection, Metered
from generator.feeds.fetch.errors import FetchError, broken

_FOLD = re.compile(r"(?:(?<![ \t])[ \t]++)?[\r\n]++[ \t]*+")
_CHUNK = 64 * 1024
_PIECES = 100_000
"""Chunks of one answer: each takes the client longer to read than the server to send."""
_INTERIM = 10
"""Answers before the answer that are borne."""
_reading = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class RawResponse:
    """Status and headers; the body only for those who read it, as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    """Lower-case names; repeated ones joined by a comma."""
    chunks: Iterator[bytes]
    """Raises http.client.IncompleteRead where the body ends too early."""
    surplus: Iterator[bytes]
    """What comes behind a body that ends where its Content-Length says."""


@contextlib.contextmanager
def ask(url: str, headers: Mapping[str, str], line: GuardedConnection) -> Iterator[RawResponse]:
    """GET once. The connection is closed afterwards, whether the body was read or not. Raises FetchError."""
    with contextlib.closing(_GuardedAdapter(line)) as adapter, contextlib.closing(line):
        try:
            request = requests.Request("GET", url, headers=dict(headers)).prepare()
            with adapter.send(request, stream=True, timeout=line.remaining()) as response:
                fields = _headers(response.raw.headers)
                is_counted = "content-length" in fields and "transfer-encoding" not in fields
                yield RawResponse(
                    status=response.status_code,
                    headers=fields,
                    chunks=_chunks(response.raw),
                    surplus=line.surplus() if is_counted else iter(()),
                )
        except (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError) as error:
            raise broken(error) from error


def _headers(fields: urllib3.HTTPHeaderDict) -> dict[str, str]:
    """Return what the server said, each field in one line (RFC 9112 §5.2)."""
    return {name.lower(): _FOLD.sub(" ", fields[name]).strip() for name in fields if name.lower() != "set-cookie"}


def _chunks(raw: Any) -> Iterator[bytes]:
    try:
        while chunk := raw.read(_CHUNK, decode_content=False):
            yield chunk
    except urllib3.exceptions.ProtocolError as error:
        cause = error.args[-1]
        if not isinstance(cause, http.client.IncompleteRead):
            raise
        if isinstance(cause.partial, bytes):
            yield cause.partial
        raise cause from error


def _authorities() -> ssl.SSLContext:
    """Return the public ones, read once: that takes longer than a fetch."""
    with _reading:
        return _read_authorities()


@functools.cache
def _read_authorities() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=requests.adapters.DEFAULT_CA_BUNDLE_PATH)


class _MeteredResponse(http.client.HTTPResponse):
    """http.client's reader, whose every byte passes the line's meter: it trusts lengths that a server made up."""

    def __init__(self, sock: socket.socket, *args: Any, line: GuardedConnection, **rest: Any) -> None:
        super().__init__(sock, *args, **rest)
        self._metered = Metered(self.fp.detach(), sock, line)
        self.fp = line.reader = io.BufferedReader(self._metered, _CHUNK)
        self._pieces = 0

    def begin(self) -> None:
        """Read the head. http.client takes a head that breaks off for a whole one."""
        super().begin()
        if self._metered.ended:
            raise http.client.IncompleteRead(b"")

    def _close_conn(self) -> None:
        """Leave the reader open, which the line closes: more may come than the server's length says."""
        self.fp = None  # type: ignore[assignment]

    def _read_status(self) -> tuple[str, int, str]:
        """Read past interim answers such as 103 (RFC 9110 §15.2): http.client itself knows 100 only."""
        for _ in range(_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 < status < 200 or status == http.client.SWITCHING_PROTOCOLS:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise http.client.BadStatusLine("no end of interim answers")

    def _read_next_chunk_size(self) -> int:
        self._pieces += 1
        if self._pieces > _PIECES:
            raise FetchError(
                f"The feed is larger than {_PIECES} pieces; the server must send it in fewer, larger ones."
            )
        return int(super()._read_next_chunk_size())  # type: ignore[misc]


class _GuardedConnection(urllib3.connection.HTTPConnection):
    def __init__(self, *args: Any, line: GuardedConnection, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._line = line
        self.response_class = functools.partial(_MeteredResponse, line=line)  # type: ignore[assignment]

    def _new_conn(self) -> socket.socket:
        return self._line.connect(self._dns_host, self.port)


class _GuardedTlsConnection(_GuardedConnection, urllib3.connection.HTTPSConnection):
    pass


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _GuardedTlsConnection


class _GuardedAdapter(requests.adapters.HTTPAdapter):
    """requests' transport over one guarded line, for one request."""

    def __init__(self, line: GuardedConnection) -> None:
        self._line = line
        self._pool: urllib3.HTTPConnectionPool | None = None
        super().__init__(max_retries=0)

    def get_connection_with_tls_context(self, request: Any, *_args: Any, **_rest: Any) -> urllib3.HTTPConnectionPool:
        parts = urlsplit(request.url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        if parts.scheme == "https":
            self._pool = _TlsPool(
                host, parts.port or 443, line=self._line, ssl_context=self._line.network.tls or _authorities()
            )
        else:
            self._pool = _Pool(host, parts.port or 80, line=self._line)
        return self._pool

    def cert_verify(self, *_args: Any, **_rest: Any) -> None:
        """Nothing to add: the pool's own context verifies."""

    def build_response(self, _req: Any, resp: Any) -> requests.Response:
        """requests would also read the cookies, which nobody here wants."""
        response = requests.Response()
        response.status_code, response.headers, response.raw = resp.status, resp.headers, resp
        return response

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
