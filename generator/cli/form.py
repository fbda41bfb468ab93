"""`gitplanet form`: turn a filled issue form into a pull request on GitHub."""

import argparse
import json
from pathlib import Path

from generator import __version__, check
from generator.archive import tree as archive_tree
from generator.check import CheckOptions
from generator.cli import DONE, EXPLAINED
from generator.cli.output import print_line
from generator.errors import PlanetError
from generator.forge import forms
from generator.forge.github import GitHub


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("event", metavar="EVENT", type=Path, help="the event of the issue, a file of JSON")
    parser.add_argument("--repository", metavar="OWNER/NAME", default="", help="where on GitHub (default: only say it)")


def run(args: argparse.Namespace) -> int:
    """Carries out the wish of a filled issue form, on GitHub with `--repository`."""
    root = args.root.resolve()
    try:
        event = json.loads(args.event.read_text("utf-8"))
        wish = forms.read(event)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlanetError(f"{args.event} is not the event of an issue ({error!r})") from error
    if wish is None:
        print_line("this issue is not one of the planet's forms")
        return DONE
    github = GitHub(args.repository) if args.repository else None
    terms = CheckOptions(now=args.clock, version=__version__)
    refusal = forms.refusal(github, wish) if github else ""
    result = forms.refuse(refusal) if refusal else forms.carry_out(wish, root, archive_tree.read(root).posts, terms)
    if github:
        branch = event["repository"]["default_branch"]
        page = forms.answer(github, wish, result, branch=branch)
        print_line(f"offered at {page}" if page else "told on the issue what to mend")
        return DONE
    for line in [result.reason] if result.reason else check.format_lines(result.verdict):
        print_line(line)
    for path, text in result.offer.files.items() if result.offer else ():
        print_line(f"{path}:\n{text}" if text is not None else f"{path}: removed")
    return DONE if result.good else EXPLAINED
