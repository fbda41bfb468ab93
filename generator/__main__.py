"""The command line: words in, an exit status out. The only print and the only clock."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator import __version__, archive, config, posts
from generator.build import build
from generator.demo import Blogosphere
from generator.demo.play import play
from generator.errors import FileError, PlanetError
from generator.model import Planet
from generator.serve import make_server
from generator.update import Options, update

DONE, EXPLAINED, INTERRUPTED = 0, 1, 130


def run() -> None:
    """The entry point of the `gitplanet` program."""
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Runs the command that `argv` names; 0: done, 1: explained in one line per problem, 2: usage."""
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except PlanetError as error:
        if arguments.verbose:
            raise
        for line in str(error).splitlines():
            _say(f"gitplanet: {line}")
        return EXPLAINED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our lines has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gitplanet", description="A planet of blogs, kept in git.")
    parser.add_argument("--version", action="version", version=f"gitplanet {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = _command(commands, "demo", _demo, "a whole planet on this machine, no network needed", root=False)
    demo.add_argument("--port", type=int, default=8000, help="where the site is served (default: %(default)s)")
    demo.add_argument("--once", action="store_true", help="do it all without serving, and print the planet's folder")

    fetch = _command(commands, "update", _update, "feeds to commits")
    fetch.add_argument("--only", metavar="NICK", default="", help="only this author's feeds")
    fetch.add_argument("--dry-run", action="store_true", help="say what would be committed, and commit nothing")
    fetch.add_argument("--push", action="store_true", help="push the branch when done")
    fetch.add_argument("--report", metavar="FILE", type=Path, help="write what was done there as JSON")
    fetch.add_argument("--now", metavar="TIME", type=_time, help="run as at that time (ISO 8601)")
    fetch.add_argument("--strict", action="store_true", help="exit with 1 where a feed failed")

    site = _command(commands, "build", _build, "the tree to a site")
    site.add_argument("--out", metavar="DIR", type=Path, help="where to (default: ROOT/_site)")
    site.add_argument(
        "--base-url", metavar="URL", default="", help="where the site will live, instead of the settings'"
    )
    site.add_argument("--strict", action="store_true", help="exit with 1 where a post or page had to be left out")

    serve = _command(commands, "serve", _serve, "build, and serve the site on this machine")
    serve.add_argument("--port", type=int, default=8000, help="(default: %(default)s)")

    _command(commands, "check", _check, "are settings, authors/ and posts/ right?")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    function: Callable[[argparse.Namespace], int],
    help_: str,
    *,
    root: bool = True,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=help_[0].upper() + help_[1:] + ".")
    parser.set_defaults(command=function)
    if root:
        parser.add_argument("--root", metavar="DIR", type=Path, default=Path(), help="the planet (default: here)")
    parser.add_argument("--verbose", action="store_true", help="show where an error came from")
    return parser


def _time(text: str) -> datetime:
    try:
        return posts.moment(posts.read_when(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 2019-10-13T14:34:00Z") from error


def _planet(root: Path) -> Planet:
    return config.load(root, version=__version__)


def _update(arguments: argparse.Namespace) -> int:
    root = arguments.root.resolve()
    options = Options(only=arguments.only, dry_run=arguments.dry_run, push=arguments.push)
    now = (arguments.now or datetime.now(UTC)).replace(microsecond=0)
    with _Watch() as watch:
        report = update(root, _planet(root), options, now=now, watch=watch)
    if arguments.report:
        arguments.report.write_text(report.to_json(), "utf-8")
    _say(report.summary())
    return EXPLAINED if arguments.strict and report.failures else DONE


def _build(arguments: argparse.Namespace) -> int:
    root = arguments.root.resolve()
    planet = _planet(root)
    if arguments.base_url:
        planet = replace(planet, url=arguments.base_url.rstrip("/") + "/")
    tree = archive.read(root)
    report = build(planet, tree.posts, root=root, out=arguments.out or root / "_site")
    problems = [*map(str, tree.problems), *report.problems]
    for problem in problems:
        _say(problem)
    _say(
        f"{report.pages} files: {report.written} written, {report.unchanged} unchanged, {report.removed} removed;"
        f" {_count(tree.posts, 'post')} of {_count(planet.authors, 'author')}"
    )
    return EXPLAINED if arguments.strict and problems else DONE


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _serve(arguments: argparse.Namespace) -> int:
    arguments.out, arguments.base_url, arguments.strict = None, "", False
    _build(arguments)
    return _serve_folder(arguments.root.resolve() / "_site", arguments.port)


def _serve_folder(folder: Path, port: int) -> int:
    try:
        server = make_server(folder, port=port)
    except OSError as error:
        raise PlanetError(f"port {port} cannot be used ({error.strerror}); give another with --port") from error
    with server:
        _say(f"http://127.0.0.1:{server.server_port}/ (stop with Ctrl-C)")
        server.serve_forever()
    return DONE


def _check(arguments: argparse.Namespace) -> int:
    root = arguments.root.resolve()
    planet = _planet(root)
    tree = archive.read(root)
    if tree.problems:
        raise FileError(tree.problems)
    authors, editions = _count(planet.authors, "author"), _count(planet.editions, "edition")
    _say(f"{authors}, {editions} and {_count(tree.posts, 'post')} are right")
    return DONE


def _demo(arguments: argparse.Namespace) -> int:
    with Blogosphere() as blogs:  # alive to the end: the posts' pictures come from there
        root = play(blogs, say=_say)
        return DONE if arguments.once else _serve_folder(root / "_site", arguments.port)


class _Watch:
    """Shows a stage as a progress bar on a terminal, and as lines elsewhere."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def begin(self, what: str, total: int) -> None:
        """A stage begins; the one before is over."""
        self._end()
        if sys.stderr.isatty() and total:
            self._bar = tqdm(total=total, desc=what, leave=False, unit="")

    def step(self, line: str = "") -> None:
        """One step of the stage is done."""
        if self._bar is not None:
            self._bar.update()
        if line:
            _say(line)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar = None

    def __enter__(self) -> "_Watch":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()


def _say(text: str) -> None:
    """Prints lines in which no stranger's text can act: on a terminal, or on a CI service that obeys its log."""
    for line in text.split("\n"):
        shown = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in line)
        tqdm.write(shown.replace("::", ": :").replace("##[", "# #["), file=sys.stdout)


if __name__ == "__main__":
    run()
