"""Parsed words of the commands that read feeds → done and told. Loads no more than a run without news needs."""

import argparse
from pathlib import Path

from generator import __version__, config
from generator.cli.output import ProgressBar, add_to, print_line
from generator.errors import PlanetError
from generator.forge import run_summary
from generator.models import Planet
from generator.update.pipeline import UpdateOptions, update

DONE, EXPLAINED = 0, 1


def run_update(arguments: argparse.Namespace) -> int:
    root = arguments.root.resolve()
    if arguments.backfill and not arguments.only:
        raise PlanetError("--backfill reads whole blogs; say whose with --only NICK")
    if arguments.reconvert and arguments.only and arguments.reconvert != arguments.only:
        raise PlanetError("--only and --reconvert name two authors; give one of them")
    options = UpdateOptions(
        only=arguments.only or arguments.reconvert or "",
        force=arguments.force,
        dry_run=arguments.dry_run,
        push=arguments.push,
        backfill=arguments.backfill,
        reconvert=arguments.reconvert is not None,
    )
    planet = _planet(root)
    with ProgressBar() as watch:
        report = update(root, planet, options, now=arguments.now or arguments.clock, watch=watch)
    if arguments.report:
        arguments.report.write_text(report.to_json(), "utf-8")
    if arguments.summary:
        add_to(arguments.summary, run_summary.summarize_update(report, planet.title))
    print_line(report.summary())
    return EXPLAINED if arguments.strict and report.failures else DONE


def run_release(arguments: argparse.Namespace) -> int:
    """Takes what was held of an author's feeds."""
    root = arguments.root.resolve()
    options = UpdateOptions(only=arguments.nick, release=True, push=arguments.push)
    with ProgressBar() as watch:
        report = update(root, _planet(root), options, now=arguments.clock, watch=watch)
    print_line(report.summary())
    return DONE


def _planet(root: Path) -> Planet:
    return config.load(root, version=__version__)
