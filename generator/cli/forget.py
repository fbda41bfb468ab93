"""Parsed words of the commands that change authors/ and posts/, or tell how feeds are → done and told."""

import argparse
from dataclasses import replace
from pathlib import Path

from generator import __version__, config
from generator.archive import tree
from generator.check.status import format_fetches, format_status
from generator.cli.output import print_line
from generator.config import nicks
from generator.config.write import hint
from generator.errors import PlanetError
from generator.feeds import discover, fetch_log, state
from generator.models import Planet
from generator.setup import subscribe
from generator.update.withdraw import forget

DONE = 0


def run_forget(arguments: argparse.Namespace) -> int:
    """Withdraws posts, and says what is left to do."""
    root = arguments.root.resolve()
    changes = forget(root, _planet(root), arguments.target, arguments.why, now=arguments.clock)
    for change in changes:
        print_line(f"withdrawn: {change.post.path}")
    file = root / "authors" / f"{arguments.target}.yaml"
    if file.exists():
        print_line(f"authors/{file.name} is still there: new posts will be taken; remove it to end that")
    return DONE


def run_status(arguments: argparse.Namespace) -> int:
    """Tells how each feed is, and how it went lately with those of one author."""
    root = arguments.root.resolve()
    planet = _planet(root)
    authors = tuple(author for author in planet.authors if arguments.nick in ("", author.nick))
    if not authors:
        raise PlanetError(f"there is no author {arguments.nick!r}; look into authors/")
    for line in format_status(replace(planet, authors=authors), tree.read(root).posts, state.load(root).feeds):
        print_line(line)
    if arguments.nick:
        for line in format_fetches(authors[0], fetch_log.load_records(root)):
            print_line(line)
    return DONE


def run_add(arguments: argparse.Namespace) -> int:
    """Finds the feed of a site and writes its author file."""
    root = arguments.root.resolve()
    planet = _planet(root)
    best, *others = discover.find(arguments.url, planet.fetch)
    path = root / "authors" / f"{arguments.nick or nicks.nick_for(arguments.url)}.yaml"
    if path.exists():
        raise PlanetError(f"authors/{path.name} is there already; edit it, or choose another name with --nick")
    path.write_text(hint(root) + subscribe.author_file(best, name=arguments.name), "utf-8")
    try:
        _planet(root)
    except PlanetError:
        path.unlink()
        raise
    print_line(f"authors/{path.name} subscribes to {best.url}: {best.feed.title}, {len(best.feed.entries)} entries")
    for other in others:
        print_line(f"not taken: {other.url} ({other.label or other.feed.title})")
    return DONE


def _planet(root: Path) -> Planet:
    return config.load(root, version=__version__)
