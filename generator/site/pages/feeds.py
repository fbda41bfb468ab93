"""Lay out the feeds of editions, authors and tags, and what else programs read (`pages`). Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.pages.authors import written
from generator.site.views.author import AuthorView
from generator.site.views.edition import EditionView
from generator.site.views.post import PostView

NEWS = ("atom.xml", "rss20.xml", "rss10.xml", "feed.json")
"""Each edition's and author's posts, at the addresses that planets have always had."""
ROLLS = ("opml.xml", "foafroll.xml", "opensearch.xml")
"""What else each edition gives to programs."""
NEWEST = 20
"""Posts in the feeds of one author or tag; those of an edition have as many as its pages."""
LATE = timedelta(days=30)
"""A post that is older than this when it is found is part of somebody's past, and no news."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A feed in the list of an edition's feeds. Who takes it into a reader wants it once, whoever share it."""

    url: str
    authors: tuple[AuthorView, ...]
    """Its members, by name."""
    language: str

    @property
    def name(self) -> str:
        """The names of its members."""
        return ", ".join(author.name for author in self.authors)

    @property
    def homepage(self) -> str:
        """That of all its members; empty where they have several, or none."""
        homepages = {author.homepage for author in self.authors}
        return homepages.pop() if len(homepages) == 1 else ""


def pages(site: Site) -> Iterator[Page]:
    """The feeds of all editions, authors and tags."""
    names: dict[str, Any]
    for edition, shown in site.editions:
        names = {"edition": edition, "title": edition.title, "home": edition.prefix}
        yield from _news(site, shown, _News(folder=edition.prefix, size=site.planet.per_page, names=names))
        for roll in ROLLS:
            yield _roll(site, edition.prefix + roll, f"feeds/{roll}", edition)
    by_nick = written(site)
    for author in site.authors.values():
        yield from of_author(site, author, f"authors/{author.nick}/", by_nick[author.nick])
    for tag, posts in site.tags:
        names = {"title": f"{site.planet.title}: {tag.name}", "home": tag.page}
        tagged = _News(folder=tag.folder, size=NEWEST, kinds=("atom.xml",), archived=False, names=names)
        yield from _news(site, posts, tagged)
    yield from _recommendations(site)


def of_author(site: Site, author: AuthorView, folder: str, posts: Iterable[PostView]) -> Iterator[Page]:
    """The feeds of one author, in a folder."""
    names: dict[str, Any] = {"author": author, "title": author.name, "home": author.page}
    yield from _news(site, posts, _News(folder=folder, size=NEWEST, names=names))


def _recommendations(site: Site) -> Iterator[Page]:
    """The feeds of the edition that has the most, where programs look for them (https://opml.org/blogroll.opml)."""
    edition = max((view for view, _ in site.editions), key=lambda view: len(site.states[view.key].contributors))
    yield _roll(site, ".well-known/recommendations.opml", "feeds/opml.xml", edition)


def _roll(site: Site, path: str, template: str, edition: EditionView) -> Page:
    """Who writes for an edition."""
    state = site.states[edition.key]
    names = {"edition": edition, "title": edition.title, "home": edition.prefix, "state": state}
    names["outlines"] = _outlines(edition, state.contributors)
    return _absolute(site, path, template, updated=state.updated or _NEVER, **names)


def _outlines(edition: EditionView, contributors: Iterable[AuthorView]) -> list[Outline]:
    by_url: dict[str, list[tuple[AuthorView, str]]] = {}
    for author in contributors:
        for feed in author.feeds:
            if not feed.editions or edition.key in feed.editions:
                by_url.setdefault(feed.url, []).append((author, feed.language))
    return [
        Outline(
            url=url,
            authors=tuple(author for author, _ in listed),
            language=next((language for _, language in listed if language), ""),
        )
        for url, listed in by_url.items()
    ]


@dataclass(frozen=True, kw_only=True)
class _News:
    """Feeds of the same posts."""

    folder: str
    size: int
    """Posts in each feed."""
    kinds: Sequence[str] = NEWS
    archived: bool = True
    """Whether there are feeds of all posts before them as well (RFC 5005 §4)."""
    names: Mapping[str, Any]
    """What all of them show besides posts."""


def _news(site: Site, posts: Iterable[PostView], news: _News) -> Iterator[Page]:
    """The newest posts in each format, and all before them.

    The archived feeds are counted from the oldest post, and are full: a new post touches none of them.
    """
    ordered, folder, size = _as_they_came(posts), news.folder, news.size
    last = max(0, len(ordered) - 1) // size
    newest = ordered[-size:][::-1]
    older = f"{folder}page/{last}.xml" if last and news.archived else ""
    for kind in news.kinds:
        own = {"posts": newest, "updated": _updated(newest), "older": older, "newer": "", "current": ""}
        yield _absolute(site, folder + kind, f"feeds/{kind}", complete=not last, **own, **news.names)
    for number in range(1, last + 1 if news.archived else 0):
        chunk = ordered[(number - 1) * size : number * size][::-1]
        own = {
            "posts": chunk,
            "updated": _updated(chunk),
            "older": f"{folder}page/{number - 1}.xml" if number > 1 else "",
            "newer": f"{folder}page/{number + 1}.xml" if number < last else "",
            "current": f"{folder}atom.xml",
        }
        yield _absolute(site, f"{folder}page/{number}.xml", "feeds/atom.xml", complete=False, **own, **news.names)


def _as_they_came(posts: Iterable[PostView]) -> list[PostView]:
    """The posts as somebody who follows them sees them come, the oldest first, each id once.

    A post that is found days after its date comes when it is found, or nobody would ever see it. Those of unknown age
    come before all others: they are no news.
    """
    once = {post.uri: post for post in posts}
    return sorted(once.values(), key=lambda post: (not post.unknown_age, _came(post), post.published, post.page))


def _came(post: PostView) -> datetime:
    seen = post.source.first_seen
    return seen if seen and post.published <= seen <= post.published + LATE else post.published


def _updated(posts: Sequence[PostView]) -> datetime:
    return max((max(post.changed, post.source.first_seen or post.changed) for post in posts), default=_NEVER)


def _absolute(site: Site, path: str, template: str, **names: Any) -> Page:
    """A file for programs. Its addresses are absolute, for it is read far from here; `up` leads to the site's root."""
    return frame(site, path, template, root=site.planet.url, up="../" * path.count("/"), **names)
