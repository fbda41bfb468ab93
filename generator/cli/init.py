"""Parsed words of the command line that make a planet, take one over or hand one on → done and told."""

import argparse
from pathlib import Path

from generator import __version__, config
from generator.archive import export
from generator.archive import tree as archive_tree
from generator.cli.output import print_line
from generator.config.write import NewPlanet
from generator.setup import importers, init

DONE = 0
NOWHERE = "https://planet.example/"


def run_init(arguments: argparse.Namespace) -> int:
    """Makes a planet that runs, or completes one."""
    folder = arguments.folder.resolve()
    title = arguments.title or f"Planet {folder.name.replace('-', ' ').title()}"
    plan = init.InitPlan(
        planet=NewPlanet(title=title, url=(arguments.url or NOWHERE).rstrip("/") + "/"),
        sites=arguments.sites,
        forge=arguments.forge,
        origin=init.format_origin(arguments.gitplanet) if arguments.gitplanet else init.find_origin(),
    )
    for line in init.begin(folder, plan, now=arguments.clock):
        print_line(line)
    return DONE


def run_import(arguments: argparse.Namespace) -> int:
    """Takes over other planets' lists, and tells what could not be taken."""
    sources = [importers.source(text) for text in arguments.lists]
    root = arguments.root.resolve()
    for line in importers.bring(root, sources, disabled=arguments.disabled, dry_run=arguments.dry_run):
        print_line(line)
    return DONE


def run_export(arguments: argparse.Namespace) -> int:
    """Hands the planet on: as a list, as data, or with settings for another tool."""
    root = arguments.root.resolve()
    planet = config.load(root, version=__version__)
    if arguments.tool:
        for line in export.consumers.write(planet, root, arguments.tool, arguments.out or root / arguments.tool):
            print_line(line)
        return DONE
    out = arguments.out or Path(f"planet.{arguments.kind}")
    tree = archive_tree.read(root)
    for problem in tree.problems:
        print_line(f"left out: {problem}")
    if arguments.kind == "sqlite":
        export.database.write(planet, tree.posts, out)
    else:
        text = export.opml(planet) if arguments.kind == "opml" else export.as_json(planet, tree.posts)
        out.write_text(text, "utf-8")
    print_line(
        f"{out}: {len(planet.authors)} authors" + (f", {len(tree.posts)} posts" if arguments.kind != "opml" else "")
    )
    return DONE
