"""Planets of growing sizes → what our build takes of each, cold and unchanged, for one post and in all.

Run: `python -m tests.bench.growth [--posts N,N,…] [--rounds N] [--markdown FILE]`. Status 1 where a post of a larger
planet takes over 20 % more or less time than one of the smallest, or where the largest takes more than 1 GB of memory,
or more than 2 s to find that nothing has changed.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import posts, results
from tests.bench.generators import OURS, measure_site
from tests.bench.measure import Taken, run

SPREAD, MEMORY, UNCHANGED = 0.2, 1000.0, 2.0
"""The share by which the time of a post may differ; megabytes; seconds."""
SITE = 1e9
"""Bytes of a site that GitHub Pages takes: https://docs.github.com/en/pages/getting-started-with-github-pages"""


@dataclass(frozen=True, kw_only=True)
class Size:
    """A planet of so many posts."""

    posts: int
    cold: Taken
    again: Taken
    files: int
    bytes: int

    @property
    def each(self) -> float:
        """Milliseconds of the wall for one post, from nothing."""
        return self.cold.wall / self.posts * 1000


def main() -> int:
    """Prints the table; 1 where it took too much."""
    asked = _arguments()
    machine = results.machine()
    sizes = [_size(many, asked.rounds) for many in asked.posts]
    head = ("posts", "cold", "a post", "CPU", "memory", "unchanged", "CPU", "memory", "files", "site")
    fits = int(SITE / (sizes[-1].bytes / sizes[-1].posts))
    text = (
        f"`{results.command('growth')}`\n\nOur build alone; the best of {asked.rounds}.\n\n- {machine}\n\n"
        f"{results.table(head, map(_row, sizes))}\nAt the size of the last, 1 GB of site holds {fits:,} posts.\n"
    )
    missed = _missed(sizes)
    results.tell("Growth", text + "".join(f"\n- missed: {line}" for line in missed), asked.markdown)
    return 1 if missed else 0


def _size(many: int, rounds: int) -> Size:
    with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder:
        root = Path(folder) / "root"
        posts.found(root, many)
        found = []
        for number in range(rounds):
            place = Path(folder) / str(number)
            OURS.lay(root, place)
            found.append((run(OURS.command(place)), run(OURS.command(place))))
        files, _, size = measure_site(OURS.site(place))
    cold, again = (min(taken, key=lambda one: one.wall) for taken in zip(*found, strict=True))
    print(f"{many} posts: {cold.wall:.2f} s, unchanged {again.wall:.2f} s", flush=True)
    return Size(posts=many, cold=cold, again=again, files=files, bytes=size)


def _row(size: Size) -> list[str]:
    return [
        f"{size.posts:,}",
        f"{size.cold.wall:.2f} s",
        f"{size.each:.2f} ms",
        f"{size.cold.processors:.2f} s",
        f"{size.cold.megabytes:.0f} MB",
        f"{size.again.wall:.2f} s",
        f"{size.again.processors:.2f} s",
        f"{size.again.megabytes:.0f} MB",
        f"{size.files:,}",
        f"{size.bytes / 1e6:.1f} MB",
    ]


def _missed(sizes: Sequence[Size]) -> list[str]:
    first, last = sizes[0], sizes[-1]
    found = [
        f"a post of {size.posts:,} takes {size.each:.2f} ms, one of {first.posts:,} {first.each:.2f} ms"
        for size in sizes
        if abs(size.each / first.each - 1) > SPREAD
    ]
    most = max(last.cold.megabytes, last.again.megabytes)
    found += [f"{most:.0f} MB of memory, over {MEMORY:.0f} MB"] if most > MEMORY else []
    return found + (
        [f"{last.again.wall:.2f} s unchanged, over {UNCHANGED:.0f} s"] if last.again.wall > UNCHANGED else []
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--posts", type=_numbers, default="1000,10000,100000", metavar="N,N,…", help="(default: %(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="(default: %(default)s)")
    results.add_markdown(parser)
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


if __name__ == "__main__":
    sys.exit(main())
