"""Lay out the permanent page of each post, and the page of its edits (`pages`). Pure."""

from collections.abc import Iterator, Mapping

from generator.archive.paths import date_and_digits
from generator.models import Page
from generator.site.context import Site, frame
from generator.site.pages.authors import written
from generator.site.views import lists
from generator.site.views.edits import history_path
from generator.site.views.post import PostView, page_path

_MAX_HOPS = 5
"""Copies of copies that are followed."""


def pages(site: Site) -> Iterator[Page]:
    """The pages of all posts; a withdrawn one leaves a notice, and that of a copy leads to the original."""
    beside, originals = _beside(site), _originals(site)
    for post in site.posts:
        if original := originals.get(post.page):
            yield frame(site, page_path(post.source), "pages/moved.html", place="", target=original)
            continue
        newer, older = beside.get(post.page, (None, None))
        yield frame(site, page_path(post.source), "pages/post.html", place="", post=post, newer=newer, older=older)
        if post.life.edits:
            yield frame(site, history_path(post.source.path), "pages/history.html", place="", post=post)


def _originals(site: Site) -> Mapping[str, str]:
    """By page of a copy the page of its original, which may be withdrawn; none where somebody deleted the original."""
    copies = [post for post in site.posts if post.source.original]
    pages = (
        {date_and_digits(post.source.path): post.page for post in site.posts if not post.source.original}
        if copies
        else {}
    )
    leads = {date_and_digits(post.source.path): date_and_digits(post.source.original) for post in copies}
    originals: dict[str, str] = {}
    for post in copies:
        name = date_and_digits(post.source.path)
        for _ in range(_MAX_HOPS):  # an original may have turned out to be a copy itself
            name = leads.get(name, name)
        originals |= {post.page: pages[name]} if name in pages else {}
    return originals


def _beside(site: Site) -> Mapping[str, tuple[PostView | None, PostView | None]]:
    """By its page, what the author of a post wrote after and before it.

    Neighbours are the author's own, so a new post changes the page of one other.
    """
    return {
        post.page: (newer, older) for posts in written(site).values() for post, newer, older in lists.neighbours(posts)
    }
