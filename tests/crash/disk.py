"""Whole runs on disks that are full → what is lost or broken once there is room again: nothing.

Run: `python -m tests.crash.disk [--points N] [--sizes N] [--story NAME …]`. It needs a C compiler, and root for the
small disks.

First the disk is full from some change of the run on, whichever process makes it, a half-done write included. Then the
planet lies on real small disks (tmpfs), from no room at all to enough. The next run comes when there is room again.
"""

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.crash import faults
from tests.crash.faults import CRASHED, DONE, FULL, Outcome
from tests.crash.kill import ENDS, learn, spread
from tests.crash.stories import STORIES, Story, told

ENOUGH = 600 * 1024
"""Bytes that a run of a story needs at most."""


def main() -> int:
    """Tells each fault, then the figures; 1 where there was one."""
    arguments = _arguments()
    faults.load("tests.crash.disk")
    begin, seen = time.perf_counter(), Counter[str]()
    with told(arguments.story) as stories:
        for story in stories:
            learn(story)
            for at in spread(story.changes, arguments.points // len(stories)):
                story.rewind()
                _judge(story, faults.strike(story.run, kind=FULL, at=at), f"full from change {at}", seen)
            for number in range(arguments.sizes):
                story.rewind()
                room = number * ENOUGH // arguments.sizes
                with _small_disk(story, room):
                    first = faults.strike(story.run)
                    _mount("-o", "remount,size=64m", "none", str(story.planet))
                    _judge(story, first, f"a disk with {room} bytes left", seen)
    wrong = [fault for story in stories for fault in story.faults]
    print(f"{dict(seen)} in {time.perf_counter() - begin:.0f} s; {len(wrong)} faults")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=120, metavar="N", help="in all (default: %(default)s)")
    parser.add_argument("--sizes", type=int, default=30, metavar="N", help="for each story (default: %(default)s)")
    parser.add_argument("--story", nargs="+", choices=STORIES, default=["first", "news"], help="(default: first news)")
    return parser.parse_args()


def _judge(story: Story, first: Outcome, what: str, seen: Counter[str]) -> None:
    """There is room again: the next run must mend everything."""
    wrong = [*story.fsck(), *([first.told] if first.status == CRASHED else [])]
    wrong += ["more than a line"] if "\n" in first.told.strip() and first.status != CRASHED else []
    second = faults.strike(story.run_again)
    wrong += [second.told] if second.status != DONE else story.wrong()
    seen["runs"] += 1
    seen[ENDS.get(first.status, "killed")] += 1
    for fault in wrong:
        story.faults.append(fault)
        print(f"  {story.name}, {what} ({first.status} {first.told.strip()[-200:]!r}): {fault}", flush=True)


@contextmanager
def _small_disk(story: Story, room: int) -> Iterator[None]:
    """The planet's folder is a disk of its own, with that much room left."""
    planet, copy = story.planet, story.folder / "copy"
    planet.rename(copy)
    planet.mkdir()
    used = sum(-(-path.lstat().st_size // 4096) * 4096 for path in copy.rglob("*") if path.is_file())
    _mount("-t", "tmpfs", "-o", f"size={used + room + 4096}", "none", str(planet))
    try:
        subprocess.run(["cp", "-a", f"{copy}/.", str(planet)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(planet)], check=True)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


if __name__ == "__main__":
    sys.exit(main())
