"""Other readers' test documents → how our parser bears them.

Run: `python -m tests.bench.suites FOLDER…`. Every file below the folders counts, whatever it is: feedparser's and
feedvalidator's suites hold feeds, pages and rubbish. Status 1 where one crashes the parser or takes more than five
seconds of the processor.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from generator.errors import FeedError
from generator.feeds.parse import parse

SLOW = 5.0


def main() -> int:
    """Prints a line a folder, and one for each crash; 1 where there are such."""
    asked = _arguments()
    failed = 0
    for folder in asked.folders:
        outcomes: Counter[str] = Counter()
        begin, wall, slowest = time.process_time(), time.perf_counter(), 0.0
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            outcome, seconds = _outcome(path)
            outcomes[outcome] += 1
            slowest = max(slowest, seconds)
        failed += outcomes["crash"] + outcomes["time-out"]
        counts = ", ".join(f"{outcomes[name]} {name}" for name in ("feed", "refused", "crash", "time-out"))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{folder.name}: {outcomes.total()} documents: {counts}; {time.perf_counter() - wall:.1f} s, "
            f"CPU {time.process_time() - begin:.1f} s, the slowest {slowest:.2f} s; memory at most {memory:.0f} MB"
        )
    return 1 if failed else 0


def _outcome(path: Path) -> tuple[str, float]:
    begin = time.process_time()
    try:
        parse(path.read_bytes(), url="https://larry.example/feed")
        outcome = "feed"
    except FeedError:
        outcome = "refused"
    except Exception as error:
        print(f"{path}: {error!r}")
        outcome = "crash"
    seconds = time.process_time() - begin
    return (outcome if seconds <= SLOW else "time-out"), seconds


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="one suite each")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
