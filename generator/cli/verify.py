"""`gitplanet verify`: does the archive agree with its own history?"""

import argparse

from generator.archive.history.verify import verify
from generator.cli import DONE, EXPLAINED
from generator.cli.output import count, print_line


def add_arguments(_: argparse.ArgumentParser) -> None:
    """It has none of its own."""


def run(args: argparse.Namespace) -> int:
    """Tell who changed posts by hand, and what is wrong."""
    verdict = verify(args.root.resolve())
    for line in (*verdict.people, *verdict.faults):
        print_line(line)
    outcome = count(verdict.faults, "fault") if verdict.faults else "all is as the log tells it"
    print_line(f"{verdict.posts} posts, {verdict.commits} commits: {outcome}")
    return EXPLAINED if verdict.faults else DONE
