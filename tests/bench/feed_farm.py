"""Bodies of feeds → web servers on this machine that give them, each its own host, in a process of their own.

So what the servers take of the processors does not count as the planet's. All that the invented feeds say is invented.
"""

import asyncio
import gzip
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape

from tests.support.planets import Root, author

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTINGS = """[tool.gitplanet]
title = "Farm"
url = "https://planet.example.org/"

[tool.gitplanet.fetch]
allow_networks = ["127.0.0.0/8"]
"""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How all servers of a farm behave."""

    latency: float = 0.0
    """Seconds before an answer."""
    validators: bool = True
    """Whether they give ETags and know 304; else everything comes whole, each time."""


class Farm:
    """A server for each body, at `urls`; stopped at the end. `answered` is how often each status was given."""

    def __init__(self, bodies: Sequence[bytes | Path], manner: Manner = Manner()) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(bodies, manner, theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self.urls: list[str] = self._line.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join()

    def behave(self, manner: Manner) -> None:
        """From now on."""
        self._line.send(manner)
        self._line.recv()

    def tell(self, bodies: Mapping[int, bytes]) -> None:
        """From now on, the servers with these numbers give something else."""
        self._line.send(bodies)
        self._line.recv()

    @property
    def answered(self) -> dict[int, int]:
        """Since the last time that somebody looked."""
        self._line.send(None)
        told: dict[int, int] = self._line.recv()
        return told


def host(number: int) -> str:
    """The address of the server with that number: two requests at once are one server's most."""
    return f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"


def _run(bodies: Sequence[bytes | Path], manner: Manner, line: Connection) -> None:
    asyncio.run(_Servers(manner).serve(bodies, line))


@dataclass
class _Servers:
    manner: Manner
    counts: dict[int, int] = field(default_factory=dict)
    stalls: "list[_Stall]" = field(default_factory=list)

    async def serve(self, bodies: Sequence[bytes | Path], line: Connection) -> None:
        """Until the process is ended."""
        urls = []
        for number, body in enumerate(bodies):
            stall = _Stall(body if isinstance(body, bytes) else body.read_bytes(), self)
            self.stalls.append(stall)
            server = await asyncio.start_server(stall.call, host(number), 0)
            urls.append(f"http://{host(number)}:{server.sockets[0].getsockname()[1]}/feed")
        line.send(urls)
        asyncio.get_running_loop().add_reader(line.fileno(), self._hear, line)
        await asyncio.Event().wait()

    def _hear(self, line: Connection) -> None:
        told = line.recv()
        if isinstance(told, dict):
            for number, body in told.items():
                self.stalls[number].offer(body)
        else:
            self.manner = told or self.manner
        line.send(self.counts)
        self.counts = {}


class _Stall:
    def __init__(self, body: bytes, servers: _Servers) -> None:
        self._servers = servers
        self.offer(body)

    def offer(self, body: bytes) -> None:
        """From now on."""
        self._packed = gzip.compress(body, 6)
        self._etag = f'"{sha256(body).hexdigest()[:16]}"'

    async def call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(self._servers.manner.latency)
            writer.write(self._answer(head.decode("latin-1")))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _answer(self, head: str) -> bytes:
        validators = self._servers.manner.validators
        status = 304 if validators and f"If-None-Match: {self._etag}\r\n" in head else 200
        self._servers.counts[status] = self._servers.counts.get(status, 0) + 1
        tag = f"ETag: {self._etag}\r\n" if validators else ""
        if status == 304:
            return f"HTTP/1.1 304 Not Modified\r\n{tag}\r\n".encode()
        fields = f"{tag}Content-Type: application/xml\r\nContent-Encoding: gzip\r\nContent-Length: {len(self._packed)}"
        return f"HTTP/1.1 200 OK\r\n{fields}\r\n\r\n".encode() + self._packed


def blog(number: int, entries: int, *, newest: datetime = START, news: datetime | None = None) -> bytes:
    """An RSS feed of that many entries, one a day, whose texts are like those of real blogs in size and markup.

    The same number gives the same feed. `news` puts one entry more before them, of that time.
    """
    chance = random.Random(number)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 10))) for _ in range(2000)]
    times = [newest - timedelta(days=place + 1) for place in range(entries)]
    items = "".join(_item(number, place, words, chance, when) for place, when in enumerate(times))
    if news:
        items = _item(number, entries, words, chance, news) + items
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Blog {number}</title><link>https://blog{number}.example/</link>{items}</channel></rss>"
    ).encode()


def _item(number: int, place: int, words: list[str], chance: random.Random, when: datetime) -> str:
    link = f"https://blog{number}.example/{place}/"
    return (
        f"<item><title>{' '.join(chance.choices(words, k=5))}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<content:encoded>{escape(_text(words, chance))}</content:encoded></item>"
    )


def _text(words: list[str], chance: random.Random) -> str:
    """Some 400 words: paragraphs with links and emphasis, and one of the other things that posts hold."""

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    paragraphs = [
        f"<p>{some(40)} <a href='/{some(1)}'>{some(3)}</a>, <em>{some(2)}</em>. {some(30)}.</p>" for _ in range(5)
    ]
    extra = chance.choice(
        [
            f"<h2>{some(4)}</h2>",
            f"<ul><li>{some(6)}</li><li>{some(6)}</li></ul>",
            f"<pre><code>{some(3)}\n  {some(4)}\n</code></pre>",
            f"<blockquote><p>{some(20)}</p></blockquote>",
            f"<p><img src='/{some(1)}.png' alt='{some(3)}'></p>",
        ]
    )
    return "".join([*paragraphs[:2], extra, *paragraphs[2:]])


def planet(folder: Path, urls: Sequence[str], *, settings: str = SETTINGS) -> Root:
    """A planet with an author for each address."""
    return Root(folder, {f"cow{n}": author(url, name=f"Cow {n}") for n, url in enumerate(urls)}, settings=settings)
