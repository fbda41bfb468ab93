"""Lay out the permanent page of each post, and the page of its edits (`pages`). Pure."""

from collections.abc import Iterator, Mapping

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.pages.authors import written
from generator.site.views import lists
from generator.site.views.edits import history_path
from generator.site.views.post import PostView, page_path


def pages(site: Site) -> Iterator[Page]:
    """The pages of all posts; a withdrawn one leaves a notice."""
    beside = _beside(site)
    for post in site.posts:
        newer, older = beside.get(post.page, (None, None))
        yield frame(site, page_path(post.source), "pages/post.html", place="", post=post, newer=newer, older=older)
        if post.life.edits:
            yield frame(site, history_path(post.source.path), "pages/history.html", place="", post=post)


def _beside(site: Site) -> Mapping[str, tuple[PostView | None, PostView | None]]:
    """By its page, what the author of a post wrote after and before it.

    Neighbours are the author's own, so a new post changes the page of one other.
    """
    return {
        post.page: (newer, older) for posts in written(site).values() for post, newer, older in lists.neighbours(posts)
    }
