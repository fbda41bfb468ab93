"""Posts that change, recorded in git as the robot does it: for tests of what is told about them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from generator import config
from generator.archive import paths
from generator.git import Repository
from generator.models import Change, Kind, Post
from generator.plan.content import VERSION
from generator.update.commits import commit_of, planet_identity
from tests.support.planets import Root


def day(number: int, hour: int = 8) -> datetime:
    """A moment in October 2019."""
    return datetime(2019, 10, number, hour, tzinfo=UTC)


def new(number: int = 1, **more: Any) -> Post:
    """A post of larry's as the robot would write it."""
    guid, title = more.pop("guid", f"tag:larry,2019:{number}"), more.pop("title", f"Post {number}")
    fields = {
        "nick": "larry",
        "author": "Larry the Cow",
        "date": more.get("date") or day(number),
        "canonical_url": f"https://larry.example/{number}",
        "feed": "https://larry.example/feed",
        "first_seen": more.get("first_seen") or day(number, 9),
        "lang": "en",
        "body": f"The first paragraph of post {number}.\n\nThe second one stays as it is.\n\nThe third has some words.",
    } | more
    path = paths.new_path(fields["nick"], fields["date"], title, guid)
    post = Post(path=path, title=title, guid=guid, **fields)
    return replace(post, digest=digest_of(post))


def digest_of(post: Post) -> str:
    """Another one for each title and text."""
    return VERSION + hashlib.sha256(f"{post.title}\n{post.body}".encode()).hexdigest()[:32]


def add(root: Root, *those: Post, at: datetime) -> None:
    """The robot adds posts."""
    _record(root, [Change(kind=Kind.ADD, post=post) for post in those], at)


def revise(root: Root, post: Post, *, at: datetime, **fields: Any) -> Post:
    """The robot writes a post anew, which it returns."""
    changed = replace(post, **fields)
    changed = replace(changed, digest=digest_of(changed))
    _record(root, [Change(kind=Kind.REVISE, post=changed, before=post)], at)
    return changed


def revise_all(root: Root, bodies: Mapping[Post, str], *, at: datetime) -> list[Post]:
    """The robot writes many posts anew in one run; returns them in the same order."""
    changed = [replace(post, body=body, digest=digest_of(replace(post, body=body))) for post, body in bodies.items()]
    changes = [Change(kind=Kind.REVISE, post=new, before=old) for old, new in zip(bodies, changed, strict=True)]
    _record(root, changes, at)
    return changed


def retitle(root: Root, post: Post, titles: Iterable[str], *, at: datetime) -> Post:
    """The robot gives a post one title after the other; returns it with the last."""
    changes = []
    for title in titles:
        changed = replace(post, title=title)
        changed = replace(changed, digest=digest_of(changed))
        changes.append(Change(kind=Kind.REVISE, post=changed, before=post))
        post = changed
    _record(root, changes, at)
    return post


def by_hand(root: Root, path: str, text: str | None, message: str = "Mend") -> None:
    """A person writes a file, or removes it."""
    file = root.path / path
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    root.commit(message)


def _record(root: Root, changes: list[Change], at: datetime) -> None:
    planet = config.load(root.path)
    with Repository(root.path) as repository:
        commits = [commit_of(change, planet, at) for change in changes]
        repository.record(commits, committer=planet_identity(planet), now=at, folder="posts")
