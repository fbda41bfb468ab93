"""Whole runs, killed at any point → what is lost, doubled or broken after the next run: nothing.

Run: `python -m tests.crash.kill [--points N] [--story NAME …]`. It needs a C compiler.

A point is a call that changes a disk (open, write, rename, link, unlink, mkdir, fsync, exec …), in whatever process:
the run's own or any git's. At the point either the whole run is killed (`all`), a half-done write left behind, or only
the process that was there (`one`). Then the next run comes, and all must be as after an undisturbed one.
"""

import argparse
import sys
import time
from collections import Counter

from tests.crash import faults
from tests.crash.faults import COUNT, CRASHED, DONE, EXPLAINED, KINDS
from tests.crash.stories import STORIES, Story, told

ENDS = {DONE: "went on", EXPLAINED: "explained", CRASHED: "crashed"}


def main() -> int:
    """Tells each fault, then the figures; 1 where there was one."""
    arguments = _arguments()
    faults.load("tests.crash.kill")
    begin, seen = time.perf_counter(), Counter[str]()
    with told(arguments.story) as stories:
        for story in stories:
            learn(story)
            share = arguments.points / (len(stories) * len(arguments.kind))
            for kind in arguments.kind:
                points = spread(story.changes, round(share))
                print(f"{story.name}, {kind}: {len(points)} of {story.changes} points", flush=True)
                seen += _sweep(story, kind, points)
    wrong = [fault for story in stories for fault in story.faults]
    print(f"{dict(seen)} in {time.perf_counter() - begin:.0f} s; {len(wrong)} faults")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=600, metavar="N", help="in all (default: %(default)s)")
    parser.add_argument("--story", nargs="+", choices=STORIES, default=list(STORIES), help="(default: all)")
    parser.add_argument("--kind", nargs="+", choices=("all", "one"), default=["all", "one"], help="(default: both)")
    return parser.parse_args()


def learn(story: Story) -> None:
    """What an undisturbed run does."""
    story.rewind()
    done = faults.strike(story.run, kind=COUNT)
    assert done.status == DONE, done.told
    story.changes = done.changes
    assert not story.wrong(), story.wrong()
    story.tree = story.tip_tree()


def spread(changes: int, points: int) -> list[int]:
    """That many of the points, evenly over the run."""
    return sorted({1 + number * changes // points for number in range(points)} & set(range(1, changes + 1)))


def _sweep(story: Story, kind: str, points: list[int]) -> Counter[str]:
    seen = Counter[str]()
    for at in points:
        story.rewind()
        first = faults.strike(story.run, kind=KINDS[kind], at=at)
        wrong = [*story.fsck(), *([first.told] if first.status == CRASHED else [])]
        story.age()
        second = faults.strike(story.run_again)
        wrong += [second.told or str(second.status)] if second.status != DONE else story.wrong()
        seen["points"] += 1
        seen[ENDS.get(first.status, "killed")] += 1
        for fault in wrong:
            story.faults.append(fault)
            print(
                f"  {story.name}, {kind}, point {at} ({first.status} {first.told.strip()[-150:]!r}): {fault}",
                flush=True,
            )
    return seen


if __name__ == "__main__":
    sys.exit(main())
