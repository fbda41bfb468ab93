"""A folder of real feeds → what a planet of them all takes for its first run, and for a second one without news.

Run: `python -m tests.bench.corpus FOLDER [--rounds N]`, where FOLDER holds any number of feeds, one a file. Status 1
where the best round is over 60 s for the first run or 4 s for the second: limits for some 300 feeds.
"""

import argparse
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from tests.bench.feed_farm import START, Farm, planet
from tests.bench.measure import Limit, Taken, update, verdict


def main() -> int:
    """Prints the table; 1 where it took too long."""
    asked = _arguments()
    bodies = sorted(path for path in asked.folder.iterdir() if path.is_file())
    found = [_round(bodies) for _ in range(asked.rounds)]
    first, again = zip(*found, strict=True)
    posts = first[0].report["posts"]["new"]
    for failure in first[0].report["failures"]:
        print(f"not read: {failure['reason']}")
    return verdict(
        [
            (f"{len(bodies)} feeds, {posts} posts, first", first, Limit(wall=60)),
            ("nothing changed", again, Limit(wall=4)),
        ]
    )


def _round(bodies: list[Path]) -> tuple[Taken, Taken]:
    with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder, Farm(bodies) as farm:
        root = planet(Path(folder) / "planet", farm.urls).path
        return update(root, START), update(root, START + timedelta(days=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="files of feeds, and nothing else")
    parser.add_argument("--rounds", type=int, default=2, metavar="N", help="(default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
