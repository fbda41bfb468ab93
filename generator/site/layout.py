"""Lay out every page of the site (`lay_out`): the table of contents. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from generator.archive.history import PostHistory
from generator.models import Page, Planet, PostHead
from generator.site.context import Site, basis, gather
from generator.site.pages import (
    about,
    authors,
    calendar,
    digest,
    edits,
    feeds,
    former,
    front,
    search,
    sitemap,
    statistics,
    status,
    topics,
    trends,
)
from generator.site.pages import posts as pages_posts
from generator.site.views import feed_state
from generator.site.views.body import Bodies
from generator.site.views.feed_totals import FeedKey, FeedTotals, feed_totals


def lay_out(
    planet: Planet,
    posts: Iterable[PostHead],
    *,
    bodies: Bodies,
    faces: Mapping[str, str] | None = None,
    lives: Mapping[str, PostHistory] | None = None,
    watched: Mapping[str, feed_state.FeedHealth] | None = None,
) -> Iterator[Page]:
    """Every page of the site, one after the other.

    `bodies` gives the rendered body of a post, and is asked only while a page is rendered. `faces` names the picture of
    an author, by nick, below the site's root; an author without one gets initials. `lives` is what the repository tells
    of the posts, by path; without it there are no pages of edits. `watched` is what the cache knows of the feeds, by
    address.
    """
    return _listed(gather(planet, posts, bodies, faces or {}, lives), watched or {})


def lay_out_states(
    planet: Planet,
    standing: Mapping[FeedKey, FeedTotals],
    *,
    faces: Mapping[str, str],
    watched: Mapping[str, feed_state.FeedHealth],
) -> Iterator[Page]:
    """Of all those pages the ones that tell how feeds are: they change while the tree does not.

    `standing` is what stands of each feed. The repository is one that tells the posts' history.
    """
    yield from status.pages(basis(planet, faces, remembers=True), standing, watched)


def _listed(site: Site, watched: Mapping[str, feed_state.FeedHealth]) -> Iterator[Page]:
    """All pages, of which none is held for the list."""
    addresses: list[str] = []
    for page in _pages(site, watched):
        addresses += sitemap.address(page)
        yield page
    yield from sitemap.pages(site, addresses)


def _pages(site: Site, watched: Mapping[str, feed_state.FeedHealth]) -> Iterator[Page]:
    yield from front.pages(site)
    yield from calendar.pages(site)
    yield from authors.pages(site)
    yield from topics.pages(site)
    yield from pages_posts.pages(site)
    yield from former.pages(site)
    yield from edits.pages(site)
    yield from feeds.pages(site)
    yield from search.pages(site)
    yield from digest.pages(site)
    yield from trends.pages(site)
    yield from statistics.pages(site)
    standing = feed_totals((post.source for post in site.standing), ZoneInfo(site.planet.timezone))
    yield from status.pages(site, standing, watched)
    yield from about.pages(site)
