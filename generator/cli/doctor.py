"""Parsed words of the commands that look into the archive or at a feed → done and told."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from generator import __version__, config
from generator.archive import history, post_file
from generator.archive.history.verify import verify
from generator.check import feed
from generator.cli.output import count, print_line
from generator.errors import PlanetError
from generator.git.log import Log
from generator.models import FetchSettings

DONE, EXPLAINED = 0, 1


def run_history(arguments: argparse.Namespace) -> int:
    """Tells the life of one post."""
    with Log(arguments.root.resolve()) as log:
        chains = history.chains(log.records(), log.texts, named=True)
        path = history.find(arguments.post, chains)
        texts = log.texts(step.after for step in chains[path] if step.after)
    for line in history.format_history(history.PostHistory(path=path, steps=chains[path], texts=texts)):
        print_line(line)
    return DONE


def run_verify(arguments: argparse.Namespace) -> int:
    """Tells who changed posts by hand, and what is wrong."""
    verdict = verify(arguments.root.resolve())
    for line in (*verdict.people, *verdict.faults):
        print_line(line)
    found = count(verdict.faults, "fault") if verdict.faults else "all is as the log tells it"
    print_line(f"{verdict.posts} posts, {verdict.commits} commits: {found}")
    return EXPLAINED if verdict.faults else DONE


def run_doctor(arguments: argparse.Namespace) -> int:
    if arguments.feed.startswith(("http://", "https://")):
        seen = feed.visit(arguments.feed, _fetch_settings(arguments.root.resolve()))
    else:
        seen = feed.open_file(Path(arguments.feed))
    patients = feed.examine(seen.feed, arguments.feed, arguments.clock)
    if arguments.show:
        return _show(patients, arguments.show)
    findings = [*feed.findings(seen, arguments.clock), *feed.losses(patients)]
    for line in [*map(str, findings), "", *map(feed.format_entry, patients)]:
        print_line(line)
    return DONE


def _show(patients: Sequence[feed.EntryPreview], guid: str) -> int:
    found = [patient for patient in patients if guid in (patient.entry.guid, patient.entry.link)]
    if not found:
        raise PlanetError(
            f"the feed has no entry {guid!r}; its entries are {', '.join(p.entry.guid for p in patients)}"
        )
    print_line(post_file.to_text(found[0].post))
    print_line("\n".join(found[0].differences) or "The post shows every word of the feed.")
    return DONE


def _fetch_settings(root: Path) -> FetchSettings:
    """The planet's own, where there is one: it may allow private networks."""
    return config.load(root, version=__version__).fetch if (root / "pyproject.toml").is_file() else FetchSettings()
