"""`gitplanet history`: the life of a post: its edits word by word."""

import argparse

from generator.archive import history
from generator.cli import DONE
from generator.cli.output import print_line
from generator.git import Log


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("post", metavar="POST", help="its path or a part of it, its address or its GUID")


def run(args: argparse.Namespace) -> int:
    """Tell the life of one post."""
    with Log(args.root.resolve()) as log:
        chains = history.chains(log.records(), log.texts, named=True)
        path = history.find(args.post, chains)
        texts = log.texts(step.after for step in chains[path] if step.after)
    for line in history.format_history(history.PostHistory(path=path, steps=chains[path], texts=texts)):
        print_line(line)
    return DONE
