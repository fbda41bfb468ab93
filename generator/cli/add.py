"""`gitplanet add`: find the feed of a site and write its author file."""

import argparse

from generator import __version__, check, config
from generator.cli import DONE
from generator.cli.output import print_line
from generator.config import hint, nicks
from generator.errors import PlanetError
from generator.feeds import discover
from generator.setup import subscribe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("url", metavar="URL", help="address of the site or of its feed")
    parser.add_argument("--nick", default="", help="name of the file (default: from the address)")
    parser.add_argument("--name", default="", help="the author's name (default: from the feed)")


def run(args: argparse.Namespace) -> int:
    """Find the feed of a site and write its author file."""
    root = args.root.resolve()
    planet = config.load(root, version=__version__)
    best, *others = discover.find(args.url, planet.fetch)
    path = root / "authors" / f"{args.nick or nicks.nick_for(args.url)}.yaml"
    if path.exists():
        raise PlanetError(f"authors/{path.name} is there already; edit it, or choose another name with --nick")
    path.write_text(hint(root) + subscribe.author_file(best, name=args.name), "utf-8")
    try:
        config.load(root, version=__version__)
    except PlanetError:
        path.unlink()
        raise
    print_line(f"authors/{path.name} subscribes to {best.url}: {best.feed.title}, {len(best.feed.entries)} entries")
    for remark in check.returning(root, [path.stem]):
        print_line(f"warning: {remark}")
    for other in others:
        print_line(f"not taken: {other.url} ({other.label or other.feed.title})")
    return DONE
