"""`gitplanet import`: other planets' lists to author files."""

import argparse

from generator.cli import DONE
from generator.cli.output import print_line
from generator.setup import importers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "lists", metavar="[EDITION=]FILE", nargs="+", help="a list or a folder of lists, and the edition it is for"
    )
    parser.add_argument("--disabled", action="store_true", help="take what is commented out too, as paused authors")
    parser.add_argument("--dry-run", action="store_true", help="say what would become of all, and write nothing")


def run(args: argparse.Namespace) -> int:
    """Take over other planets' lists, and tell what could not be taken."""
    sources = [importers.source(text) for text in args.lists]
    root = args.root.resolve()
    for line in importers.bring(root, sources, disabled=args.disabled, dry_run=args.dry_run):
        print_line(line)
    return DONE
