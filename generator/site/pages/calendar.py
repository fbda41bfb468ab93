"""Lay out each edition's pages of days and months, and their index (`pages`). Pure."""

from collections.abc import Iterator, Sequence

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.views import lists
from generator.site.views.edition import EditionView
from generator.site.views.post import PostView

MOST = 500
"""Headlines on the page of a month; where there are more, it tells its days, and theirs are on their pages."""


def pages(site: Site) -> Iterator[Page]:
    """The archives of all editions."""
    for edition, posts in site.editions:
        shown = lists.by_day(posts)
        months = lists.months(shown)
        for month, newer, older in lists.neighbours(months):
            names = {
                "month": month,
                "days": lists.Days(posts=month.posts, by_finding=True),
                "newer": newer,
                "older": older,
                "most": MOST,
            }
            yield frame(site, edition.prefix + month.path, "pages/month.html", place="", edition=edition, **names)
        yield from _days(site, edition, shown)
        path = f"{edition.prefix}archives/index.html"
        yield frame(site, path, "pages/archive.html", edition=edition, years=lists.years(months))


def _days(site: Site, edition: EditionView, shown: Sequence[PostView]) -> Iterator[Page]:
    """A page for each day that has posts.

    The planets of old named the folder by the ISO week's year, which around New Year is another one: a day that has two
    addresses is at both.
    """
    for day, newer, older in lists.neighbours(tuple(lists.Days(posts=shown, by_finding=True))):
        names = {"day": day, "newer": newer, "older": older}
        for path in dict.fromkeys((day.path, f"archives/{day.date.isocalendar().year:04}/{day.date.isoformat()}.html")):
            yield frame(site, edition.prefix + path, "pages/day.html", place="", edition=edition, **names)
