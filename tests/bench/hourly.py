"""A planet that has read its feeds → what its hourly run takes, update and build together: without news, and with some.

Run: `python -m tests.bench.hourly [--feeds N] [--entries N] [--new N] [--rounds N] [--markdown FILE]`. As in
`planet.yml`, the two are processes of their own; nothing is pushed, and the site is built even without news, which that
workflow leaves out. The first import is not measured. Status 1 where the best round is over 3 s without news, or over
5 s with new posts.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench import results
from tests.bench.feed_farm import START, Farm, blog, planet
from tests.bench.measure import Taken, gitplanet, update

LIMITS = (3.0, 5.0)
"""Seconds of the wall, without and with new posts."""


@dataclass(frozen=True, kw_only=True)
class Hour:
    """What one run took."""

    update: Taken
    build: Taken

    @property
    def wall(self) -> float:
        """Seconds, both together."""
        return self.update.wall + self.build.wall


def main() -> int:
    """Prints the table; 1 where it took too long."""
    asked = _arguments()
    machine = results.machine()
    bodies = [blog(number, asked.entries) for number in range(asked.feeds)]
    rounds = [_round(asked, bodies) for _ in range(asked.rounds)]
    quiet, busy = (min(hours, key=lambda hour: hour.wall) for hours in zip(*rounds, strict=True))
    rows = [*_rows("nothing new", quiet, LIMITS[0]), *_rows(f"{asked.new} new posts", busy, LIMITS[1])]
    text = (
        f"`{results.command('hourly')}`\n\n{asked.feeds} feeds, {asked.feeds * asked.entries:,} posts; "
        f"the best of {asked.rounds}.\n\n- {machine}\n\n"
        f"{results.table(('update and build together', 'wall', 'at most', 'CPU', 'memory'), rows)}"
    )
    results.tell("Hourly run", text, asked.markdown)
    return 1 if quiet.wall > LIMITS[0] or busy.wall > LIMITS[1] else 0


def _round(asked: argparse.Namespace, bodies: Sequence[bytes]) -> tuple[Hour, Hour]:
    with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder, Farm(bodies) as farm:
        root = planet(Path(folder) / "planet", farm.urls).path
        first = _hour(root, 0)
        assert first.update.report["posts"]["new"] == asked.feeds * asked.entries, first.update.report
        quiet = _hour(root, 2)
        assert quiet.update.report["feeds"]["unchanged"] == asked.feeds, quiet.update.report
        news = START + timedelta(days=3)
        farm.tell({number: blog(number, asked.entries, news=news) for number in range(asked.new)})
        busy = _hour(root, 4)
        assert busy.update.report["posts"]["new"] == asked.new, busy.update.report
    return quiet, busy


def _hour(root: Path, day: int) -> Hour:
    taken = update(root, START + timedelta(days=day))
    return Hour(update=taken, build=gitplanet("build", "--root", str(root)))


def _rows(name: str, hour: Hour, most: float) -> list[list[str]]:
    """The run, and the two parts of it."""
    parts = {"update": hour.update, "build": hour.build}
    processors = sum(taken.processors for taken in parts.values())
    megabytes = max(taken.megabytes for taken in parts.values())
    return [
        [f"**{name}**", f"**{hour.wall:.2f} s**", f"{most:.0f} s", f"{processors:.2f} s", f"{megabytes:.0f} MB"],
        *[
            [part, f"{taken.wall:.2f} s", "", f"{taken.processors:.2f} s", f"{taken.megabytes:.0f} MB"]
            for part, taken in parts.items()
        ],
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--entries", type=int, default=50, metavar="N", help="of each feed (default: %(default)s)")
    parser.add_argument(
        "--new", type=int, default=20, metavar="N", help="feeds with one new entry (default: %(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=2, metavar="N", help="(default: %(default)s)")
    results.add_markdown(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
