"""`gitplanet check`: are settings, authors/ and posts/ right, and feeds reachable?"""

import argparse
from dataclasses import replace
from pathlib import Path

from generator import __version__, check, config
from generator.archive import tree as archive_tree
from generator.build.sample import preview
from generator.build.theme import Theme
from generator.check import Account, CheckOptions, CheckResult, Finding, Level
from generator.cli import DONE, EXPLAINED
from generator.cli.output import add_to, annotate, count, print_line
from generator.errors import PlanetError
from generator.forge import forms
from generator.forge.check_comment import TITLE
from generator.forge.check_summary import summarize_check
from generator.forge.github import GitHub
from generator.git import Proposal, proposal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="only these (default: the whole planet)")
    parser.add_argument("--offline", action="store_true", help="fetch no feeds")
    parser.add_argument("--format", choices=("text", "github", "json"), default="text", help="(default: %(default)s)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a feed failed")
    parser.add_argument("--base", metavar="REV", default="", help="check what was changed since, and run none of it")
    parser.add_argument("--head", metavar="REV", default="HEAD", help="with --base: up to here (default: %(default)s)")
    parser.add_argument("--by", metavar="NAME", default="", help="with --base: the account that proposes it")
    parser.add_argument("--by-id", metavar="N", type=int, default=0, help="with --base: the number of that account")
    by_form = "with --base: the branch that a form made, whose sender, by what GitHub says, counts as the account"
    parser.add_argument("--by-form", metavar="BRANCH", default="", help=by_form)
    parser.add_argument("--repository", metavar="OWNER/NAME", default="", help="with --by-form: where on GitHub")
    override = "with --base: a maintainer vouches for whose file it is and what else is touched"
    parser.add_argument("--override", action=argparse.BooleanOptionalAction, default=False, help=override)
    parser.add_argument("--summary", metavar="FILE", type=Path, help="add the verdict there as Markdown")
    parser.add_argument("--preview", metavar="DIR", type=Path, help="with --base: build the last posts' pages there")


def run(args: argparse.Namespace) -> int:
    """Check a pull request with `--base`, the files named, or the whole planet."""
    root = args.root.resolve()
    if args.base and args.files:
        raise PlanetError("--base looks at what a pull request changes; leave the files out")
    offer = proposal(root, args.base, args.head) if args.base else None
    verdict = _verdict(args, root, offer)
    pages = 0
    if offer and args.preview and verdict.newcomers:
        files = dict(offer.base) | {file.path: file.content for file in offer.files if file.content is not None}
        pages = preview([(new.author, new.posts) for new in verdict.newcomers], files, args.preview)
    _print_result(verdict, args.format)
    if args.summary:
        add_to(args.summary, summarize_check(verdict, pages=bool(pages)))
    strict = args.strict and any(seen.fault for seen in verdict.feeds)
    return EXPLAINED if verdict.errors or strict else DONE


def _verdict(args: argparse.Namespace, root: Path, offer: Proposal | None) -> CheckResult:
    terms = _terms(args)
    if offer:
        return check.review(offer, terms, lambda: archive_tree.read(root).posts)
    if args.files:
        return check.examine(root, [_within(root, file) for file in args.files], terms)
    tree = archive_tree.read(root)
    verdict = check.inspect(root, tree, terms)
    old_names = (Finding(level=Level.WARNING, **vars(note)) for note in Theme(root).notes)
    verdict = replace(verdict, remarks=(*verdict.remarks, *old_names))
    if not verdict.errors and args.format == "text":
        planet = config.load(root)
        counts = [count(planet.authors, "author"), count(planet.editions, "edition"), count(tree.posts, "post")]
        print_line(f"{counts[0]}, {counts[1]} and {counts[2]} are right")
    return verdict


def _terms(args: argparse.Namespace) -> CheckOptions:
    who = Account(login=args.by, number=args.by_id) if args.by or args.by_id else None
    if args.by_form and args.repository:
        who = forms.sender(GitHub(args.repository), args.by_form) or who
    return CheckOptions(now=args.clock, version=__version__, offline=args.offline, who=who, vouched=args.override)


def _within(root: Path, file: Path) -> str:
    """Return the path of a file below the planet's root. Raises PlanetError where it is not below it."""
    path = next((path for path in (file.absolute(), root / file) if path.is_file()), None)
    if path is None:
        raise PlanetError(f"there is no file {file}; name one in authors/ or posts/")
    try:
        return path.relative_to(root).as_posix()
    except ValueError as error:
        raise PlanetError(f"{file} lies outside the planet; name a file in authors/ or posts/") from error


def _print_result(verdict: CheckResult, format_: str) -> None:
    if format_ == "json":
        print_line(check.format_json(verdict))
        return
    if format_ == "github":
        for remark in (*verdict.remarks, *check.feed_notices(verdict)):
            message = f"{remark.reason}; {remark.remedy}" if remark.remedy else remark.reason
            annotate(remark.level, remark.file, remark.line, TITLE, message)
        return
    for line in check.format_lines(verdict):
        print_line(line)
