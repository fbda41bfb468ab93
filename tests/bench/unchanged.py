"""Two thousand feeds that know their ETags, each answered after 50 ms, none with news → what such a run takes.

Run: `python -m tests.bench.unchanged [--feeds N] [--latency MS] [--rounds N]`. Status 1 where the best round is
over 6 s of the wall or 5 s of the processors.
"""

import argparse
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from tests.bench.feed_farm import START, Farm, Manner, blog, planet
from tests.bench.measure import Limit, Taken, update, verdict


def main() -> int:
    """Prints the table; 1 where it took too long."""
    asked = _arguments()
    bodies = [blog(number, 1) for number in range(asked.feeds)]
    rounds: list[Taken] = []
    with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder, Farm(bodies) as farm:
        root = planet(Path(folder) / "planet", farm.urls).path
        first = update(root, START)
        farm.behave(Manner(latency=asked.latency / 1000))
        for number in range(asked.rounds):
            taken = update(root, START + timedelta(days=2 * number + 2))
            assert farm.answered.get(304) == asked.feeds, "not every feed was asked, or not with its ETag"
            rounds.append(taken)
    return verdict(
        [
            (f"{asked.feeds} feeds, first", [first], Limit()),
            (f"{asked.feeds} feeds, {asked.latency} ms, all 304", rounds, Limit(wall=6, processors=5)),
        ]
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=2000, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--latency", type=float, default=50, metavar="MS", help="(default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="(default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
