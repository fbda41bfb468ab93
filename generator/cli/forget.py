"""`gitplanet forget`: withdraw posts: tombstones stay, and nothing comes back."""

import argparse

from generator import __version__, config
from generator.cli import DONE
from generator.cli.output import print_line
from generator.update import forget


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("target", metavar="NICK|POST", help="all posts of an author, or one: path, address or GUID")
    parser.add_argument("--why", required=True, help="the reason, which is published")


def run(args: argparse.Namespace) -> int:
    """Withdraws posts, and says what is left to do."""
    root = args.root.resolve()
    changes = forget(root, config.load_tolerantly(root, version=__version__), args.target, args.why, now=args.clock)
    for change in changes:
        print_line(f"withdrawn: {change.post.path}")
    file = root / "authors" / f"{args.target}.yaml"
    if file.exists():
        print_line(f"authors/{file.name} is still there: new posts will be taken; remove it to end that")
    return DONE
