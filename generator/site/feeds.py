"""The newest posts of an edition or an author → what programs read. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from generator.model import Page
from generator.site.frame import Site, frame
from generator.site.people import written
from generator.site.views import PostView

FEEDS = ("atom.xml", "rss20.xml", "rss10.xml", "feed.json", "opml.xml", "foafroll.xml")
"""What each edition gives to programs, at the addresses that planets have always had."""


def pages(site: Site) -> Iterator[Page]:
    """The feeds of all editions and authors."""
    for edition, shown in site.editions:
        newest = shown[: site.planet.per_page]
        for feed in FEEDS:
            names = {"edition": edition, "title": edition.title, "home": edition.prefix}
            yield _feed(site, edition.prefix + feed, feed, newest, **names)
    by_nick = written(site)
    for author in site.authors.values():
        newest = by_nick[author.nick][: site.planet.per_page]
        names = {"author": author, "title": author.name, "home": author.page}
        yield _feed(site, f"authors/{author.nick}/atom.xml", "atom.xml", newest, **names)


def _feed(site: Site, path: str, template: str, newest: Sequence[PostView], **names: Any) -> Page:
    """A feed. Its addresses are absolute: it is read far from here."""
    changes = [max(post.changed, post.source.first_seen or post.changed) for post in newest]
    updated = max(changes, default=datetime(1970, 1, 1, tzinfo=UTC))
    return frame(site, path, template, root=site.planet.url, posts=newest, updated=updated, **names)
