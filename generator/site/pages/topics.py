"""Lay out lists of headlines by tag and by language, and the lists of these lists (`pages`). Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.views import lists
from generator.site.views.post import PostView

PER_PAGE = 200
"""Headlines on a page."""


def pages(site: Site) -> Iterator[Page]:
    """The pages of tags and languages."""
    yield frame(site, "tags/index.html", "pages/tags.html", tags=[(tag, len(posts)) for tag, posts in site.tags])
    for tag, posts in site.tags:
        yield from _shelf(site, tag.folder, "pages/tag.html", posts, tag=tag)
    counted = [(code, len(posts)) for code, posts in site.languages]
    yield frame(site, "languages/index.html", "pages/languages.html", languages=counted)
    for code, posts in site.languages:
        yield from _shelf(site, f"languages/{code}/", "pages/language.html", posts, code=code)


def _shelf(site: Site, folder: str, template: str, posts: Sequence[PostView], **names: Any) -> Iterator[Page]:
    """A list of headlines in numbered pages."""
    for page in lists.numbered(posts, PER_PAGE):
        years = lists.Years(posts=page.posts)
        own: dict[str, Any] = {"folder": folder, "years": years, "newer": page.newer, "older": page.older}
        own["many"] = len(posts) if page.path == "index.html" else 0  # else each new post would change all of them
        yield frame(site, folder + page.path, template, place="", **own, **names)
