"""`gitplanet build`: the tree to a site."""

import argparse
from contextlib import nullcontext
from pathlib import Path

from generator.build import Scope
from generator.build.pipeline import build
from generator.cli import DONE, EXPLAINED
from generator.cli.output import count, print_line
from generator.cli.times import parse_revision
from generator.git import take_snapshot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--out", metavar="DIR", type=Path, help="where to (default: ROOT/_site)")
    parser.add_argument("--base-url", metavar="URL", default="", help="where the site will live")
    parser.add_argument("--at", metavar="REV-OR-DATE", type=parse_revision, help="the site as it was then")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a post or page had to be left out")


def run(args: argparse.Namespace) -> int:
    """Build the site of the work tree, or of the planet as it was at `--at`."""
    root = args.root.resolve()
    with take_snapshot(root, args.at) if args.at else nullcontext() as then:
        report = build(root, args.out or root / "_site", at=then, base_url=args.base_url)
    if report.scope is Scope.NOTHING:
        print_line(f"{report.pages} files: nothing has changed")
        return DONE
    summary = f"{count(report.posts, 'post')} of {count(report.authors, 'author')}"
    if report.scope is Scope.FEED_PAGES:
        summary = "only how feeds are has changed"
    for line in report.lines(summary + (f", as of commit {then.commit[:12]}" if then else "")):
        print_line(line)
    return EXPLAINED if args.strict and report.problems else DONE
