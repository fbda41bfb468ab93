"""Count the posts of each member and feed (`feed_totals`). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.models import PostHead, dates
from generator.site.views.post import direction, first_words, language, page_path


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest post of a feed, as a link shows it: the fields are those of a `PostView`."""

    title: str
    words: str
    page: str
    language: str
    direction: str


FeedKey = tuple[str, str]
"""Nick and address: several members may share the address."""


@dataclass(frozen=True, kw_only=True)
class FeedTotals:
    """What stands of one feed under one nick."""

    posts: int
    """How many there are."""
    newest: Newest


def feed_totals(posts: Iterable[PostHead], zone: ZoneInfo) -> dict[FeedKey, FeedTotals]:
    """By nick and feed; withdrawn posts and copies do not count."""
    by_feed: dict[FeedKey, list[PostHead]] = {}
    for post in posts:
        if post.is_standing:
            by_feed.setdefault((post.nick, post.feed), []).append(post)
    return {feed: FeedTotals(posts=len(own), newest=_newest(own, zone)) for feed, own in by_feed.items()}


def _newest(posts: Iterable[PostHead], zone: ZoneInfo) -> Newest:
    post = max(posts, key=lambda head: dates.sort_key_in(head, zone))
    return Newest(
        title=post.title,
        words=first_words(post),
        page=quote(page_path(post)),
        language=language(post.lang),
        direction=direction(post.lang),
    )
