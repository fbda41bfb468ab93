"""Replace posts by tombstones: `forget`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator.archive import named, tombstone
from generator.archive import tree as archive_tree
from generator.archive.paths import date_and_digits
from generator.errors import FileError, PlanetError
from generator.git import Commit, Repository
from generator.models import Change, Kind, Planet, Post
from generator.update.commits import commit_of, planet_identity


def forget(root: Path, planet: Planet, target: str, why: str, *, now: datetime) -> list[Change]:
    """Withdraw the posts that `target` names: a nick, or a post's path, file name, address or GUID.

    Other members' copies of them go with them. The files stay as tombstones, by which the robot knows the posts and
    never brings them back. What git's past holds of them stays there. Raises PlanetError where there is nothing to
    withdraw, or no reason.
    """
    reason = " ".join("".join(sign if sign.isprintable() else " " for sign in why).split())
    if not reason:
        raise PlanetError('a withdrawal needs a reason; give it with --why "…"')
    with Repository(root) as repository:
        repository.prepare(archive_tree.FOLDER)
        tree = archive_tree.read(root)
        chosen = [post for post in named(tree.posts, target) if post.withdrawn is None]
        broken = [problem for problem in tree.problems if not chosen or f"/{target}/" in problem.file]
        if broken:
            raise FileError(tuple(broken))
        if not chosen:
            raise PlanetError(f"no post stands under {target!r}; give a nick, or a post's path, address or GUID")
        chosen += _copies(chosen, tree.posts)
        changes = [Change(kind=Kind.WITHDRAW, post=tombstone(post, reason, now), before=post) for post in chosen]
        _refuse_taken(changes, tree.posts)
        robot = planet_identity(planet)
        by = repository.person or robot
        commits = (
            part for change in changes for part in _commits(commit_of(change, planet, now, by=by), change.before)
        )
        repository.record(commits, committer=robot, now=now, folder=archive_tree.FOLDER)
    return changes


def _copies(chosen: Sequence[Post], posts: Sequence[Post]) -> list[Post]:
    """Return what other members tell of these posts as copies, which lead to them."""
    names = {date_and_digits(post.path) for post in chosen}
    copies = (post for post in posts if post.original and not post.withdrawn and post not in chosen)
    return [post for post in copies if date_and_digits(post.original) in names]


def _refuse_taken(changes: Sequence[Change], posts: Sequence[Post]) -> None:
    """Raise PlanetError where another file stands where a tombstone is to be."""
    others = {post.path for post in posts} - {change.before.path for change in changes if change.before}
    for change in changes:
        if change.post.path in others:
            raise PlanetError(f"{change.post.path} is there already; it must go first")


def _commits(commit: Commit, post: Post | None) -> Iterator[Commit]:
    """Yield a commit in which the text goes, and one for the words of the path, if there are any.

    So git knows the file again, which it does only where most of it stays, and `git log --follow` leads on to the post.
    Who erases the old path from git's past keeps the tombstone.
    """
    old = post.path if post else commit.path
    yield replace(commit, path=old)
    if commit.path != old:
        yield replace(commit, files={old: None})
