"""Two hundred new feeds of fifty entries each → what it takes to commit 10,000 posts, and then to find no more.

Run: `python -m tests.bench.first_run [--feeds N] [--entries N] [--rounds N]`. Status 1 where the best round is over
40 s
for the first run, over 3 s for one without news, or where a run without news parses a feed. "No validators" is the same
where the servers send everything whole each time: the bodies are the same, so none is parsed.
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
    bodies = [blog(number, asked.entries) for number in range(asked.feeds)]
    found = [_round(asked, bodies) for _ in range(asked.rounds)]
    first, again, whole = zip(*found, strict=True)
    return verdict(
        [
            (f"{asked.feeds * asked.entries} posts, first import", first, Limit(wall=40)),
            ("nothing changed", again, Limit(wall=3)),
            ("nothing changed, no validators", whole, Limit()),
        ]
    )


def _round(asked: argparse.Namespace, bodies: list[bytes]) -> tuple[Taken, Taken, Taken]:
    with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder, Farm(bodies) as farm:
        root = planet(Path(folder) / "planet", farm.urls).path
        first = update(root, START)
        assert first.report["posts"]["new"] == asked.feeds * asked.entries, first.report["posts"]
        again = update(root, START + timedelta(days=2))
        farm.behave(Manner(validators=False))
        whole = update(root, START + timedelta(days=4))
    for taken in (again, whole):
        assert taken.report["feeds"] == {"ok": 0, "unchanged": asked.feeds, "failed": 0, "skipped": 0}, "one was parsed"
    return first, again, whole


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--entries", type=int, default=50, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=2, metavar="N", help="(default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
