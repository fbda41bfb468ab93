"""`gitplanet rename`: move a member to another nick."""

import argparse

from generator import __version__, config
from generator.cli import DONE
from generator.cli.output import print_line
from generator.update import rename


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("old", metavar="OLD", help="the nick that the member has")
    parser.add_argument("new", metavar="NEW", help="the nick to have from now on, which nobody ever had")


def run(args: argparse.Namespace) -> int:
    """Move a member, and say what is where now."""
    root = args.root.resolve()
    planet = config.load_tolerantly(root, version=__version__)
    result = rename(root, planet, args.old, args.new, now=args.clock)
    for path in result.files:
        print_line(f"now at {path}")
    posts = f"{result.posts} post{'' if result.posts == 1 else 's'}"
    print_line(f"{args.old} is {args.new} now, with {posts}; the old pages lead to the new ones")
    return DONE
