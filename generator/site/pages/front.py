"""The posts of an edition → its front page, the numbered pages of older posts, and its headlines. Pure."""

from collections.abc import Iterator
from typing import Any

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.pages.late import late
from generator.site.views import lists

HEADLINES = 200
"""Posts on the page of headlines; those before are in the archive."""


def pages(site: Site) -> Iterator[Page]:
    """The front pages of all editions."""
    for edition, shown in site.editions:
        for page in lists.numbered(shown, site.planet.per_page):
            names: dict[str, Any] = {
                "days": lists.Days(posts=page.posts),
                "newer": page.newer,
                "older": page.older,
                "late": (),
            }
            if page.path == "index.html":
                names |= {"late": late(shown), "state": site.states[edition.key]}
            yield frame(site, edition.prefix + page.path, "front.html", edition=edition, **names)
        days = lists.Days(posts=shown[:HEADLINES])
        yield frame(site, f"{edition.prefix}headlines.html", "headlines.html", edition=edition, days=days)
