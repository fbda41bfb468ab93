"""Lay out each edition's front page, its numbered pages of older posts, and its headlines (`pages`). Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.views import lists
from generator.site.views.post import PostView

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
            yield frame(site, edition.prefix + page.path, "pages/front.html", masthead="h1", edition=edition, **names)
        days = lists.Days(posts=shown[:HEADLINES])
        yield frame(site, f"{edition.prefix}headlines.html", "pages/headlines.html", edition=edition, days=days)


LATE, RECENT = timedelta(days=2), timedelta(days=7)
TOP, MOST = 5, 6
"""Posts on top of the front page that everybody sees, and late ones that are told apart at most."""


def late(shown: Sequence[PostView]) -> tuple[PostView, ...]:
    """The posts that were found within the last week of the edition and are much older, the last found first.

    What came with the first look at an author's feed is old and not late. `shown` is all of the edition, newest first;
    "last week" ends with the newest find, so that the same posts give the same page on any day.
    """
    seen = [(post.source.first_seen, post) for post in shown if post.source.first_seen]
    if not seen:
        return ()
    newest = max(when for when, _ in seen)
    begins: dict[str, datetime] = {}
    for when, post in seen:
        begins[post.author.nick] = min(when, begins.get(post.author.nick, when))
    top = {post.page for post in shown[:TOP]}
    late_posts = [
        (when, post)
        for when, post in seen
        if newest - when <= RECENT
        and when - post.published > LATE
        and when > begins[post.author.nick]
        and post.page not in top
    ]
    late_posts.sort(key=lambda item: (item[0], item[1].published, item[1].page), reverse=True)
    return tuple(post for _, post in late_posts[:MOST])
