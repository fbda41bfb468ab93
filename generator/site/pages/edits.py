"""Lay out the page of recent edits and withdrawals, and its feed (`pages`). Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.views.events import by_day


def pages(site: Site) -> Iterator[Page]:
    """The page of edits and its feed, where the repository tells any."""
    if site.happened is None:
        return
    yield frame(site, "edits/index.html", "pages/edits.html", days=by_day(site.happened))
    newest = site.happened[: site.planet.per_page]
    updated = max((event.when for event in newest), default=datetime(1970, 1, 1, tzinfo=UTC))
    yield frame(site, "edits.xml", "feeds/edits.xml", root=site.planet.url, happened=newest, updated=updated)
