"""The random tests of the suite, with other examples each time: `make search` or `python -m tests.property.search
[--minutes N] [TESTS…]`.

`make test` tries the same examples each time (profile `patient` of `tests/conftest.py`). Here each round has a random
seed; the first that fails ends the search with its falsifying example. That comes into its test as an `@example`, is
seen to fail there, and then what it found is mended.
"""

import argparse
import random
import subprocess
import sys
import time

SEEDS = 2**32


def search(tests: list[str], seconds: float) -> int:
    """Run rounds of the tests for so long, one at least; returns pytest's exit status of the last."""
    end = time.monotonic() + seconds
    status = 0
    while status == 0:
        seed = random.SystemRandom().randrange(SEEDS)
        print(f"--hypothesis-seed={seed}", flush=True)
        status = run(tests, seed)
        if time.monotonic() >= end:
            break
    return status


def run(tests: list[str], seed: int) -> int:
    """One round, in processes of its own."""
    words = ["-q", "--no-header", "-m", "hypothesis", "--hypothesis-profile=search", f"--hypothesis-seed={seed}"]
    return subprocess.call([sys.executable, "-m", "pytest", *words, *tests])


def main(words: list[str]) -> int:
    """Search as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tests.property.search", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1, help="begin no round after so many (default: 1)")
    parser.add_argument("tests", metavar="TESTS", nargs="*", help="files or folders of tests (default: all)")
    arguments = parser.parse_args(words)
    return search(arguments.tests, arguments.minutes * 60)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
