"""The command line: arguments in, an exit status out. `main` runs one command; the only clock.

Each command is a module of this package, named as it, with `add_arguments` and `run`. Only the one that is asked for is
imported, so COMMANDS holds what `--help` says of the others.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Protocol, cast

from generator import __version__
from generator.cli.output import print_line
from generator.errors import PlanetError

DONE, EXPLAINED, INTERRUPTED = 0, 1, 130
"""Exit statuses; argparse itself ends with 2 where the arguments are wrong."""
COMMANDS = {
    "demo": "show a whole planet on this machine; no network needed",
    "update": "fetch the feeds that are due and commit what is new",
    "release": "accept what was held of an author's feeds",
    "forget": "withdraw posts; tombstones keep them from coming back",
    "rename": "move a member to another nick: author file, picture, posts",
    "status": "show the state of each feed",
    "build": "build the site",
    "serve": "serve the site on this machine, and build it anew after each change",
    "check": "check settings, authors/, posts/ and whether feeds can be read",
    "comment": "comment on a GitHub pull request with the result of its check",
    "form": "turn a filled issue form into a GitHub pull request",
    "health": "list feeds that are broken, moved or gone for long",
    "add": "find the feed of a site and write its author file",
    "init": "create a planet, or add what is missing",
    "import": "turn other planets' lists into author files",
    "export": "export the planet for other tools",
    "doctor": "say what is good and bad about a feed and its entries",
    "history": "show the life of a post, its edits word by word",
    "verify": "check the archive against its own history",
}
"""The summary of each command, in the order of `--help`."""
WITHOUT_ROOT = ("demo", "comment", "init")
"""Commands that need no planet to work in."""


class Command(Protocol):
    """What the module of a command has."""

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare the command's own arguments."""

    def run(self, args: argparse.Namespace, /) -> int:
        """Do what is asked for, and return the exit status. Raises PlanetError with what to print."""


def run() -> None:
    """The entry point of the `gitplanet` program."""
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Run the command that `argv` names; 0: done, 1: explained in one line per problem, 2: usage."""
    asked = next((word for word in argv if word in COMMANDS), "")
    command = load(asked) if asked else None
    args = _parser(asked, command).parse_args(argv)
    args.clock = datetime.now(UTC).replace(microsecond=0)
    try:
        return load(args.command).run(args)
    except PlanetError as error:
        if args.verbose:
            raise
        for line in str(error).splitlines():
            print_line(f"gitplanet: {line}")
        return EXPLAINED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our lines has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def load(name: str) -> Command:
    """Import the module of a command of COMMANDS."""
    return cast("Command", import_module(f"generator.cli.{name}_" if iskeyword(name) else f"generator.cli.{name}"))


def _parser(asked: str, command: Command | None) -> argparse.ArgumentParser:
    """Return the parser of all commands, with the arguments of the one that is asked for."""
    parser = argparse.ArgumentParser(prog="gitplanet", description="A planet of blogs, kept in git.")
    parser.add_argument("--version", action="version", version=f"gitplanet {__version__}")
    words = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        own = words.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        own.set_defaults(command=name)
        if name not in WITHOUT_ROOT:
            own.add_argument("--root", metavar="DIR", type=Path, default=Path(), help="the planet (default: here)")
        own.add_argument("--verbose", action="store_true", help="show where an error came from")
        if command and name == asked:
            command.add_arguments(own)
    return parser
