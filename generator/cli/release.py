"""`gitplanet release`: take what was held of an author's feeds."""

import argparse

from generator import __version__, config
from generator.cli import DONE
from generator.cli.output import ProgressBar, print_line
from generator.update import UpdateOptions, update


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("nick", metavar="NICK", help="whose feeds you have looked at")
    parser.add_argument("--push", action="store_true", help="push the branch when done")


def run(args: argparse.Namespace) -> int:
    """Take what was held of an author's feeds."""
    root = args.root.resolve()
    options = UpdateOptions(only=args.nick, release=True, push=args.push)
    with ProgressBar() as watch:
        report = update(root, config.load_tolerantly(root, version=__version__), options, now=args.clock, watch=watch)
    print_line(report.summary())
    return DONE
