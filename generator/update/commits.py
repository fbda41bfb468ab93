"""Build the commit that writes a change: `commit_of`. Pure."""

from dataclasses import replace
from datetime import datetime

from generator.archive import post_file
from generator.git import Commit, Person
from generator.models import ROBOT, Change, Kind, Planet, Post, dates
from generator.update import commit_message


def planet_identity(planet: Planet) -> Person:
    """Return the planet itself, as committer."""
    return Person(name=planet.title, email=ROBOT)


def commit_of(change: Change, planet: Planet, now: datetime, *, by: Person | None = None) -> Commit:
    """Return the commit that writes a change seen at `now`: by the blog's author, or by whom a command was run (`by`).

    What the planet itself did is its own. The author date is when that was made: of a new post its date.
    """
    post = change.post
    own = change.kind in (Kind.WITHDRAW, Kind.REPAIR) or _only_names_another(change)
    return Commit(
        path=post.path,
        text=post_file.to_text(post),
        message=commit_message.message(change),
        author=by or (planet_identity(planet) if own else _writer(post, planet)),
        written=now if own else _made(change, now),
    )


def _only_names_another(change: Change) -> bool:
    """Return whether nothing changed but what the planet says of other members' tellings of the post."""
    post, before = change.post, change.before
    if before is None or (post.also_at, post.original) == (before.also_at, before.original):
        return False
    return replace(post, also_at=before.also_at, original=before.original, editions=before.editions) == before


def _made(change: Change, now: datetime) -> datetime:
    """Return when the author wrote this: of a revision when the feed says so anew, else when it was seen."""
    post, before = change.post, change.before
    date = dates.moment(post.date)
    if before is None:
        return date
    updated = dates.moment(post.updated) if post.updated and post.updated != before.updated else date
    return min(updated, now) if updated > date else now


def _writer(post: Post, planet: Planet) -> Person:
    """Return who wrote it: by the byline, else whoever has the post's nick now; of a nick that nobody has, by the
    post's name.

    Somebody else than the member is named without the member's address, by which forges know whose work it is.
    """
    member = next((author for author in planet.authors if author.nick == post.nick), None)
    email = member.email if member and not post.byline else ""
    name = post.byline or (member.name if member else post.author or post.nick)
    return Person(name=name, email=email or f"{post.nick}@planet.invalid")
