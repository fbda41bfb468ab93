"""A planet and its posts → every Page of the site: the table of contents. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from generator.archive.history import Life
from generator.models import Head, Page, Planet
from generator.site.context import Site, basis, gather
from generator.site.pages import about as places
from generator.site.pages import authors as people
from generator.site.pages import calendar, feeds, search, sitemap, statistics, trends
from generator.site.pages import digest as weeks
from generator.site.pages import edits as changes
from generator.site.pages import front as fronts
from generator.site.pages import posts as stories
from generator.site.pages import status as health
from generator.site.pages import topics as shelves
from generator.site.views.body import Bodies
from generator.site.views.feed_totals import Stock, stocks


def lay_out(
    planet: Planet,
    posts: Iterable[Head],
    *,
    bodies: Bodies,
    faces: Mapping[str, str] | None = None,
    lives: Mapping[str, Life] | None = None,
    watched: Mapping[str, health.Watched] | None = None,
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
    standing: Mapping[str, Stock],
    *,
    faces: Mapping[str, str],
    watched: Mapping[str, health.Watched],
) -> Iterator[Page]:
    """Of all those pages the ones that tell how feeds are: they change while the tree does not.

    `standing` is what stands of each feed, by address. The repository is one that tells the posts' history.
    """
    yield from health.pages(basis(planet, faces, remembers=True), standing, watched)


def _listed(site: Site, watched: Mapping[str, health.Watched]) -> Iterator[Page]:
    """All pages, of which none is held for the list."""
    addresses: list[str] = []
    for page in _pages(site, watched):
        addresses += sitemap.address(page)
        yield page
    yield from sitemap.pages(site, addresses)


def _pages(site: Site, watched: Mapping[str, health.Watched]) -> Iterator[Page]:
    yield from fronts.pages(site)
    yield from calendar.pages(site)
    yield from people.pages(site)
    yield from shelves.pages(site)
    yield from stories.pages(site)
    yield from changes.pages(site)
    yield from feeds.pages(site)
    yield from search.pages(site)
    yield from weeks.pages(site)
    yield from trends.pages(site)
    yield from statistics.pages(site)
    standing = stocks((post.source for post in site.standing), ZoneInfo(site.planet.timezone))
    yield from health.pages(site, standing, watched)
    yield from places.pages(site)
