"""Serve the sample blogs over HTTP, one state at a time, on 127.0.0.1 only: `Blogosphere`."""

import gzip
import hashlib
import threading
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from generator.setup.demo.responses import BlogResponse, SiteResponses, timeline


class Blogosphere:
    """A web server with all sample blogs, at the first state until told otherwise. A context manager."""

    def __init__(self, *, port: int = 0) -> None:
        """Take the port at once (0: any free one); OSError where it is taken."""
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._sites = timeline(self.url)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.show(0)

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def statuses(self) -> Counter[int]:
        """How often each status was answered so far."""
        with self._server.lock:
            return self._server.statuses.copy()

    @property
    def requests(self) -> int:
        """Requests answered so far."""
        return self.statuses.total()

    def show(self, state_index: int) -> None:
        """Let the blogs be as in that state of `STATES` from now on."""
        self._server.site = self._sites[state_index]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a planet calls on all blogs at once; the default of 5 makes some of them wait a second
    daemon_threads = False  # so that closing waits for the answers under way

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.site: SiteResponses = {}
        self.statuses: Counter[int] = Counter()
        self.lock = threading.Lock()

    def server_bind(self) -> None:
        """Bind without asking the resolver for this machine's name, which is slow on some."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.socket.getsockname()[1])


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "Blogosphere"
    timeout = 10

    def do_GET(self) -> None:
        """Answer, without a body where the caller has it already."""
        answer = self.server.site.get(unquote(urlsplit(self.path).path), BlogResponse(status=404, body=b"Not here.\n"))
        if answer.status == 200 and self._validators_match(answer):
            self._send(304, {"ETag": _etag(answer), "Last-Modified": _date(answer)}, b"")
        elif answer.status == 200:
            self._send_page(answer)
        else:
            where = {"Location": answer.location} if answer.location else {}
            self._send(answer.status, {"Content-Type": answer.type} | where, answer.body)

    do_HEAD = do_GET  # noqa: N815

    def _validators_match(self, answer: BlogResponse) -> bool:
        """Return whether the caller's validators fit; a date counts only where there is no ETag (RFC 9110 §13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return _etag(answer) in (tag.strip() for tag in tags.split(","))
        since = _moment(self.headers.get("If-Modified-Since", ""))
        return since is not None and answer.modified <= since

    def _send_page(self, answer: BlogResponse) -> None:
        headers = {"Content-Type": answer.type, "ETag": _etag(answer), "Last-Modified": _date(answer)}
        headers["Vary"] = "Accept-Encoding"
        body = answer.body
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, mtime=0)
        self._send(200, headers, body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        with self.server.lock:
            self.server.statuses[status] += 1
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name for it)
        """Say nothing: the demo tells its own story."""


def _etag(answer: BlogResponse) -> str:
    """Weak, since the plain and the compressed form share it (RFC 9110 §8.8.1)."""
    return f'W/"{hashlib.sha256(answer.body).hexdigest()[:16]}"'


def _date(answer: BlogResponse) -> str:
    return format_datetime(answer.modified, usegmt=True)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
