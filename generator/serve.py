"""A folder → a web server on 127.0.0.1, for looking at a site before it is published."""

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.watch import Changes

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
    "": "application/octet-stream",
}


_PATIENCE = 20.0
"""Seconds that a page waits for news before it asks again."""
_SCRIPT = b"""(async () => {
  for (;;) if ((await fetch("/.changes")).status === 200) return location.reload();
})();
"""


def make_server(folder: Path, *, port: int = 0, changes: Changes | None = None) -> ThreadingHTTPServer:
    """A server of the files in `folder` on 127.0.0.1; port 0 takes a free one (`server_port` tells which).

    With `changes`, pages are loaded again after each. The caller calls `serve_forever`, and in the end `shutdown` and
    `server_close`.
    """
    fresh = partial(_Fresh, changes=changes) if changes else _Handler
    return ThreadingHTTPServer(("127.0.0.1", port), partial(fresh, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    """Files, `index.html` for a folder, `404.html` for what is not there; no listings, no log."""

    extensions_map = _TYPES
    timeout = 30

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page where something is missing, the server's short answer for all else."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self._send(code, _TYPES[".html"], content)

    def _send(self, code: int, kind: str, content: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def list_directory(self, path: Any) -> BytesIO | None:  # noqa: ARG002 (the base class's)
        """A folder without an index is not there."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the base class's)
        """Nothing: a site's own pages are no news."""


class _Fresh(_Handler):
    """The same, with pages that are loaded again when the site has changed."""

    def __init__(self, *call: Any, changes: Changes, **options: Any) -> None:
        self._changes = changes  # first: the base class answers while it is made
        super().__init__(*call, **options)

    def do_GET(self) -> None:
        """A file; a page waits for changes at `/.changes`."""
        if self.path == "/.changes":
            news = self._changes.wait(_PATIENCE)
            self._send(HTTPStatus.OK if news else HTTPStatus.ACCEPTED, _TYPES[".txt"], b"")
        elif self.path == "/.changes.js":
            self._send(HTTPStatus.OK, _TYPES[".js"], _SCRIPT)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Browsers are to ask each time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_head(self) -> Any:
        """A page with the script that waits."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if self.path.split("?")[0].endswith("/") else path
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        content = path.read_bytes() + b'<script src="/.changes.js" defer></script>\n'
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", _TYPES[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)
