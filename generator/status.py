"""Settings, archive and cache → how each feed is, one line each. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from generator import posts
from generator.cache import Remembered
from generator.model import FeedSource, Planet, Post


def status(planet: Planet, archive: Iterable[Post], feeds: Mapping[str, Remembered]) -> Iterator[str]:
    """A line a feed, authors in order: is it read, held or failing, and what has come of it."""
    by_feed: dict[str, list[Post]] = {}
    for post in archive:
        by_feed.setdefault(post.feed, []).append(post)
    for author in planet.authors:
        for source in author.feeds:
            state = author.status if author.status != "active" else _state(author.nick, feeds.get(source.url))
            yield f"{author.nick}  {source.url}  {_posts(source, by_feed)}  {state}"


def _posts(source: FeedSource, by_feed: Mapping[str, list[Post]]) -> str:
    own = by_feed.get(source.url, [])
    if not own:
        return "no posts"
    newest = max(posts.moment(post.date) for post in own).date()
    return f"{len(own)} post{'' if len(own) == 1 else 's'}, newest {newest}"


def _state(nick: str, known: Remembered | None) -> str:
    if known is None:
        return "not read yet, or not since the cache was lost"
    if known.outcome.startswith("held: "):
        return f"{known.outcome}; see it, then run `gitplanet release {nick}`"
    return f"failing: {known.outcome}" if known.outcome else "ok"
