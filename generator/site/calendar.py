"""The posts of an edition by the calendar → its pages of months, and their index. Pure."""

from collections.abc import Iterator

from generator.model import Page
from generator.site import lists
from generator.site.frame import Site, frame


def pages(site: Site) -> Iterator[Page]:
    """The archives of all editions."""
    for edition, shown in site.editions:
        months = lists.months(shown)
        for month, newer, older in zip(months, (None, *months), (*months[1:], None), strict=False):
            names = {"month": month, "days": lists.days(month.posts), "newer": newer, "older": older}
            yield frame(site, edition.prefix + month.path, "month.html", edition=edition, **names)
        path = f"{edition.prefix}archives/index.html"
        yield frame(site, path, "archive.html", edition=edition, years=lists.years(months))
