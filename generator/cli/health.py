"""`gitplanet health`: which feeds are broken, moved or gone for long."""

import argparse
from pathlib import Path

from generator import __version__, config
from generator.check import health, health_fixes
from generator.cli import DONE
from generator.cli.output import add_to, print_line
from generator.feeds import state
from generator.forge import feed_issues, markdown
from generator.forge.github import GitHub


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    parser.add_argument("--mend", action="store_true", help="change authors/: follow what moved, pause who is gone")
    help_text = "tell it there, on GitHub: an issue a broken feed, and a pull request"
    parser.add_argument("--repository", metavar="OWNER/NAME", default="", help=help_text)
    parser.add_argument("--summary", metavar="FILE", type=Path, help="add it there as Markdown")


def run(args: argparse.Namespace) -> int:
    """Say how the feeds are, and has it mended and told."""
    root = args.root.resolve()
    planet = config.load_tolerantly(root, version=__version__)
    report = health.health(planet, state.load(root).feeds, args.clock)
    texts = {f"authors/{path.name}": path.read_text("utf-8") for path in (root / "authors").glob("*.yaml")}
    mended = health_fixes.mend(report, texts)
    output = [health.to_json(report)] if args.format == "json" else list(health.to_lines(report))
    if args.mend:
        for path, text in mended.files.items():
            (root / path).write_text(text, "utf-8")
    if args.repository:
        output += feed_issues.report_health(GitHub(args.repository), planet, report, mended)
    for line in (*output, *mended.left):
        print_line(line)
    if args.summary:
        lines = "".join(f"- {markdown.words(line, 2048)}\n" for line in (*health.to_lines(report), *mended.left))
        add_to(args.summary, f"### How the feeds are\n\n{lines or 'All that were read lately are well.'}\n")
    return DONE
