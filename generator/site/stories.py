"""Each post → its permanent page, and the page that tells its edits. Pure."""

from collections.abc import Iterator

from generator.model import Page
from generator.site.edits import history_path
from generator.site.frame import Site, frame
from generator.site.views import page_path


def pages(site: Site) -> Iterator[Page]:
    """The pages of all posts; a withdrawn one leaves a notice."""
    for post in site.posts:
        yield frame(site, page_path(post.source), "post.html", post=post)
        if post.life.edits:
            yield frame(site, history_path(post.source), "history.html", post=post)
