"""Show a story that several members tell once, as its owner's: the others' tellings become its `also_at`. Pure.

Main function: `drop_duplicates`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from generator.models import Change, Kind, Post, PostHead, dates, url_key
from generator.plan.originals import FeedHosts, addresses
from generator.plan.similarity import FEW, nearly_same_text, retells, same_text, wording

NEAR = timedelta(days=3)
"""How far apart two tellings of one story under one title may be."""
MAX_ALSO = 10
"""Addresses of others that a post names: nobody fills another's post with links."""
_COMPARED = 20
"""Posts with the same title or first sentences that one is compared with."""
_NEVER = datetime.max.replace(tzinfo=UTC)


def drop_duplicates(
    changes: Sequence[Change], archive: Collection[PostHead], whole: Callable[[PostHead], Post]
) -> tuple[list[Change], list[str]]:
    """Return the changes without new posts that tell another member's story, and a note for each of those.

    Whose a story is `FeedHosts` decides, else who came first. Where that is a new post, the copy that the archive has
    says where its original is. `whole` gives the post of a head of the archive; it is asked for those that may be the
    same story.
    """
    new = [change for change in changes if change.kind is Kind.ADD]
    if not new:
        return list(changes), []
    stories = _Stories(changes, archive, whole)
    since = _since(archive)
    for change in sorted(new, key=lambda change: _turn(change.post, since)):
        stories.take(change)
    return list(stories.changes.values()), stories.notes


class _Stories:
    """What has been told, by address, title and first sentences, and what that makes of the changes."""

    def __init__(
        self, changes: Sequence[Change], archive: Iterable[PostHead], whole: Callable[[PostHead], Post]
    ) -> None:
        self._whole = whole
        self._wanted = {key for change in changes for key in _keys(change.post)}
        """What is asked: of most posts of the archive nothing is."""
        self._posts: dict[str, PostHead] = {}
        self._paths: defaultdict[tuple[str, str], defaultdict[str, dict[str, None]]]
        self._paths = defaultdict(lambda: defaultdict(dict))
        """By key and nick."""
        self.hosts = FeedHosts()
        self.changes: dict[str, Change] = {}
        self.notes: list[str] = []
        for post in archive:
            self._add(post)
        self.hosts.add((*self._posts.values(), *(change.post for change in changes)))
        for change in changes:
            if change.kind is not Kind.ADD:
                self._put(change)

    def take(self, change: Change) -> None:
        """Add a new post, or leave it out as the copy of another."""
        post, copies, strangers = change.post, [], list[Post]()
        for other in self._candidates(post):
            original, copy = (post, other) if self.hosts.outranks(post, other) else (other, post)
            if not _same(original, copy):
                strangers += [other] if addresses(post) & addresses(other) else []
            elif copy is post:
                self.notes.append(f"{post.path}: {other.nick} has told this before in {other.path}; it was not added")
                self._revise(_naming(other, post))
                return
            else:
                copies.append(other)
        self.notes += (
            f"{post.path}: it tells other words under the address of {other.path}; both are kept"
            for other in strangers[:1]
        )
        for copy in copies:
            post = self._own(post, copy)
        self._put(replace(change, post=post))

    def _own(self, post: Post, copy: Post) -> Post:
        """Return the original that names its copy, which leads to it from now on, or is not added where it is new."""
        reason = f"this is the post of {post.nick}, whose feed lies at its address"
        change = self.changes.get(copy.path)
        if change and change.kind is Kind.ADD:
            del self.changes[copy.path]
            self.notes.append(f"{copy.path}: {reason}; it was not added")
        else:
            self._revise(replace(copy, original=post.path))
            self.notes.append(f"{copy.path}: {reason}; it leads to {post.path} now")
        self._posts.pop(copy.path)
        return _naming(post, copy)

    def _revise(self, post: Post) -> None:
        """Take in what becomes of a post that was there before."""
        before = self._whole(self._posts[post.path])
        if post != before:
            change = self.changes.get(post.path, Change(kind=Kind.REVISE, post=post, before=before))
            self._put(replace(change, post=post))

    def _put(self, change: Change) -> None:
        self.changes[change.post.path] = change
        self._add(change.post)

    def _add(self, post: PostHead) -> None:
        """Take the post in, or its newer state."""
        self._posts[post.path] = post
        for key in self._wanted.intersection(_keys(post)):
            self._paths[key][post.nick][post.path] = None

    def _candidates(self, post: Post) -> Iterator[Post]:
        """Yield posts by other members that may tell the same, those at the same address first, in their order."""
        seen: set[str] = set()
        for key in _keys(post):
            others = (path for nick, paths in self._paths[key].items() if nick != post.nick for path in paths)
            standing = (path for path in others if path in self._posts and self._posts[path].is_standing)
            for path in list(islice(standing, _COMPARED)):
                if path not in seen:
                    seen.add(path)
                    yield self._whole(self._posts[path])


def _since(archive: Iterable[PostHead]) -> dict[str, datetime]:
    """Return since when each nick has had posts."""
    since: dict[str, datetime] = {}
    for post in archive:
        since[post.nick] = min(since.get(post.nick, _NEVER), post.first_seen or _NEVER)
    return since


def _turn(post: Post, since: Mapping[str, datetime]) -> tuple[datetime, datetime, str]:
    """Return when a new post is looked at: older members first, since a date is no more than what a feed says.

    An undated one is as young as when it was found.
    """
    return since.get(post.nick, _NEVER), dates.moment(post.date), post.path


def _naming(post: Post, other: Post) -> Post:
    """Return the post with the other one's addresses, and shown where that one would have been."""
    by_key = {url_key(url): url for url in (*post.also_at, other.canonical_url, *other.also_at) if url}
    by_key.pop(url_key(post.canonical_url), None)
    editions = tuple(key for key in other.editions if key not in post.editions) if post.editions else ()
    also_at = tuple(islice(by_key.values(), max(MAX_ALSO, len(post.also_at))))
    return replace(post, also_at=also_at, editions=post.editions + editions)


def _keys(post: PostHead) -> Iterator[tuple[str, str]]:
    """Yield what two tellings of one story have in common: one of these at least."""
    heads = {"page": url_key(post.canonical_url), "title": post.title.casefold(), "beginning": post.description}
    yield from ((name, value) for name, value in heads.items() if value)
    yield from (("page", url_key(url)) for url in post.also_at)
    if post.guid.startswith("http"):
        yield "guid", post.guid
    if isinstance(post, Post) and (text := wording(post.body)).is_long:
        yield "text", text.key


def _places(post: PostHead) -> set[str]:
    """Return the keys of the addresses that a post claims, and of those where it was told before."""
    return addresses(post) | {url_key(url) for url in post.also_at}


def _same(post: Post, copy: Post) -> bool:
    """Return whether the copy tells the post's story: in its words, or where both claim an address, one in part.

    Few words under an address say little: some feeds have one for all that they tell.
    """
    text, copied = wording(post.body), wording(copy.body)
    title = post.title.casefold() == copy.title.casefold()
    if _places(post) & _places(copy):
        enough = min(len(it.different) for it in (text, copied)) >= FEW
        enough = enough or (title and (bool(post.title) or text.key == copied.key))
        return enough and retells(copied, text)
    near = abs(dates.moment(post.date) - dates.moment(copy.date)) <= NEAR
    return same_text(text, copied) or (bool(post.title) and title and near and nearly_same_text(text, copied))
