"""Servers that lie, drip, flood or keep silent → how long and how much memory they cost, and whom they can harm.

Run: `python -m tests.bench.hostile [--deadline S] [--feeds N]`. It has three parts: each behaviour by itself as feed,
as redirect target and as error page; each spelling of a forbidden address in each position; as many hostile as good
feeds in one run of `gitplanet update`. Status 1 where one fetch outlasts its deadline by more than a second,
memory grows by 100 MB, a forbidden address is called, or a good feed's post is missing or late.
"""

import argparse
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from generator.feeds.fetch import FetchError, fetch
from generator.models import FetchSettings
from tests.bench.feed_farm import SETTINGS, START, Farm, blog, host, planet
from tests.bench.measure import update
from tests.crash.forbidden_addresses import OUTER, POSITIONS, SPELLINGS, observed, visit
from tests.support.hostile_servers import BEHAVIOURS, positions
from tests.support.servers import Server

PLACES = ("/feed", "/moved", "/error")
GRACE, MEMORY, PARALLEL = 1.0, 100, 32
ENTRIES = 5


def main() -> int:
    """Prints a line for each part; 1 where one of them failed."""
    asked = _arguments()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return 0 if all([_each(asked.deadline), _forbidden(), _run(asked.feeds, asked.deadline)]) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deadline", type=float, default=2, metavar="S", help="seconds a feed (default: %(default)s)")
    parser.add_argument("--feeds", type=int, default=200, metavar="N", help="of each kind (default: %(default)s)")
    return parser.parse_args()


def _each(deadline: float) -> bool:
    settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=deadline)
    before, worst, reached = _megabytes(), (0.0, ""), 0
    with _servers(len(BEHAVIOURS)) as urls:
        for name, url in zip(BEHAVIOURS, urls, strict=True):
            for place in PLACES:
                begin = time.perf_counter()
                try:
                    fetch(url + place, settings=settings)
                    reached += 1
                except FetchError:
                    worst = max(worst, (time.perf_counter() - begin, f"{name}, {place}"))
    grown = _megabytes() - before
    print(
        f"{len(BEHAVIOURS)} behaviours, {len(PLACES)} positions: {reached} taken for a feed; the longest "
        f"{worst[0]:.2f} s with a deadline of {deadline:g} s ({worst[1]}); memory {grown:.0f} MB above the start",
        flush=True,
    )
    return not reached and worst[0] <= deadline + GRACE and grown < MEMORY


def _forbidden() -> bool:
    with Server({}, host=OUTER) as outer, observed() as calls:
        told = [visit(spelling, position, outer) for position in POSITIONS for spelling in SPELLINGS]
    reached = sum(reason.startswith("reached") for reason in told)
    print(f"{len(SPELLINGS)} spellings, {len(POSITIONS)} positions: {len(calls)} calls, {reached} reached", flush=True)
    return not calls and not reached


def _run(feeds: int, deadline: float) -> bool:
    """As many hostile as good feeds, each a host of its own; all of them could be hung up on only at their deadline."""
    allowed = feeds / PARALLEL * (deadline + GRACE)
    settings = SETTINGS + f"timeout = {deadline}\nparallel = {PARALLEL}\n"
    bodies = [blog(number, ENTRIES) for number in range(feeds)]
    with tempfile.TemporaryDirectory(prefix="gitplanet-") as name, Farm(bodies) as farm, _servers(feeds) as servers:
        alone = update(planet(Path(name) / "alone", farm.urls, settings=settings).path, START)
        bad = [url + place for url, place in zip(servers, cycle(PLACES), strict=False)]
        mixed = [url for pair in zip(bad, farm.urls, strict=True) for url in pair]
        taken = update(planet(Path(name) / "mixed", mixed, settings=settings).path, START)
    posts, late = taken.report["posts"]["new"], taken.wall - alone.wall
    print(
        f"{feeds} hostile and {feeds} good feeds: {taken.feeds}; {posts} of {feeds * ENTRIES} posts; {taken.wall:.1f} s"
        f", {late:.1f} s more than the good ones alone (at most {allowed:.1f} s); memory {taken.megabytes:.0f} MB,"
        f" {taken.megabytes - alone.megabytes:.0f} MB more"
    )
    whole = taken.report["feeds"] == {"ok": feeds, "unchanged": 0, "failed": feeds, "skipped": 0}
    return whole and posts == feeds * ENTRIES and late <= allowed and taken.megabytes - alone.megabytes < MEMORY


@contextmanager
def _servers(count: int) -> Iterator[list[str]]:
    """The addresses of that many hostile hosts, in a process of their own; all behaviours occur, one each."""
    context = get_context("spawn")
    line, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(count, theirs), daemon=True)
    process.start()
    try:
        yield line.recv()
    finally:
        process.kill()
        process.join()


def _serve(count: int, line: Connection) -> None:
    urls = []
    for number, behaviour in enumerate(islice(cycle(BEHAVIOURS.values()), count)):
        server = Server(positions(behaviour), host=host(60_000 + number))
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 3600}, daemon=True).start()
        urls.append(server.at(""))
    line.send(urls)
    threading.Event().wait()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
