"""`gitplanet doctor`: what is good and bad about a feed and its entries."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from generator import __version__, config
from generator.archive import post_file
from generator.check import feed
from generator.cli import DONE
from generator.cli.output import print_line
from generator.errors import PlanetError
from generator.models import FetchSettings
from generator.parallel import within_limits


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("feed", metavar="URL|FILE", help="address of a feed, or a file")
    parser.add_argument("--show", metavar="GUID", default="", help="the Markdown of that entry, and what was left out")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    settings = _fetch_settings(args.root.resolve())
    if args.feed.startswith(("http://", "https://")):
        seen = feed.visit(args.feed, settings)
    else:
        seen = feed.open_file(Path(args.feed), settings)
    patients = within_limits(settings, feed.examine, seen.feed, args.feed, args.clock)
    if args.show:
        return _show(patients, args.show)
    findings = [*within_limits(settings, feed.findings, seen, args.clock), *feed.losses(patients)]
    for line in [*map(str, findings), "", *map(feed.format_entry, patients)]:
        print_line(line)
    return DONE


def _show(patients: Sequence[feed.EntryPreview], guid: str) -> int:
    matches = [patient for patient in patients if guid in (patient.entry.guid, patient.entry.link)]
    if not matches:
        raise PlanetError(
            f"the feed has no entry {guid!r}; its entries are {', '.join(p.entry.guid for p in patients)}"
        )
    print_line(post_file.to_text(matches[0].post))
    print_line("\n".join(matches[0].differences) or "The post shows every word of the feed.")
    return DONE


def _fetch_settings(root: Path) -> FetchSettings:
    """Return the planet's own, where there is one: it may allow private networks."""
    return (
        config.load_tolerantly(root, version=__version__).fetch
        if (root / "pyproject.toml").is_file()
        else FetchSettings()
    )
