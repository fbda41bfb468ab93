"""Lay out the page of links that several authors shared in the last week, and its feed (`pages`, `trends`). Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from generator import markup
from generator.models import Page, urls
from generator.site.context import Site, frame
from generator.site.views.author import AuthorView
from generator.site.views.post import PostView

WEEK = timedelta(days=7)
LATELY = timedelta(days=2)
MOST = 20
"""Links that are told."""
VOTERS = 2
"""Authors that it takes."""
SHORTEST, LONGEST = 8, 120
"""Letters that a link's words need to be its name, and at most have."""


@dataclass(frozen=True, kw_only=True)
class Vote:
    """One author who links to an address; however many posts say it, it is one vote."""

    author: AuthorView
    posts: tuple[PostView, ...]
    """Those with the link, newest first."""


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A link that several authors share."""

    url: str
    name: str
    """What most of the authors call it; where that says nothing, host and path."""
    post: PostView | None
    """The link's own post, where it is one of the planet's."""
    votes: tuple[Vote, ...]
    """The newest first."""
    weight: float
    """Sum over the votes of 1 - (age / week)², so that a vote of today counts one and one of last week nothing."""
    rising: bool
    """Whether at least half of the votes are of the last two days."""
    seen: datetime
    """When the planet saw the newest of the posts with the link."""

    @property
    def host(self) -> str:
        """Where the link leads, for showing."""
        return urls.host(self.url)

    @property
    def uri(self) -> str:
        """The id of the link in a feed."""
        return uuid5(NAMESPACE_URL, f"trend {urls.url_key(self.url)}").urn


@dataclass(frozen=True, kw_only=True)
class _Link:
    """What one author calls an address, in one place."""

    post: PostView
    url: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Trending:
    """The trending links of a planet, looked for when they are asked for: that takes the bodies of a week's posts."""

    standing: Sequence[PostView]

    @cached_property
    def links(self) -> tuple[Trend, ...]:
        """The weightiest first."""
        return trends(self.standing)

    @property
    def updated(self) -> datetime:
        """When the planet saw the newest post that has one of them."""
        return max((trend.seen for trend in self.links), default=datetime(1970, 1, 1, tzinfo=UTC))


def pages(site: Site) -> Iterator[Page]:
    """The page of trending links and its feed."""
    trending = Trending(standing=site.standing)
    yield frame(site, "trends/index.html", "pages/trends.html", trending=trending)
    yield frame(site, "trends.xml", "feeds/trends.xml", root=site.planet.url, trending=trending)


def week(standing: Sequence[PostView]) -> Sequence[PostView]:
    """The posts, newest first, of the seven days that end with the newest of them: no clock is asked."""
    return [post for post in standing if standing[0].published - post.published < WEEK]


def trends(standing: Sequence[PostView]) -> tuple[Trend, ...]:
    """What the planet linked to in the week before its newest post; the weightiest first. `standing` is newest first.

    As Venus' memes had it: one vote an author, at least two authors, and at least one post that has not been told for a
    weightier link, or the many links of one shared list would fill the page. An author's links to the own site do not
    count, nor do those to licences; links to another member's post do, even at the same host. Only the posts of that
    week are read, and of them those whose date is known.
    """
    links = [link for post in week(standing) if not post.undated for link in _links(post)]
    hosts = {urls.host(link.url) for link in links}
    posts_by_link = {urls.url_key(post.link): post for post in reversed(standing) if post.host in hosts}
    gathered: dict[str, list[_Link]] = {}
    for link in links:
        key = urls.url_key(link.url)
        if _leads_elsewhere(link, posts_by_link.get(key)):
            gathered.setdefault(key, []).append(link)
    candidates = [_trend(same, posts_by_link.get(key), standing[0].published) for key, same in gathered.items()]
    shared = [trend for trend in candidates if len(trend.votes) >= VOTERS]
    return tuple(islice(_novel(sorted(shared, key=lambda trend: (-trend.weight, trend.url))), MOST))


_LICENCE = re.compile(r"https?://creativecommons\.org/(licenses|publicdomain)/")
"""What stands below many a post and is no news."""


def _links(post: PostView) -> Iterator[_Link]:
    for address, words in markup.links(post.body.html):
        url = urls.without_tracking(urls.safe_url(address))
        if url and not _LICENCE.match(url):
            yield _Link(post=post, url=url, words=words)


def _leads_elsewhere(link: _Link, target: PostView | None) -> bool:
    """Say whether it leads away from the author's own site; `target` is the planet's post that it leads to, if any."""
    if target:
        return target.author.nick != link.post.author.nick
    own = (link.post.link, link.post.author.homepage, link.post.feed)
    return urls.host(link.url) not in {urls.host(url) for url in own}


def _trend(links: Sequence[_Link], target: PostView | None, now: datetime) -> Trend:
    """What became of the links to one address, which come with the newest post first."""
    by_nick: dict[str, dict[str, PostView]] = {}
    for link in links:
        by_nick.setdefault(link.post.author.nick, {})[link.post.anchor] = link.post
    votes = [tuple(posts.values()) for posts in by_nick.values()]
    ages = [now - posts[0].published for posts in votes]
    return Trend(
        url=target.link if target else links[0].url,
        name=_name(links),
        post=target,
        votes=tuple(Vote(author=posts[0].author, posts=posts) for posts in votes),
        weight=sum(1 - (age / WEEK) ** 2 for age in ages),
        rising=2 * sum(age <= LATELY for age in ages) >= len(ages),
        seen=max(link.post.source.first_seen or link.post.published for link in links),
    )


def _name(links: Sequence[_Link]) -> str:
    """What most authors call it, the longer of two; where that is an address or a mere "here", host and path."""
    said = {(link.post.author.nick, link.words) for link in links if _says_something(link.words)}
    counted = Counter(words for _nick, words in said)
    if counted:
        words = max(counted, key=lambda words: (counted[words], len(words), words))
        return words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] + "…"
    parts = urlsplit(links[0].url)
    return (urls.host(links[0].url) + unquote(parts.path)).rstrip("/")


def _says_something(words: str) -> bool:
    return len(words) >= SHORTEST and not re.match(r"https?:|www\.", words)


def _novel(ordered: Iterable[Trend]) -> Iterator[Trend]:
    """Those with a post that none before them had."""
    anchors_before: set[str] = set()
    for trend in ordered:
        anchors = {post.anchor for vote in trend.votes for post in vote.posts}
        if not anchors <= anchors_before:
            anchors_before |= anchors
            yield trend
