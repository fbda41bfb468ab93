"""Leave out new posts that another author told before: the first one wins and names the other. Pure.

Main function: `drop_duplicates`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from generator.models import Change, Kind, Post, PostHead, dates, url_key
from generator.plan.similarity import alike

NEAR = timedelta(days=3)
"""How far apart two tellings of one story may be."""


def drop_duplicates(
    changes: Sequence[Change], archive: Iterable[PostHead], whole: Callable[[PostHead], Post]
) -> tuple[list[Change], list[str]]:
    """Return the changes without new posts that another author has told before, and a note for each of those.

    `whole` gives the post of a head of the archive; it is asked for those that may be the same story.

    A story is the same at the same address under one title or with one text, or, elsewhere, with title and text.
    """
    if not any(change.kind is Kind.ADD for change in changes):
        return list(changes), []
    stories = _Stories(archive, whole)
    by_path: dict[str, Change] = {change.post.path: change for change in changes if change.kind is not Kind.ADD}
    for change in by_path.values():
        stories.add(change.post)
    notes: list[str] = []
    for change in sorted((new for new in changes if new.kind is Kind.ADD), key=_age):
        first = stories.twin(change.post)
        if first is None:
            stories.add(change.post)
            by_path[change.post.path] = change
            continue
        notes.append(f"{change.post.path}: {first.nick} has told this before in {first.path}; it was not added")
        named = _naming(first, change.post)
        if named != first:
            earlier = by_path.get(first.path, Change(kind=Kind.REVISE, post=first, before=first))
            by_path[first.path] = replace(earlier, post=named)
            stories.add(named)
    return list(by_path.values()), notes


def _age(change: Change) -> tuple[datetime, str]:
    """Return what the first teller has least of: a telling of unknown age is as young as when it was found."""
    return dates.moment(change.post.date), change.post.path


def _naming(post: Post, other: Post) -> Post:
    """Return the post with the other one's address, and shown where that one would have been."""
    address = other.canonical_url
    addresses = {url_key(url) for url in (post.canonical_url, *post.also_at)}
    more = (address,) if address and url_key(address) not in addresses else ()
    editions = tuple(key for key in other.editions if key not in post.editions) if post.editions else ()
    return replace(post, also_at=post.also_at + more, editions=post.editions + editions)


class _Stories:
    """What has been told, by address and by title."""

    def __init__(self, archive: Iterable[PostHead], whole: Callable[[PostHead], Post]) -> None:
        self._whole = whole
        self._posts: dict[str, PostHead] = {}
        self._paths: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for post in archive:
            self.add(post)

    def add(self, post: PostHead) -> None:
        """Take the post in, or its newer state."""
        self._posts[post.path] = post
        for key in _keys(post):
            self._paths[key][post.path] = None

    def twin(self, post: Post) -> Post | None:
        """Return the same story by another author, the first one seen where there are more."""
        heads = (self._posts[path] for key in _keys(post) for path in self._paths[key])
        others = (self._whole(other) for other in heads if other.nick != post.nick and not other.withdrawn)
        return next((other for other in others if _same(post, other)), None)


def _keys(post: PostHead) -> Iterator[tuple[str, str]]:
    if post.canonical_url:
        yield "page", url_key(post.canonical_url)
    if post.title:
        yield "title", post.title.casefold()


def _same(post: Post, other: Post) -> bool:
    title = post.title.casefold() == other.title.casefold()
    page = bool(post.canonical_url) and url_key(post.canonical_url) == url_key(other.canonical_url)
    if page and title:
        return True
    near = abs(dates.moment(post.date) - dates.moment(other.date)) <= NEAR
    return (page or (title and near)) and alike(post.body, other.body)
