"""Blogs of mixed manners on one virtual clock → their servers on this machine, and what each thinks of its visitors.

A blog knows what it said last, and nothing of the planet's own bookkeeping: it judges by RFC 9110, RFC 9111 and the
feed formats, in its own words. What breaks a rule is counted under the rule's number in the table of polling manners.
"""

import asyncio
import contextlib
import gzip
import random
import threading
from collections import Counter
from datetime import datetime, timedelta
from email.utils import format_datetime
from types import TracebackType
from typing import Self

from tests.bench.feed_farm import START, host
from tests.support.planets import item, rss

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_FRESH, MOST_RETRY = DAY, 7 * DAY
"""How long the planet lets itself be put off: documented, so no rule is broken by it."""
VALIDATORS = ("both", "both", "both", "etag", "date", "date", "none")
FRESHNESS = (
    "", "", "max-age=300", "max-age=3600, must-revalidate", "public, max-age=7200", "no-cache", "no-store, max-age=0",
    "max-age=31536000", "s-maxage=86400", "private, max-age=14400", "expires", "expires junk",
)  # fmt: skip
HINTS = (
    "", "", "", "<ttl>180</ttl>", "<ttl>60</ttl>", "<ttl>10</ttl>", "<ttl>junk</ttl>",
    "<skipHours><hour>0</hour><hour>1</hour><hour>2</hour></skipHours>", "<skipDays><day>Sunday</day></skipDays>",
    "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
    "<sy:updatePeriod>hourly</sy:updatePeriod>",
)  # fmt: skip
TROUBLES = ("", "", "", "", "outage", "busy", "busy until", "too often", "page", "refusal", "gone", "clock")
WAYS = ("", "", "", "", "", "", "301", "308", "302", "307")
USUAL = {"host", "user-agent", "accept", "accept-encoding"}


class Blog:
    """One feed, and its judgement. Chosen by its number: all mixtures occur when there are many."""

    def __init__(self, number: int) -> None:
        chance = random.Random(number)
        self.number, self._chance = number, chance
        self.validators, self.freshness = chance.choice(VALIDATORS), chance.choice(FRESHNESS)
        self.hint, self.trouble, self.way = chance.choice(HINTS), chance.choice(TROUBLES), chance.choice(WAYS)
        self.every = timedelta(hours=chance.choice([3, 30, 80, 170, 700, 10_000]))
        self.skew = timedelta(hours=chance.choice([-24, -1, 2, 24])) if self.trouble == "clock" else timedelta()
        self.requests = self.redirects = self.could = self.conditional = self.bytes = 0
        self.statuses: Counter[int] = Counter()
        self.violations: Counter[str] = Counter()
        self.present = 0
        self._known: dict[str, str] = {}
        self._last: datetime | None = None
        self._not_before = START
        self._whole: datetime | None = None
        self._gone: set[int] = set()

    @property
    def path(self) -> str:
        """Where the feed is."""
        return f"/feed/{self.number}"

    @property
    def entrance(self) -> str:
        """The address in the author file: another one where the feed has moved."""
        return f"/old/{self.number}" if self.way else self.path

    def answer(self, path: str, fields: dict[str, str], now: datetime) -> bytes:
        """Judges the request, and says what is to be said."""
        self.requests += 1
        self._judge_manners(path, fields)
        if path != self.path:
            self.redirects += 1
            self._blame(bool(_conditions(fields)), "E2 validators went to another address")
            return _say(int(self.way), {"Location": self.path}, b"")
        self._judge_time(now)
        self._judge_conditions(fields)
        self._last = now
        status, headers, body = self._told(fields, now)
        self.statuses[status] += 1
        self.bytes += len(body)
        return _say(status, headers, body)

    def _blame(self, guilty: bool, rule: str) -> None:
        self.violations.update([f"{rule}"] if guilty else [])

    # judging ------------------------------------------------------------------

    def _judge_manners(self, path: str, fields: dict[str, str]) -> None:
        self._blame(path not in (self.path, self.entrance), "E33 something else than the feed was asked for")
        self._blame(self.present > 2, "E34 three requests at once")
        extra = fields.keys() - USUAL - {"if-none-match", "if-modified-since"}
        self._blame(bool(extra), f"E30 needless header {', '.join(extra)}")
        self._blame(not fields.keys() >= USUAL, "E29 to E32 a header is missing")
        self._blame("+https://" not in fields.get("user-agent", ""), "E31 no address in the User-Agent")
        self._blame(fields.get("accept-encoding") != "gzip", "E29 gzip is not offered")

    def _judge_time(self, now: datetime) -> None:
        if self._last is None:
            return
        self._blame(len(self._gone) >= 3, "E25 asked again after three days of 410")
        self._blame(now - self._last < HOUR, "E11 asked twice within an hour")
        self._blame(now < self._not_before, "E14 to E22 asked before the time that was told")
        self._blame("skipHours" in self.hint and bool(self._known) and now.hour < 3, "E19 asked in an hour to skip")
        self._blame("skipDays" in self.hint and bool(self._known) and now.weekday() == 6, "E19 asked on a day to skip")

    def _judge_conditions(self, fields: dict[str, str]) -> None:
        told = _conditions(fields)
        self.could += bool(self._known)
        self.conditional += bool(told)
        self._blame(bool(told.items() - self._known.items()), "E2 to E5 a validator that was not given last")
        self._blame(bool(self._known.items() - told.items()), "E2 to E5 a validator was kept back")

    # answering ----------------------------------------------------------------

    def _told(self, fields: dict[str, str], now: datetime) -> tuple[int, dict[str, str], bytes]:
        trouble = self._in_trouble(now)
        if trouble:
            return trouble
        edition = max(0, (now - START) // self.every)
        etag, written = f'W/"{self.number}-{edition}"', format_datetime(START + edition * self.every, usegmt=True)
        given = {"ETag": etag} if self.validators in ("both", "etag") else {}
        given |= {"Last-Modified": written} if self.validators in ("both", "date") else {}
        self._known = {
            {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}[name]: value
            for name, value in given.items()
        }
        if not given:
            self._blame(self._whole is not None and now - self._whole < DAY, "E12 sent whole twice within a day")
            self._whole = now
        headers = given | self._fresh(now)
        self._not_before = max(self._not_before, now + self._wished())
        if self._known and _conditions(fields) == self._known:
            return 304, headers, b""
        return 200, headers | {"Content-Type": "application/rss+xml", "Content-Encoding": "gzip"}, self._feed(edition)

    def _in_trouble(self, now: datetime) -> tuple[int, dict[str, str], bytes] | None:
        """An answer that is no feed, in one hour of ten, or for good."""
        day = (now - START).days
        if self.trouble == "gone" and day >= 5:
            self._gone.add(now.toordinal())
            return 410, {}, b""
        if self.trouble == "refusal":
            return 403, {}, b"No"
        if self._chance.random() > 0.1 or self.trouble in ("", "clock", "gone"):
            return None
        if self.trouble == "page":
            return 200, {"ETag": '"page"', "Content-Encoding": "gzip"}, gzip.compress(b"<html>Database error</html>")
        if self.trouble == "outage":
            return 500, {}, b"Oops"
        wait = timedelta(hours=self._chance.choice([0.1, 2, 30, 500]))
        status = 429 if self.trouble == "too often" else 503
        self._not_before = max(self._not_before, now + min(wait, MOST_RETRY))
        until = (
            format_datetime(now + wait, usegmt=True) if self.trouble == "busy until" else f"{wait.total_seconds():.0f}"
        )
        return status, {"Retry-After": until, "Date": format_datetime(now, usegmt=True)}, b""

    def _fresh(self, now: datetime) -> dict[str, str]:
        here = now + self.skew
        headers = {"Date": format_datetime(here, usegmt=True)}
        if self.freshness.startswith("expires"):
            junk = self.freshness == "expires junk"
            headers["Expires"] = "0" if junk else format_datetime(here + 5 * HOUR, usegmt=True)
            self._not_before = now + (timedelta() if junk else 5 * HOUR)
        elif self.freshness:
            headers["Cache-Control"] = self.freshness
            told = self.freshness.replace("s-maxage", "").partition("max-age=")[2].partition(",")[0]
            self._not_before = now + min(MOST_FRESH, timedelta(seconds=int(told or 0)))
        return headers

    def _wished(self) -> timedelta:
        """What the feed itself asks for."""
        return {"<ttl>180</ttl>": 3 * HOUR, "<ttl>60</ttl>": HOUR, HINTS[-2]: 6 * HOUR}.get(self.hint, timedelta())

    def _feed(self, edition: int) -> bytes:
        newest = [max(0, edition - place) for place in range(4)]
        items = [
            item(
                number,
                guid=f"{self.number}-{number}",
                pubDate=format_datetime(START + number * self.every, usegmt=True),
            )
            for number in dict.fromkeys(newest)
        ]
        space = '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
        text = rss(*items, link=f"https://blog{self.number}.example/").replace("<rss ", space, 1)
        return gzip.compress(text.replace("</link><item>", f"</link>{self.hint}<item>", 1).encode(), 1, mtime=0)


def _conditions(fields: dict[str, str]) -> dict[str, str]:
    return {name: fields[name] for name in ("if-none-match", "if-modified-since") if name in fields}


def _say(status: int, headers: dict[str, str], body: bytes) -> bytes:
    length = {} if status == 304 else {"Content-Length": str(len(body))}
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in (headers | length).items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


class Village:
    """The blogs' servers, in a thread: two blogs share a host. A context manager; `now` is the time there."""

    def __init__(self, blogs: int) -> None:
        self.now = START
        self.blogs = [Blog(number) for number in range(blogs)]
        self.urls: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self) -> None:
        self._servers = []
        for first in range(0, len(self.blogs), 2):
            pair = self.blogs[first : first + 2]
            server = await asyncio.start_server(_Host(self, pair).call, host(100_000 + first), 0)
            self._servers.append(server)
            port = server.sockets[0].getsockname()[1]
            self.urls += [f"http://{host(100_000 + first)}:{port}{blog.entrance}" for blog in pair]

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*under_way, return_exceptions=True)


class _Host:
    def __init__(self, village: Village, blogs: list[Blog]) -> None:
        self._village, self._blogs, self._present = village, {str(blog.number): blog for blog in blogs}, 0

    async def call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        self._present += 1
        try:
            request, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
            path = request.split(" ")[1]
            blog = self._blogs[path.rpartition("/")[2]]
            blog.present = self._present
            writer.write(blog.answer(path, fields, self._village.now))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._present -= 1
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
