"""`gitplanet status`: how each feed is: read, held or failing."""

import argparse
from dataclasses import replace

from generator import __version__, config
from generator.archive import tree
from generator.check import format_fetches, format_status
from generator.cli import DONE
from generator.cli.output import print_line
from generator.errors import PlanetError
from generator.feeds import fetch_log, state


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("nick", metavar="NICK", nargs="?", default="", help="what this author's servers said lately")


def run(args: argparse.Namespace) -> int:
    """Tell how each feed is, and how it went lately with those of one author."""
    root = args.root.resolve()
    planet = config.load_tolerantly(root, version=__version__)
    authors = tuple(author for author in planet.authors if args.nick in ("", author.nick))
    if not authors:
        raise PlanetError(f"there is no author {args.nick!r}; look into authors/")
    for line in format_status(replace(planet, authors=authors), tree.read(root).posts, state.load(root).feeds):
        print_line(line)
    if args.nick:
        for line in format_fetches(authors[0], fetch_log.load_records(root)):
            print_line(line)
    return DONE
