"""The posts of an edition → its front page, and the numbered pages of older posts. Pure."""

from collections.abc import Iterator

from generator.model import Page
from generator.site import lists
from generator.site.frame import Site, frame


def pages(site: Site) -> Iterator[Page]:
    """The front pages of all editions."""
    for edition, shown in site.editions:
        for page in lists.numbered(shown, site.planet.per_page):
            names = {"edition": edition, "days": lists.days(page.posts), "newer": page.newer, "older": page.older}
            yield frame(site, edition.prefix + page.path, "front.html", **names)
