"""`gitplanet update`: feeds to commits."""

import argparse
from pathlib import Path

from generator import __version__, config
from generator.cli import DONE, EXPLAINED
from generator.cli.output import ProgressBar, add_to, annotate, print_line
from generator.cli.times import parse_time
from generator.errors import PlanetError
from generator.forge import run_summary
from generator.update import UpdateOptions, update


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--only", metavar="NICK", default="", help="fetch only this author's feeds")
    parser.add_argument("--force", action="store_true", help="fetch feeds even if they are not due")
    parser.add_argument("--dry-run", action="store_true", help="say what would be committed, and commit nothing")
    parser.add_argument("--push", action="store_true", help="push the branch when done")
    parser.add_argument("--report", metavar="FILE", type=Path, help="write a report of the run there, as JSON")
    parser.add_argument("--summary", metavar="FILE", type=Path, help="append a summary there, as Markdown")
    parser.add_argument("--now", metavar="TIME", type=parse_time, help="run as if it were that time (ISO 8601)")
    parser.add_argument("--backfill", action="store_true", help="with --only: read the feeds to their last page")
    parser.add_argument(
        "--reconvert",
        metavar="NICK",
        nargs="?",
        const="",
        help="also repair posts that an earlier version converted worse (of this author only)",
    )
    parser.add_argument("--format", choices=("text", "github"), default="text", help="(default: %(default)s)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a feed failed, or a file is wrong")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    root = args.root.resolve()
    if args.backfill and not args.only:
        raise PlanetError("--backfill reads whole blogs; say whose with --only NICK")
    if args.reconvert and args.only and args.reconvert != args.only:
        raise PlanetError("--only and --reconvert name two authors; give one of them")
    options = UpdateOptions(
        only=args.only or args.reconvert or "",
        force=args.force,
        dry_run=args.dry_run,
        push=args.push,
        backfill=args.backfill,
        reconvert=args.reconvert is not None,
    )
    planet = config.load_tolerantly(root, version=__version__)
    with ProgressBar() as watch:
        report = update(root, planet, options, now=args.now or args.clock, watch=watch)
    if args.report:
        args.report.write_text(report.to_json(), "utf-8")
    if args.summary:
        add_to(args.summary, run_summary.summarize_update(report, planet.title))
    for fault, problem in report.faults.items():
        if args.format == "github":
            annotate("warning", problem.file, problem.line, "gitplanet", f"{problem.reason}; {problem.remedy}")
        else:
            print_line(fault)
    print_line(report.summary())
    return EXPLAINED if args.strict and (report.failures or report.faults) else DONE
