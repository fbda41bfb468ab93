"""A Change → the commit that writes it. Pure."""

from generator import messages, posts
from generator.model import ROBOT, Change, Kind, Planet
from generator.repository import Commit, Person


def keeper(planet: Planet) -> Person:
    """The planet itself, as committer."""
    return Person(name=planet.title, email=ROBOT)


def commit_of(change: Change, planet: Planet) -> Commit:
    """The commit by the blog's author at the post's date; a withdrawal is the planet's own act, at its own time."""
    post = change.post
    email = next((author.email for author in planet.authors if author.nick == post.nick and author.email), "")
    author = Person(name=post.author or post.nick, email=email or f"{post.nick}@planet.invalid")
    withdrawal = change.kind is Kind.WITHDRAW
    return Commit(
        path=post.path,
        text=posts.to_text(post),
        message=messages.message(change),
        author=keeper(planet) if withdrawal else author,
        written=post.withdrawn if withdrawal and post.withdrawn else posts.moment(post.date),
    )
