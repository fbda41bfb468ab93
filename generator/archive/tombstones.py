"""Find posts by a name that people give (`named`), and make what is left of a withdrawn post (`tombstone`)."""

from collections.abc import Sequence
from datetime import datetime

from generator.archive.paths import path_without_words
from generator.archive.post_file import FIELDS
from generator.models import Post, url_key


def named(posts: Sequence[Post], target: str) -> list[Post]:
    """Return the posts that a nick, or a post's path, file name, address or GUID names."""
    own = [post for post in posts if post.nick == target]
    if own:
        return own
    name = target.removeprefix("./")
    by_path = [post for post in posts if post.path == name or post.path.endswith(f"/{name}")]
    return by_path or [post for post in posts if _is_called(post, target)]


def _is_called(post: Post, target: str) -> bool:
    page = bool(post.canonical_url) and url_key(post.canonical_url) == url_key(target)
    return page or target in (post.guid, *post.former_guids)


def tombstone(post: Post, reason: str, now: datetime) -> Post:
    """Return what is left of a post: what it takes to know it again, and why it is gone: no word of it is in the
    path.
    """
    lasting = {field.name: getattr(post, field.name) for field in FIELDS if field.lasts}
    return Post(**{**lasting, "path": path_without_words(post), "withdrawn": now, "reason": reason})
