"""Ten thousand invented posts, one commit each → the time to record them, and that of `git fast-import` alone.

Run: `python -m tests.bench.commits [--posts N] [--rounds N]`. Both are measured in turn, on the same posts; exit status
1 where recording takes more than 12 seconds, or more than twice as long as fast-import by itself. These are seconds of
the wall; those of the processors, all processes together, say more where others are at work on the machine.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from generator.archive.paths import new_path
from generator.git import Repository
from generator.git.fast_import import new_commits, transaction
from generator.models import Change, Kind, Planet, Post
from generator.update.commits import commit_of, planet_identity
from tests.support.planets import NOW, Root

MOST_SECONDS, MOST_TIMES = 12.0, 2.0


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Seconds."""

    wall: float
    processors: float

    def since(self, begin: "Spent") -> "Spent":
        """What was spent after `begin`."""
        return Spent(wall=self.wall - begin.wall, processors=self.processors - begin.processors)

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.processors:.2f} s of processors)"


def main() -> int:
    """Prints a line for each round, and the best of all; 1 where that is too slow."""
    arguments = _arguments()
    changes = _changes(arguments.posts)
    found = []
    for number in range(arguments.rounds):
        with tempfile.TemporaryDirectory(prefix="gitplanet-bench-") as folder:
            alone = _alone(Path(folder) / "alone", changes)
            ours = _ours(Path(folder) / "ours", changes)
        found.append((ours.wall, ours.wall / alone.wall))
        print(f"round {number + 1}: {ours}; fast-import alone: {alone}; ratio {found[-1][1]:.2f}", flush=True)
    seconds, times = min(seconds for seconds, _ in found), min(times for _, times in found)
    print(f"{arguments.posts} posts: {seconds:.2f} s at best, ratio {times:.2f} at best")
    return 1 if seconds > MOST_SECONDS or times > MOST_TIMES else 0


def _now() -> Spent:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Spent(wall=time.perf_counter(), processors=sum(each.ru_utime + each.ru_stime for each in used))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=10_000, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="(default: %(default)s)")
    return parser.parse_args()


PLANET = Planet(title="Planet", url="https://planet.example.org/", timezone="UTC", editions=(), authors=())


def _changes(posts: int) -> list[Change]:
    """Of 100 authors, over 16 years, 600 words each: the sizes of a real planet's posts."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 10))) for _ in range(20_000)]
    changes = []
    for number in range(posts):
        nick, when = f"cow{number % 100}", datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=14 * number)
        title, guid = " ".join(chance.choices(words, k=5)), f"https://{nick}.example/?p={number}"
        post = Post(
            path=new_path(nick, when, title, guid), nick=nick, author=nick.title(), title=title, date=when, guid=guid,
            canonical_url=guid, first_seen=NOW, digest=f"{number:032x}", body=" ".join(chance.choices(words, k=600)),
        )  # fmt: skip
        changes.append(Change(kind=Kind.ADD, post=post))
    return changes


def _alone(place: Path, changes: list[Change]) -> Spent:
    """The same stream, from a file, into git as it is installed: no guard, no branch, no work tree."""
    root = Root(place, {})
    tip = root.git("rev-parse", "HEAD").strip()
    commits = new_commits((commit_of(change, PLANET, NOW) for change in changes), planet_identity(PLANET), NOW)
    stream = place.parent / "stream"
    stream.write_bytes(b"".join(transaction(commits, old=tip, onto=tip)))
    with stream.open("rb") as file:
        begin = _now()
        subprocess.run(["git", "-C", str(place), "fast-import", "--quiet", "--force"], stdin=file, check=True)
        return _now().since(begin)


def _ours(place: Path, changes: list[Change]) -> Spent:
    """All that a run does between its plan and its push."""
    root = Root(place, {})
    with Repository(root.path) as repository:
        repository.prepare("posts")
        begin = _now()
        commits = (commit_of(change, PLANET, NOW) for change in changes)
        repository.record(commits, committer=planet_identity(PLANET), now=NOW, folder="posts")
        spent = _now().since(begin)
    assert root.git("status", "--porcelain") == ""
    return spent


if __name__ == "__main__":
    sys.exit(main())
