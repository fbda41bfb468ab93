"""`gitplanet export`: hand the planet on to other tools."""

import argparse
from pathlib import Path

from generator import __version__, config
from generator.archive import export
from generator.archive import tree as archive_tree
from generator.cli import DONE
from generator.cli.output import print_line

TOOLS = ("hugo", "jekyll", "eleventy", "zola", "pelican")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("kind", metavar="opml|json|sqlite", nargs="?", choices=("opml", "json", "sqlite"), help="as what")
    what.add_argument("--for", dest="tool", choices=TOOLS, help="settings by which this tool reads posts/ as content")
    parser.add_argument(
        "--out", metavar="PATH", type=Path, help="where to (default: planet.opml and the like; ROOT/TOOL)"
    )


def run(args: argparse.Namespace) -> int:
    """Hands the planet on: as a list, as data, or with settings for another tool."""
    root = args.root.resolve()
    planet = config.load_tolerantly(root, version=__version__)
    if args.tool:
        for line in export.consumers.write(planet, root, args.tool, args.out or root / args.tool):
            print_line(line)
        return DONE
    out = args.out or Path(f"planet.{args.kind}")
    tree = archive_tree.read(root)
    for problem in tree.problems:
        print_line(f"left out: {problem}")
    if args.kind == "sqlite":
        export.database.write(planet, tree.posts, out)
    else:
        text = export.opml(planet) if args.kind == "opml" else export.as_json(planet, tree.posts)
        out.write_text(text, "utf-8")
    print_line(f"{out}: {len(planet.authors)} authors" + (f", {len(tree.posts)} posts" if args.kind != "opml" else ""))
    return DONE
