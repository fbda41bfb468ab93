"""Replace posts by tombstones, each in a commit of its own: `forget`."""

from datetime import datetime
from pathlib import Path

from generator.archive import named, tombstone
from generator.archive import tree as archive_tree
from generator.errors import FileError, PlanetError
from generator.git import Repository
from generator.models import Change, Kind, Planet
from generator.update.commits import commit_of, planet_identity


def forget(root: Path, planet: Planet, target: str, why: str, *, now: datetime) -> list[Change]:
    """Withdraws the posts that `target` names: a nick, or a post's path, file name, address or GUID.

    The files stay as tombstones, by which the robot knows the posts and never brings them back. What git's past holds
    of them stays there. Raises PlanetError where there is nothing to withdraw, or no reason.
    """
    reason = " ".join("".join(sign if sign.isprintable() else " " for sign in why).split())
    if not reason:
        raise PlanetError('a withdrawal needs a reason; give it with --why "…"')
    with Repository(root) as repository:
        repository.prepare(archive_tree.FOLDER)
        tree = archive_tree.read(root)
        if tree.problems:
            raise FileError(tree.problems)
        chosen = [post for post in named(tree.posts, target) if post.withdrawn is None]
        if not chosen:
            raise PlanetError(f"no post stands under {target!r}; give a nick, or a post's path, address or GUID")
        changes = [Change(kind=Kind.WITHDRAW, post=tombstone(post, reason, now), before=post) for post in chosen]
        commits = [commit_of(change, planet, now) for change in changes]
        repository.record(commits, committer=planet_identity(planet), now=now, folder=archive_tree.FOLDER)
    return changes
