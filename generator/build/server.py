"""Serve files on 127.0.0.1, for looking at a site before it is published: `make_server`."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit

from generator.build.watch import Changes

Files: TypeAlias = Callable[[str], bytes | None]
"""By its path below the site's root what a file holds; None where there is none."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
_PATIENCE = 20.0
"""Seconds that a page waits for news before it asks again."""
_SCRIPT = b"""(async () => {
  for (;;) if ((await fetch("/.changes")).status === 200) return location.reload();
})();
"""
_WAITS = b'<script src="/.changes.js" defer></script>\n'


def files_in(folder: Path) -> Files:
    """The files in a folder, and no others."""
    top = folder.resolve()

    def file(path: str) -> bytes | None:
        target = (top / path).resolve()
        return target.read_bytes() if target.is_relative_to(top) and target.is_file() else None

    return file


def make_server(files: Files, *, port: int = 0, changes: Changes | None = None) -> ThreadingHTTPServer:
    """A server of the files on 127.0.0.1; port 0 takes a free one (`server_port` tells which).

    With `changes`, pages are loaded again after each. The caller calls `serve_forever`, and in the end `shutdown` and
    `server_close`.
    """
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, files, changes))


class _Handler(BaseHTTPRequestHandler):
    """Files, `index.html` for a folder, `404.html` for what is not there; no listings, no log."""

    timeout = 30

    def __init__(self, files: Files, changes: Changes | None, *call: Any) -> None:
        self._files, self._changes = files, changes  # first: the base class answers while it is made
        super().__init__(*call)

    def do_GET(self) -> None:
        """A file; a page waits for changes at `/.changes`."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        if self._changes and path == ".changes":
            news = self._changes.wait(_PATIENCE)
            self._send(HTTPStatus.OK if news else HTTPStatus.ACCEPTED, ".txt", b"")
        elif self._changes and path == ".changes.js":
            self._send(HTTPStatus.OK, ".js", _SCRIPT)
        else:
            self._send_file(path + "index.html" if path.endswith("/") or not path else path)

    def do_HEAD(self) -> None:
        """The same without the content."""
        self.do_GET()

    def _send_file(self, path: str) -> None:
        content = self._files(path)
        if content is not None:
            self._send(HTTPStatus.OK, PurePosixPath(path).suffix.lower(), content)
        elif self._files(f"{path}/index.html") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(HTTPStatus.NOT_FOUND, ".html", self._files("404.html") or b"There is no such page.")

    def _send(self, code: int, suffix: str, content: bytes) -> None:
        content += _WAITS if self._changes and suffix == ".html" else b""
        self.send_response(code)
        self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store" if self._changes else "no-cache")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the base class's)
        """Nothing: a site's own pages are no news."""
