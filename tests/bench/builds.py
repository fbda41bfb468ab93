"""Invented posts → what building them takes: us, Hugo, Pelican and Eleventy, in turn and in the same run.

Run: `python -m tests.bench.builds [--posts N] [--new N] [--rounds N] [--with hugo,pelican,eleventy] [--markdown FILE]`.
Each builds from nothing, then again with nothing changed, then with new posts; a figure is that of the round with the
least wall time. Status 1 where ours took more of what Hugo took than `LIMITS` allows. What cannot be installed is left
out, and named. See `others/README.md` for how equal the sites are.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import posts, results
from tests.bench.generators import DIFFERENCES, OTHERS, OURS, Generator, NotHereError, measure_site
from tests.bench.measure import Taken, run

COLD, AGAIN, NEW = "cold", "unchanged", "new posts"
LIMITS = {COLD: (1.5, 0.5), AGAIN: (0.1, 0.0), NEW: (0.3, 0.0)}
"""By run: how much of Hugo's wall time and memory ours may take; 0: as much as it likes."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """One build, and the site after it."""

    taken: Taken
    files: int
    pages: int
    bytes: int


Found = Mapping[tuple[str, str], Built]
"""By name of the run and of the generator: the best of all rounds."""


def main() -> int:
    """Prints the tables; 1 where ours took too much."""
    asked = _arguments()
    machine = results.machine()
    versions, left_out = _install(asked.others)
    with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder:
        posts.found(Path(folder) / "base", asked.posts)
        rounds = [_round(asked, list(versions), Path(folder), number) for number in range(asked.rounds)]
    best = {key: min((each[key] for each in rounds), key=lambda built: built.taken.wall) for key in rounds[0]}
    ours, missed = _verdict(best)
    text = [
        f"`{results.command('builds')}`\n\n{asked.posts:,} posts, {asked.new} new ones; the best of {asked.rounds}.\n",
        f"- {machine}\n- {', '.join(versions.values())}",
        *[f"- left out: {reason}" for reason in left_out],
        "",
        *[_table(run, asked.new, versions, best) for run in LIMITS],
        *ours,
        DIFFERENCES.read_text("utf-8"),
    ]
    results.tell("Builds", "\n".join(text), asked.markdown)
    return 1 if missed else 0


def _install(wanted: Sequence[Generator]) -> tuple[dict[Generator, str], list[str]]:
    """Each generator that is there with its version, and why others are not."""
    versions: dict[Generator, str] = {}
    left_out = []
    for each in [OURS, *wanted]:
        try:
            versions[each] = each.install()
        except NotHereError as error:
            left_out.append(f"{each.name} ({error})")
    return versions, left_out


def _round(asked: argparse.Namespace, who: Sequence[Generator], folder: Path, number: int) -> Found:
    """Cold, unchanged and with new posts, and in each of these one generator after the other."""
    found = {}
    with tempfile.TemporaryDirectory(dir=folder) as here:
        root = Path(here) / "root"
        OURS.lay(folder / "base", root)
        for name in LIMITS:
            if name == NEW:
                posts.grow(root, asked.posts, asked.new)
            for each in who:
                place = Path(here) / each.name
                each.lay(root, place)
                found[name, each.name] = _build(each, place)
                print(f"round {number + 1}, {name}, {each.name}: {found[name, each.name].taken.wall:.2f} s", flush=True)
    return found


def _build(each: Generator, place: Path) -> Built:
    taken = run(each.command(place), folder=place)
    files, pages, size = measure_site(each.site(place))
    return Built(taken=taken, files=files, pages=pages, bytes=size)


def _table(run: str, new: int, versions: Mapping[Generator, str], best: Found) -> str:
    name = f"{new} new posts" if run == NEW else run
    head = (name, "wall", "× Hugo", "CPU", "memory", "× Hugo", "files", "pages", "site")
    return results.table(head, [_row(run, each, best) for each in versions])


def _row(run: str, each: Generator, best: Found) -> list[str]:
    built, hugo = best[run, each.name], best.get((run, "hugo"))
    taken = built.taken
    return [
        each.name,
        f"{taken.wall:.2f} s",
        results.times(taken.wall, hugo.taken.wall) if hugo else "",
        f"{taken.processors:.2f} s",
        f"{taken.megabytes:.0f} MB",
        results.times(taken.megabytes, hugo.taken.megabytes) if hugo else "",
        f"{built.files:,}",
        f"{built.pages:,}",
        f"{built.bytes / 1e6:.1f} MB",
    ]


def _verdict(best: Found) -> tuple[list[str], int]:
    """What ours may take of Hugo's and what it took, and how often that was too much."""
    told = [line for run, limits in LIMITS.items() if (run, "hugo") in best for line in _judged(run, limits, best)]
    rows = [[f"gitplanet to Hugo: {name}", f"{most} ×", f"{took:.2f} ×"] for name, most, took in told]
    missed = sum(took > most for _, most, took in told)
    return ([results.table(("", "at most", "took"), rows)] if rows else []), missed


def _judged(run: str, limits: tuple[float, float], best: Found) -> Iterator[tuple[str, float, float]]:
    ours, hugo = best[run, OURS.name].taken, best[run, "hugo"].taken
    yield f"{run}, wall", limits[0], ours.wall / hugo.wall
    if limits[1]:
        yield f"{run}, memory", limits[1], ours.megabytes / hugo.megabytes


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=10_000, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--new", type=int, default=20, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=2, metavar="N", help="(default: %(default)s)")
    names = ",".join(each.name for each in OTHERS)
    parser.add_argument("--with", dest="others", type=_others, default=names, metavar="NAMES", help=f"some of {names}")
    results.add_markdown(parser)
    return parser.parse_args()


def _others(names: str) -> list[Generator]:
    known: dict[str, Generator] = {each.name: each for each in OTHERS}
    unknown = set(filter(None, names.split(","))) - set(known)
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}; write some of {','.join(known)}")
    return [known[name] for name in filter(None, names.split(","))]


if __name__ == "__main__":
    sys.exit(main())
