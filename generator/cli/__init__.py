"""The command line: words in, an exit status out. The only clock."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from generator import __version__
from generator.cli.output import print_line
from generator.errors import PlanetError
from generator.models import dates

EXPLAINED, INTERRUPTED = 1, 130
FORGES = ("github", "gitlab", "forgejo")
TOOLS = ("hugo", "jekyll", "eleventy", "zola", "pelican")
"""What `start` and `exporting` know, told here so that a command line is read without them."""


def run() -> None:
    """The entry point of the `gitplanet` program."""
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Runs the command that `argv` names; 0: done, 1: explained in one line per problem, 2: usage."""
    arguments = _parser().parse_args(argv)
    arguments.clock = datetime.now(UTC).replace(microsecond=0)
    try:
        return _found(arguments.command)(arguments)
    except PlanetError as error:
        if arguments.verbose:
            raise
        for line in str(error).splitlines():
            print_line(f"gitplanet: {line}")
        return EXPLAINED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our lines has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def _found(command: str) -> Callable[[argparse.Namespace], int]:
    """`room.function`, with what that room needs: only the command that is asked for is loaded."""
    room, _, name = command.partition(".")
    function: Callable[[argparse.Namespace], int] = getattr(import_module(f"generator.cli.{room}"), name)
    return function


Words: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gitplanet", description="A planet of blogs, kept in git.")
    parser.add_argument("--version", action="version", version=f"gitplanet {__version__}")
    words = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _demo,
        _update,
        _release,
        _forget,
        _status,
        _build,
        _serve,
        _check,
        _comment,
        _form,
        _health,
        _add,
        _init,
        _import,
        _export,
        _doctor,
        _history,
        _verify,
    ):
        add(words)
    return parser


def _demo(words: Words) -> None:
    demo = _command(words, "demo", "build.run_demo", "a whole planet on this machine, no network needed", root=False)
    demo.add_argument("--port", type=int, default=8000, help="where the site is served (default: %(default)s)")
    demo.add_argument("--once", action="store_true", help="do it all without serving, and print the planet's folder")


def _update(words: Words) -> None:
    update = _command(words, "update", "update.run_update", "feeds to commits")
    update.add_argument("--only", metavar="NICK", default="", help="only this author's feeds")
    update.add_argument("--force", action="store_true", help="ask feeds before they are due")
    update.add_argument("--dry-run", action="store_true", help="say what would be committed, and commit nothing")
    update.add_argument("--push", action="store_true", help="push the branch when done")
    update.add_argument("--report", metavar="FILE", type=Path, help="write what was done there as JSON")
    update.add_argument("--summary", metavar="FILE", type=Path, help="add what was done there as Markdown")
    update.add_argument("--now", metavar="TIME", type=_time, help="run as at that time (ISO 8601)")
    update.add_argument("--backfill", action="store_true", help="with --only: read the feeds to their last page")
    update.add_argument(
        "--reconvert",
        metavar="NICK",
        nargs="?",
        const="",
        help="also repair posts that an earlier version converted worse (of this author only)",
    )
    update.add_argument("--strict", action="store_true", help="exit with 1 where a feed failed")


def _release(words: Words) -> None:
    release = _command(words, "release", "update.run_release", "take what was held of an author's feeds")
    release.add_argument("nick", metavar="NICK", help="whose feeds you have looked at")
    release.add_argument("--push", action="store_true", help="push the branch when done")


def _forget(words: Words) -> None:
    forget = _command(words, "forget", "forget.run_forget", "withdraw posts: tombstones stay, and nothing comes back")
    forget.add_argument("target", metavar="NICK|POST", help="all posts of an author, or one: path, address or GUID")
    forget.add_argument("--why", required=True, help="the reason, which is published")


def _status(words: Words) -> None:
    status = _command(words, "status", "forget.run_status", "how each feed is: read, held or failing")
    status.add_argument("nick", metavar="NICK", nargs="?", default="", help="what this author's servers said lately")


def _build(words: Words) -> None:
    build = _command(words, "build", "build.run_build", "the tree to a site")
    build.add_argument("--out", metavar="DIR", type=Path, help="where to (default: ROOT/_site)")
    build.add_argument("--base-url", metavar="URL", default="", help="where the site will live")
    build.add_argument("--at", metavar="REV-OR-DATE", type=_revision, help="the site as it was then")
    build.add_argument("--strict", action="store_true", help="exit with 1 where a post or page had to be left out")


def _serve(words: Words) -> None:
    serve = _command(words, "serve", "build.run_serve", "show the site on this machine while it is written")
    serve.add_argument("--port", type=int, default=8000, help="(default: %(default)s)")


def _check(words: Words) -> None:
    check = _command(words, "check", "check.run_check", "are settings, authors/ and posts/ right, and feeds reachable?")
    check.add_argument("files", metavar="FILE", nargs="*", type=Path, help="only these (default: the whole planet)")
    check.add_argument("--offline", action="store_true", help="ask no feed")
    check.add_argument("--format", choices=("text", "github", "json"), default="text", help="(default: %(default)s)")
    check.add_argument("--strict", action="store_true", help="exit with 1 where a feed failed")
    check.add_argument("--base", metavar="REV", default="", help="look at what was changed since, as data")
    check.add_argument("--head", metavar="REV", default="HEAD", help="with --base: up to here (default: %(default)s)")
    check.add_argument("--by", metavar="NAME", default="", help="with --base: the account that proposes it")
    check.add_argument("--by-id", metavar="N", type=int, default=0, help="with --base: the number of that account")
    override = "with --base: a maintainer vouches for whose file it is and what else is touched"
    check.add_argument("--override", action=argparse.BooleanOptionalAction, default=False, help=override)
    check.add_argument("--summary", metavar="FILE", type=Path, help="add the verdict there as Markdown")
    check.add_argument("--preview", metavar="DIR", type=Path, help="with --base: build the last posts' pages there")


def _comment(words: Words) -> None:
    said = "put what a check found on its pull request on GitHub"
    comment = _command(words, "comment", "check.run_comment", said, root=False)
    comment.add_argument("--repository", metavar="OWNER/NAME", required=True, help="where on GitHub")
    comment.add_argument("--run", metavar="N", type=int, required=True, help="number of the run that checked it")


def _form(words: Words) -> None:
    said = "turn a filled issue form into a pull request on GitHub"
    form = _command(words, "form", "check.run_form", said)
    form.add_argument("event", metavar="EVENT", type=Path, help="the event of the issue, a file of JSON")
    form.add_argument("--repository", metavar="OWNER/NAME", default="", help="where on GitHub (default: only say it)")


def _health(words: Words) -> None:
    health = _command(words, "health", "check.run_health", "which feeds are broken, moved or gone for long")
    health.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    health.add_argument("--mend", action="store_true", help="change authors/: follow what moved, pause who is gone")
    told = "tell it there, on GitHub: an issue a broken feed, and a pull request"
    health.add_argument("--repository", metavar="OWNER/NAME", default="", help=told)
    health.add_argument("--summary", metavar="FILE", type=Path, help="add it there as Markdown")


def _add(words: Words) -> None:
    add = _command(words, "add", "forget.run_add", "find the feed of a site and write its author file")
    add.add_argument("url", metavar="URL", help="address of the site or of its feed")
    add.add_argument("--nick", default="", help="name of the file (default: from the address)")
    add.add_argument("--name", default="", help="the author's name (default: from the feed)")


def _init(words: Words) -> None:
    init = _command(words, "init", "init.run_init", "make a planet that runs, or complete one", root=False)
    init.add_argument("folder", metavar="DIR", type=Path, help="where; what is there is kept")
    init.add_argument("sites", metavar="SITE", nargs="*", help="address of a blog or its feed, which becomes an author")
    init.add_argument("--title", default="", help="the planet's name (default: from DIR)")
    init.add_argument("--url", default="", help="where the site will live")
    init.add_argument("--forge", choices=FORGES, default="github", help="whose workflows (default: %(default)s)")
    init.add_argument("--gitplanet", metavar="ADDRESS@REV", default="", help="where workflows get gitplanet from")


def _import(words: Words) -> None:
    import_ = _command(words, "import", "init.run_import", "other planets' lists to author files")
    import_.add_argument(
        "lists", metavar="[EDITION=]FILE", nargs="+", help="a list or a folder of lists, and the edition it is for"
    )
    import_.add_argument("--disabled", action="store_true", help="take what is commented out too, as paused authors")
    import_.add_argument("--dry-run", action="store_true", help="say what would become of all, and write nothing")


def _export(words: Words) -> None:
    export = _command(words, "export", "init.run_export", "hand the planet on to other tools")
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument("kind", metavar="opml|json|sqlite", nargs="?", choices=("opml", "json", "sqlite"), help="as what")
    what.add_argument("--for", dest="tool", choices=TOOLS, help="settings by which this tool reads posts/ as content")
    export.add_argument(
        "--out", metavar="PATH", type=Path, help="where to (default: planet.opml and the like; ROOT/TOOL)"
    )


def _doctor(words: Words) -> None:
    doctor = _command(words, "doctor", "doctor.run_doctor", "what is good and bad about a feed and its entries")
    doctor.add_argument("feed", metavar="URL|FILE", help="address of a feed, or a file")
    doctor.add_argument("--show", metavar="GUID", default="", help="the Markdown of that entry, and what was left out")


def _history(words: Words) -> None:
    history = _command(words, "history", "doctor.run_history", "the life of a post: its edits word by word")
    history.add_argument("post", metavar="POST", help="its path or a part of it, its address or its GUID")


def _verify(words: Words) -> None:
    _command(words, "verify", "doctor.run_verify", "does the archive agree with its own history?")


def _command(
    words: Words,
    name: str,
    function: str,
    help_: str,
    *,
    root: bool = True,
) -> argparse.ArgumentParser:
    parser = words.add_parser(name, help=help_, description=help_[0].upper() + help_[1:] + ".")
    parser.set_defaults(command=function)
    if root:
        parser.add_argument("--root", metavar="DIR", type=Path, default=Path(), help="the planet (default: here)")
    parser.add_argument("--verbose", action="store_true", help="show where an error came from")
    return parser


def _time(text: str) -> datetime:
    # only where somebody gives a time

    try:
        return dates.moment(dates.from_iso(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 2019-10-13T14:34:00Z") from error


def _revision(text: str) -> str | datetime:
    """A day means its end: the site with all that the day brought."""
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return text
    return _time(text) + (timedelta(days=1, seconds=-1) if len(text) == len("2019-10-13") else timedelta())
