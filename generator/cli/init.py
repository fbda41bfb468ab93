"""`gitplanet init`: make a planet that runs, or complete one."""

import argparse
from pathlib import Path

from generator.cli import DONE
from generator.cli.output import print_line
from generator.config import NewPlanet
from generator.setup import init

NOWHERE = "https://planet.example/"


FORGES = ("github", "gitlab", "forgejo")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="where; what is there is kept")
    parser.add_argument(
        "sites", metavar="SITE", nargs="*", help="address of a blog or its feed, which becomes an author"
    )
    parser.add_argument("--title", default="", help="the planet's name (default: from DIR)")
    parser.add_argument("--url", default="", help="where the site will live")
    parser.add_argument("--forge", choices=FORGES, default="github", help="whose workflows (default: %(default)s)")
    parser.add_argument("--gitplanet", metavar="ADDRESS@REV", default="", help="where workflows get gitplanet from")


def run(args: argparse.Namespace) -> int:
    """Make a planet that runs, or completes one."""
    folder = args.folder.resolve()
    title = args.title or f"Planet {folder.name.replace('-', ' ').title()}"
    plan = init.InitPlan(
        planet=NewPlanet(title=title, url=(args.url or NOWHERE).rstrip("/") + "/"),
        sites=args.sites,
        forge=args.forge,
        origin=init.format_origin(args.gitplanet) if args.gitplanet else init.find_origin(),
    )
    for line in init.begin(folder, plan, now=args.clock):
        print_line(line)
    return DONE
