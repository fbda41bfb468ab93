"""Lay out every page of the site (`lay_out`): the table of contents. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from generator.models import Page, Planet, PostHead
from generator.site.context import Extras, Site, basis, gather
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
from generator.site.views.body import Bodies
from generator.site.views.feed_totals import FeedKey, FeedTotals, feed_totals
from generator.site.views.post import PostView

_NO_EXTRAS = Extras()


def lay_out(
    planet: Planet, posts: Iterable[PostHead], *, bodies: Bodies, extras: Extras = _NO_EXTRAS
) -> Iterator[Page]:
    """Every page of the site, one after the other.

    `bodies` gives the rendered body of a post, and is asked only while a page is rendered.
    """
    site = gather(planet, posts, bodies, extras)
    addresses: list[str] = []
    for page in _pages(site, extras):
        addresses += sitemap.address(page)
        yield page
    yield from sitemap.pages(site, addresses)


def lay_out_states(planet: Planet, totals: Mapping[FeedKey, FeedTotals], extras: Extras) -> Iterator[Page]:
    """Of all those pages the ones that tell how feeds are: they change while the tree does not.

    `totals` is what stands of each feed. The repository is one that tells the posts' history.
    """
    yield from status.pages(basis(planet, extras.faces, remembers=True), totals, extras.feeds)


_SHOWING_WHOLE = {"pages/front.html", "pages/post.html", *(f"feeds/{name}" for name in feeds.NEWS)}


def shown_whole(page: Page) -> list[PostHead]:
    """Return the posts whose whole text the page shows, with the template that is shipped."""
    own = page.own
    posts: Sequence[PostView] = ()
    if page.template in _SHOWING_WHOLE:
        posts = own["days"].posts if "days" in own else own["posts"] if "posts" in own else [own["post"]]
    elif "trending" in own:
        posts = trends.week(own["trending"].standing)
    return [post.source for post in posts if not post.source.withdrawn]


def _pages(site: Site, extras: Extras) -> Iterator[Page]:
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
    yield from status.pages(site, standing, extras.feeds)
    yield from about.pages(site)
