"""Decide whose a story is that two members tell, by where their feeds lie: `FeedHosts`. Pure.

Words, dates, GUIDs and links are a feed's own claims, and anybody can copy them. The address of a feed is no claim: it
stands in a reviewed file, and nobody but the owner of the host can serve it. So the feed that lies at a page's address
decides, as far down its path as it goes; a homepage, which an author file may call its own, decides nothing.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable

from generator.models import PostHead, url_key

_ALONE = 1 << 20
"""Of a host with the feeds of one member only, which outweighs any path."""


class FeedHosts:
    """The hosts of feeds from which posts came, and the members who have feeds there."""

    def __init__(self) -> None:
        self._nicks: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, posts: Iterable[PostHead]) -> None:
        """Take note of the feeds of these posts. Feeds that somebody had once count: a host may change hands."""
        for nick, feed in {(post.nick, post.feed) for post in posts if post.feed}:
            self._nicks[_place(feed)[0]].add(nick)

    def outranks(self, post: PostHead, other: PostHead) -> bool:
        """Return whether the feed of `post` lies nearer to an address that both claim: then `other` is the copy.

        Where neither does, or both alike, nothing is decided, and who came first stays.
        """
        shared = addresses(post) & addresses(other)
        near, far = (max((self._nearness(it, key) for key in shared), default=0) for it in (post, other))
        return near > far

    def _nearness(self, post: PostHead, key: str) -> int:
        """Return how near the post's feed lies to an address: the folders that both have, on a host that they share.

        A host where two members have feeds says nothing by itself.
        """
        (host, folders), (page_host, page_folders) = _place(post.feed), _split(key)
        if not host or host != page_host:
            return 0
        if len(self._nicks[host]) < 2:
            return _ALONE
        return len(posixpath.commonprefix((folders, page_folders)))


def addresses(post: PostHead) -> set[str]:
    """Return the keys of the addresses that a post claims: its page's, and its GUID where that is one."""
    return {url_key(url) for url in (post.canonical_url, post.guid) if url.startswith(("http://", "https://"))}


def _place(url: str) -> tuple[str, tuple[str, ...]]:
    return _split(url_key(url))


def _split(key: str) -> tuple[str, tuple[str, ...]]:
    """Return the host, with its port, and the folders of an address; none of one that may lead up again by its dots."""
    host, _, path = key.partition("?")[0].partition("/")
    return host, () if ".." in path or "%" in path else tuple(filter(None, path.split("/")))
