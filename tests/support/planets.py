"""Small planets and blogs for tests: a root in git, and a server of feeds that change."""

import hashlib
import subprocess
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import escape

from generator import config
from generator.archive import tree as archive_tree
from generator.models import Post
from generator.update import UpdateOptions, update
from generator.update.report import UpdateReport

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTINGS = """[tool.gitplanet]
title = "Planet Larry"
url = "https://planet.example.org/"

[tool.gitplanet.editions.planet]
title = "Planet Larry"
path = ""

[tool.gitplanet.editions.universe]
title = "Larry's Universe"

[tool.gitplanet.fetch]
allow_networks = ["127.0.0.0/8"]
"""


class Blogs:
    """A server on 127.0.0.1 whose pages a test sets; it knows ETags and keeps a log. A context manager."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, bytes, dict[str, str]]] = {}
        self.log: list[tuple[str, Mapping[str, str]]] = []
        blogs = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                blogs.log.append((self.path, dict(self.headers)))
                status, body, headers = blogs.pages.get(self.path, (404, b"", {}))
                tag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
                if status == 200 and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in {"ETag": tag, "Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def put(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> str:
        """Serves `body` at `path` from now on; returns its address."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, content, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.url + path

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def rss(*items: Mapping[str, str], title: str = "Larry's blog", link: str = "https://larry.example/") -> str:
    """An RSS 2.0 feed; an item's keys are element names, and its `body` goes into content:encoded."""
    parts = []
    for item in items:
        fields = {("content:encoded" if name == "body" else name): value for name, value in item.items()}
        parts.append(
            "<item>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items()) + "</item>"
        )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(title)}</title><link>{link}</link>{''.join(parts)}</channel></rss>"
    )


def item(number: int, **fields: str) -> dict[str, str]:
    """The item with that number: title, link, guid, date and body, each of which may be given."""
    return {
        "title": f"Post {number}",
        "link": f"https://larry.example/{number}",
        "guid": f"tag:larry,2026:{number}",
        "pubDate": f"Mon, {number:02} Nov 2026 10:00:00 GMT",
        "body": f"<p>The text of post {number}, with a few words.</p>",
    } | fields


class Root:
    """A planet's root: a git repository with settings and authors."""

    def __init__(self, path: Path, authors: Mapping[str, str], *, settings: str = SETTINGS) -> None:
        self.path = path
        (path / "authors").mkdir(parents=True)
        (path / "posts").mkdir()
        (path / "posts" / ".gitkeep").touch()
        (path / ".gitignore").write_text(".cache/\n_site/\n")
        (path / "pyproject.toml").write_text(settings)
        for nick, text in authors.items():
            (path / "authors" / f"{nick}.yaml").write_text(text)
        self.git("init", "-q", "-b", "main")
        self.commit("Begin")

    def git(self, *words: str) -> str:
        """Runs git there as a person would, and returns what it prints."""
        person = ["-c", "user.name=Larry", "-c", "user.email=larry@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", "-C", str(self.path), *person, *words], check=True, capture_output=True, text=True
        )
        return done.stdout

    def commit(self, message: str) -> None:
        """Commits everything, as a person."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def update(self, *, now: datetime = NOW, **options: Any) -> UpdateReport:
        """One run, with everything that it tells kept in `told`; of feeds that are not due, too."""
        options = {"force": True} | options
        watch = Told()
        report = update(self.path, config.load_tolerantly(self.path), UpdateOptions(**options), now=now, watch=watch)
        self.told = watch.lines
        return report

    def posts(self) -> list[Post]:
        """What the archive holds."""
        tree = archive_tree.read(self.path)
        assert not tree.problems
        return list(tree.posts)

    def commits(self) -> int:
        """How many commits the branch has."""
        return int(self.git("rev-list", "--count", "HEAD"))


class Told:
    """A watch that remembers."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def begin(self, what: str, total: int) -> None:
        """Takes note of nothing."""

    def step(self, line: str = "") -> None:
        """Remembers the line."""
        self.lines.extend([line] if line else [])


def author(*feeds: str, name: str = "Larry the Cow", more: str = "") -> str:
    """The text of an author file with those feeds."""
    return f"name: {name}\n{more}feeds:\n" + "".join(f"  - url: {feed}\n" for feed in feeds)
