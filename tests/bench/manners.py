"""Thirty days of hourly runs with hundreds of feeds of mixed manners → how the planet behaves, as the servers see it.

Run: `python -m tests.bench.manners [--feeds N] [--days N]`. The servers are a village on this machine with a clock of
its own. Each knows what it said last, and judges every request by the table of polling manners (E1 to E34). Status 1
where one was broken, or where fewer than 99 % of the requests after a feed's first were conditional that could be.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from generator import config
from generator.update import UpdateOptions, update
from tests.bench.feed_farm import START, planet
from tests.bench.polling_village import Village


@dataclass(kw_only=True)
class Outcome:
    """What the servers saw."""

    feeds: int
    days: float
    requests: int = 0
    redirects: int = 0
    """Of these, those to addresses that only lead on."""
    could: int = 0
    """Those after a server had given a validator."""
    conditional: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    bytes: int = 0
    """Of bodies, as they went over the wire."""
    violations: Counter[str] = field(default_factory=Counter)
    posts: int = 0


class _Quiet:
    def begin(self, what: str, total: int) -> None:
        """Tells nothing."""

    def step(self, line: str = "") -> None:
        """Tells nothing."""


def simulate(folder: Path, feeds: int, days: float) -> Outcome:
    """Hourly runs, at no exact minute, of a planet in `folder`."""
    outcome = Outcome(feeds=feeds, days=days)
    with Village(feeds) as village:
        root = planet(folder, village.urls).path
        members = config.load(root)
        for now in _moments(days):
            village.now = now
            report = update(root, members, UpdateOptions(), now=now, watch=_Quiet())
            outcome.posts += report.kinds.total()
    for blog in village.blogs:
        outcome.requests += blog.requests
        outcome.redirects += blog.redirects
        outcome.could += blog.could
        outcome.conditional += blog.conditional
        outcome.statuses += blog.statuses
        outcome.bytes += blog.bytes
        outcome.violations += blog.violations
    return outcome


def _moments(days: float) -> Iterator[datetime]:
    """A run each hour, a few minutes early or late, as schedules of forges are."""
    for hour in range(round(days * 24)):
        yield START + timedelta(hours=hour, minutes=(hour * 7) % 13)


def main() -> int:
    """Prints the figures; 1 where a server was annoyed."""
    asked = _arguments()
    begin, processors = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder:
        seen = simulate(Path(folder) / "planet", asked.feeds, asked.days)
    share = 100 * seen.conditional / max(1, seen.could)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    rows = {
        "feeds, days": f"{seen.feeds}, {seen.days:g}",
        "requests": f"{seen.requests} ({seen.redirects} of them led on)",
        "requests per feed and day": f"{(seen.requests - seen.redirects) / seen.feeds / seen.days:.2f}",
        "conditional, where they could be": f"{seen.conditional} of {seen.could} ({share:.2f} %)",
        "answers": ", ".join(f"{count} × {status}" for status, count in seen.statuses.most_common()),
        "bytes of bodies per feed and day": f"{seen.bytes / seen.feeds / seen.days:.0f}",
        "posts committed": str(seen.posts),
        "violations": str(seen.violations.total()),
        "wall, CPU of this process (servers too)": f"{time.perf_counter() - begin:.0f} s,"
        f" {time.process_time() - processors:.0f} s",
        "largest process": f"{max(each.ru_maxrss for each in used) / 1024:.0f} MB",
    }
    for name, value in rows.items():
        print(f"{name:40} {value}")
    for violation, count in seen.violations.most_common():
        print(f"  {count:6} × {violation}")
    return 1 if seen.violations or share < 99 else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--days", type=float, default=30, metavar="N", help="(default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
