"""`gitplanet comment`: put what a check found on its pull request on GitHub."""

import argparse

from generator.cli import DONE
from generator.cli.output import print_line
from generator.forge.check_comment import comment
from generator.forge.github import GitHub


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--repository", metavar="OWNER/NAME", required=True, help="where on GitHub")
    parser.add_argument("--run", metavar="N", type=int, required=True, help="number of the run that checked it")


def run(args: argparse.Namespace) -> int:
    """Comment on on the pull request that a run checked."""
    number = comment(GitHub(args.repository), args.run)
    print_line(f"commented on pull request {number}" if number else "there is no open pull request to comment on")
    return DONE
