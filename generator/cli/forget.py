"""`gitplanet forget`: withdraw posts: tombstones stay, and nothing comes back."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator import __version__, config
from generator.archive.history import index
from generator.cli import DONE
from generator.cli.output import print_line
from generator.errors import RepositoryError
from generator.models import Change
from generator.update import forget

FEW = 3
"""Paths that a command line may hold."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("target", metavar="NICK|POST", help="all posts of an author, or one: path, address or GUID")
    parser.add_argument("--why", required=True, help="the reason, which is published")


def run(args: argparse.Namespace) -> int:
    """Withdraw posts, and say what is left to do."""
    root = args.root.resolve()
    changes = forget(root, config.load_tolerantly(root, version=__version__), args.target, args.why, now=args.clock)
    for change in changes:
        print_line(f"withdrawn: {change.post.path}")
    file = root / "authors" / f"{args.target}.yaml"
    if file.exists():
        print_line(f"authors/{file.name} is still there: new posts will be taken; remove it to end that")
    for line in _what_erasing_takes(root, changes):
        print_line(line)
    return DONE


def _what_erasing_takes(root: Path, changes: Sequence[Change]) -> Iterator[str]:
    """Yield lines on the texts that git's past keeps, by every path that they ever had."""
    own = [change.post.path for change in changes]
    alone = [path for change in changes if (path := change.post.path) == (change.before or change.post).path]
    paths = [*(path for path in _ever(root, changes) if path not in own), *alone]
    yield "git's past keeps the text; to erase it there, run this in a fresh clone, and push it by force:"
    if len(paths) <= FEW:
        yield f"    git filter-repo --invert-paths {' '.join(f'--path {path}' for path in paths)}"
    else:
        yield "    git filter-repo --invert-paths --paths-from-file LIST"
        yield f"    where the file LIST holds these {len(paths)} lines:"
        yield from (f"    {path}" for path in paths)
    for path in alone:
        yield f"    that takes the tombstone along: save {path} before, and commit it again"
    yield "others keep it even so: clones and forks until they follow, the host in its caches until you ask it to empty"
    yield "them, and every witness: feed readers, search engines, archives of the web"


def _ever(root: Path, changes: Sequence[Change]) -> Iterable[str]:
    """Return the paths at which the posts stood, now or before, as far as the repository tells."""
    paths = [change.before.path for change in changes if change.before]
    try:
        lives = index.lives(root, "HEAD")
    except RepositoryError:
        return paths
    steps = (step for change in changes for step in lives[change.post.path].steps)
    return dict.fromkeys([*(path for step in steps for path in (step.former, step.path) if path), *paths])
