"""`gitplanet demo`: a whole planet on this machine, no network needed."""

import argparse

from generator.cli import DONE
from generator.cli.output import print_line
from generator.cli.serve import serve_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--port", type=int, default=8000, help="where the site is served (default: %(default)s)")
    parser.add_argument("--once", action="store_true", help="do it all without serving, and print the planet's folder")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from generator.build.server import files_in
    from generator.setup.demo import Blogosphere  # nobody else waits for it
    from generator.setup.demo.run import play

    with Blogosphere() as blogs:  # alive to the end: the posts' pictures come from there
        root = play(blogs, say=print_line)
        return DONE if args.once else serve_files(files_in(root / "_site"), args.port)
