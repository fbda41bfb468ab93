"""`gitplanet build`: the tree to a site."""

import argparse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator import __version__, cache, config
from generator.build import UNKNOWN, BuildReport, InputsKey, Manifest, incremental, inputs_key, made_by
from generator.cli import DONE, EXPLAINED
from generator.cli.output import count, print_line
from generator.cli.times import parse_revision
from generator.git import Snapshot, file_versions, take_snapshot
from generator.models import Planet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--out", metavar="DIR", type=Path, help="where to (default: ROOT/_site)")
    parser.add_argument("--base-url", metavar="URL", default="", help="where the site will live")
    parser.add_argument("--at", metavar="REV-OR-DATE", type=parse_revision, help="the site as it was then")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a post or page had to be left out")


def run(args: argparse.Namespace) -> int:
    """Of the work tree, or of the planet as it was at `--at`."""
    root = args.root.resolve()
    if not args.at:
        return _build(args, root, None)
    with take_snapshot(root, args.at) as then:
        return _build(args, root, then)


def _build(args: argparse.Namespace, root: Path, then: Snapshot | None) -> int:
    planet = _planet(root, then)
    if args.base_url:
        planet = replace(planet, url=args.base_url.rstrip("/") + "/")
    maker = made_by(root)
    folder = Manifest(args.out or root / "_site", root / cache.FOLDER, maker)
    made_of, left = (UNKNOWN, False) if then else _state(root, maker, planet.url, folder)
    same = made_of.tree and folder.made_of[:1] == (made_of.tree,) and left
    if same and folder.made_of == made_of:
        print_line(f"{folder.files} files: nothing has changed")
        return DONE
    from generator.build.pipeline import build_states

    standing = incremental.recall_totals(root, made_of.tree) if same else None
    if standing is None:
        report, summary = _whole(planet, root, folder, then, made_of)
    else:
        report = build_states(planet, standing, root=root, folder=folder, made_of=made_of)
        summary = "only how feeds are has changed"
    for line in report.lines(summary):
        print_line(line)
    return EXPLAINED if args.strict and report.problems else DONE


def _planet(root: Path, then: Snapshot | None) -> Planet:
    """The planet, as far as author files are right; the others as the history up to then has them."""
    if then is None:
        return config.load_tolerantly(root, version=__version__)
    past = partial(file_versions, root, ["authors", "pyproject.toml"], at=then.commit)
    return config.load_tolerantly(then.folder, version=__version__, past=past)


def _whole(
    planet: Planet, root: Path, folder: Manifest, then: Snapshot | None, made_of: InputsKey
) -> tuple[BuildReport, str]:
    """Builds all of the site, and says of what."""
    from generator.archive import index
    from generator.build.pipeline import build

    (root / cache.FOLDER).mkdir(exist_ok=True)
    tree = index.read(then.folder if then else root)
    report = build(
        planet,
        tree.heads,
        root=root,
        out=folder,
        versions=tree.versions,
        then=then,
        made_of=UNKNOWN if tree.problems else made_of,
    )
    report = replace(report, problems=(*map(str, planet.faults), *map(str, tree.problems), *report.problems))
    summary = f"{count(tree.heads, 'post')} of {count(planet.authors, 'author')}"
    return report, summary + (f", as of commit {then.commit[:12]}" if then else "")


def _state(root: Path, maker: str, url: str, folder: Manifest) -> tuple[InputsKey, bool]:
    """The stamp of the planet, and whether the folder is as it was left: git tells one while we look at the other."""
    with ThreadPoolExecutor(1) as helper:
        future = helper.submit(inputs_key, root, maker, url)
        left = folder.is_left()
        return future.result(), left
