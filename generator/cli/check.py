"""Parsed words of the commands that serve a forge → what they ask for, done and told; each returns an exit status."""

import argparse
import json
from pathlib import Path

from generator import __version__, check, config
from generator.archive import tree as archive_tree
from generator.check import Account, CheckOptions, CheckResult, health, health_fixes
from generator.cli.output import add_to, annotate, count, print_line
from generator.errors import PlanetError
from generator.feeds import state
from generator.forge import feed_issues, forms, markdown
from generator.forge.check_comment import TITLE, comment
from generator.forge.github import GitHub
from generator.git import Proposal, proposal

DONE, EXPLAINED = 0, 1


def run_check(arguments: argparse.Namespace) -> int:
    """Of a pull request with `--base`, of the files named, or of the whole planet."""
    root = arguments.root.resolve()
    if arguments.base and arguments.files:
        raise PlanetError("--base looks at what a pull request changes; leave the files out")
    offer = proposal(root, arguments.base, arguments.head) if arguments.base else None
    verdict = _verdict(arguments, root, offer)
    pages = 0
    if offer and arguments.preview and verdict.newcomers:
        files = dict(offer.base) | {file.path: file.content for file in offer.files if file.content is not None}
        pages = check.preview(verdict.newcomers, files, arguments.preview)
    _tell(verdict, arguments.format)
    if arguments.summary:
        add_to(arguments.summary, check.summarize_check(verdict, pages=bool(pages)))
    strict = arguments.strict and any(seen.fault for seen in verdict.feeds)
    return EXPLAINED if verdict.errors or strict else DONE


def _verdict(arguments: argparse.Namespace, root: Path, offer: Proposal | None) -> CheckResult:
    terms = _terms(arguments)
    if offer:
        return check.review(offer, terms, lambda: archive_tree.read(root).posts)
    if arguments.files:
        return check.examine(root, [_within(root, file) for file in arguments.files], terms)
    tree = archive_tree.read(root)
    verdict = check.inspect(root, tree, terms)
    if not verdict.errors and arguments.format == "text":
        planet = config.load(root)
        counts = [count(planet.authors, "author"), count(planet.editions, "edition"), count(tree.posts, "post")]
        print_line(f"{counts[0]}, {counts[1]} and {counts[2]} are right")
    return verdict


def _terms(arguments: argparse.Namespace) -> CheckOptions:
    who = Account(login=arguments.by, number=arguments.by_id) if arguments.by or arguments.by_id else None
    return CheckOptions(
        now=arguments.clock, version=__version__, offline=arguments.offline, who=who, vouched=arguments.override
    )


def _within(root: Path, file: Path) -> str:
    """The path of a file below the planet's root. Raises PlanetError where it is not below it."""
    found = next((path for path in (file.absolute(), root / file) if path.is_file()), None)
    if found is None:
        raise PlanetError(f"there is no file {file}; name one in authors/ or posts/")
    try:
        return found.relative_to(root).as_posix()
    except ValueError as error:
        raise PlanetError(f"{file} lies outside the planet; name a file in authors/ or posts/") from error


def _tell(verdict: CheckResult, format_: str) -> None:
    if format_ == "json":
        print_line(check.format_json(verdict))
        return
    if format_ == "github":
        for remark in (*verdict.remarks, *check.feed_notices(verdict)):
            told = f"{remark.reason}; {remark.remedy}" if remark.remedy else remark.reason
            annotate(remark.level, remark.file, remark.line, TITLE, told)
        return
    for line in check.format_lines(verdict):
        print_line(line)


def run_comment(arguments: argparse.Namespace) -> int:
    """Comments on the pull request that a run checked."""
    number = comment(GitHub(arguments.repository), arguments.run)
    print_line(f"commented on pull request {number}" if number else "there is no open pull request to comment on")
    return DONE


def run_form(arguments: argparse.Namespace) -> int:
    """Carries out the wish of a filled issue form, on GitHub with `--repository`."""
    root = arguments.root.resolve()
    try:
        event = json.loads(arguments.event.read_text("utf-8"))
        wish = forms.read(event)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlanetError(f"{arguments.event} is not the event of an issue ({error!r})") from error
    if wish is None:
        print_line("this issue is not one of the planet's forms")
        return DONE
    terms = CheckOptions(now=arguments.clock, version=__version__)
    found = forms.carry_out(wish, root, archive_tree.read(root).posts, terms)
    if arguments.repository:
        branch = event["repository"]["default_branch"]
        page = forms.answer(GitHub(arguments.repository), wish, found, branch=branch)
        print_line(f"offered at {page}" if page else "told on the issue what to mend")
        return DONE
    for line in [found.reason] if found.reason else check.format_lines(found.verdict):
        print_line(line)
    for path, text in found.offer.files.items() if found.offer else ():
        print_line(f"{path}:\n{text}" if text is not None else f"{path}: removed")
    return DONE if found.good else EXPLAINED


def run_health(arguments: argparse.Namespace) -> int:
    """Says how the feeds are, and has it mended and told."""
    root = arguments.root.resolve()
    planet = config.load(root, version=__version__)
    found = health.health(planet, state.load(root).feeds, arguments.clock)
    texts = {f"authors/{path.name}": path.read_text("utf-8") for path in (root / "authors").glob("*.yaml")}
    mended = health_fixes.mend(found, texts)
    told = [health.to_json(found)] if arguments.format == "json" else list(health.to_lines(found))
    if arguments.mend:
        for path, text in mended.files.items():
            (root / path).write_text(text, "utf-8")
    if arguments.repository:
        told += feed_issues.report_health(GitHub(arguments.repository), planet, found, mended)
    for line in (*told, *mended.left):
        print_line(line)
    if arguments.summary:
        lines = "".join(f"- {markdown.words(line, 2048)}\n" for line in (*health.to_lines(found), *mended.left))
        add_to(arguments.summary, f"### How the feeds are\n\n{lines or 'All that were read lately are well.'}\n")
    return DONE
