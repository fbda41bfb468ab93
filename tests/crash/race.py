"""Several planets that push to one remote at once → what is lost, doubled or different in the end: nothing.

Run: `python -m tests.crash.race [--races N] [--workers N] [--seed N]`.

In each race every worker has a clone of its own and begins at a random moment; the blogs have news. All must end well,
and then each, after one more run, has the tree that one worker alone makes of the same news.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from generator import config
from generator.errors import PlanetError
from generator.update import UpdateOptions, update
from tests.crash.stories import Blogs, web
from tests.support.planets import NOW, Root, Told


def main() -> int:
    """Tells each fault, then the figures; 1 where there was one."""
    arguments = _arguments()
    begin, faults, lost = time.perf_counter(), list[str](), 0
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="gitplanet-race-") as folder:
        place = Path(folder)
        (place / "web").mkdir()
        with web(place / "web") as url, ProcessPoolExecutor(arguments.workers, get_context("spawn")) as crew:
            for number in range(arguments.races):
                delays = [chance.random() * 0.6 for _ in range(arguments.workers)]
                found, again = _race(place / f"{number}", Blogs(place / "web" / f"{number}", url), delays, crew)
                faults += [f"race {number}: {fault}" for fault in found]
                lost += again
                print(*faults[-len(found) :] if found else [], sep="\n", end="\n" if found else "", flush=True)
    seconds = time.perf_counter() - begin
    print(
        f"{arguments.races} races of {arguments.workers} in {seconds:.0f} s: {lost} pushes lost; {len(faults)} faults"
    )
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--races", type=int, default=50, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--workers", type=int, default=4, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the moments (default: %(default)s)")
    return parser.parse_args()


def _race(place: Path, blogs: Blogs, delays: list[float], crew: ProcessPoolExecutor) -> tuple[list[str], int]:
    """What went wrong in one race, and how many pushes came second."""
    blogs.post(1, 2)
    seed = Root(place / "seed", blogs.authors())
    _run(seed.path)
    remote = place / "remote"
    seed.git("clone", "-q", "--bare", str(seed.path), str(remote))
    clones = [place / f"clone{number}" for number in range(len(delays))]
    for clone in (*clones, place / "alone"):
        seed.git("clone", "-q", str(remote), str(clone))
    for clone in clones:  # committers of different names: else all make the same commits, and nobody loses
        settings = clone / "pyproject.toml"
        settings.write_text(settings.read_text().replace("Planet Larry", clone.name))
    blogs.post(2, 3, 4, edited=2)
    told = list(crew.map(_late, clones, delays))
    faults = [words for words in told if words]
    first = _git(remote, "rev-parse", "main")
    for clone in clones:
        faults += filter(None, [_late(clone, 0)])
    if _git(remote, "rev-parse", "main") != first:
        faults.append("a run after the race had news")
    faults += _differences(remote, clones, place / "alone")
    came = [_git(clone, "reflog", "show", "--format=%H", "main").split() for clone in clones]
    kept = set(_git(remote, "rev-list", "main").split())
    return faults, sum(any(commit not in kept for commit in commits) for commits in came)


def _differences(remote: Path, clones: list[Path], alone: Path) -> list[str]:
    _git(alone, "remote", "remove", "origin")
    _run(alone)
    tree = _git(alone, "rev-parse", "main^{tree}")
    faults = [f"{place.name} has another tree" for place in clones if _git(place, "rev-parse", "main^{tree}") != tree]
    added = _git(remote, "log", "--diff-filter=A", "--name-only", "--format=", "main", "--", "posts").split()
    faults += ["a post was added twice"] if len(added) != len(set(added)) else []
    faults += ["a post has two files"] if len(set(added)) != 1 + 3 * 4 else []
    for place in (remote, *clones):
        _git(place, "fsck", "--strict", "--no-dangling")
        if place in clones and _git(place, "status", "--porcelain", "posts"):
            faults.append(f"{place.name} is dirty")
    return faults


def _late(clone: Path, delay: float) -> str:
    """One worker's run, begun late: what went wrong."""
    time.sleep(delay)
    try:
        _run(clone, push=True)
    except PlanetError as error:
        return f"{clone.name}: {error}"
    return ""


def _run(root: Path, *, push: bool = False) -> None:
    update(root, config.load(root), UpdateOptions(push=push), now=NOW + timedelta(days=2), watch=Told())


def _git(place: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(place), *words], check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
