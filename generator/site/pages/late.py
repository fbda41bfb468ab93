"""The posts of an edition → those that came late, so that a reader who looks at the top would miss them. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from generator.site.views.post import PostView

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
    found = [
        (when, post)
        for when, post in seen
        if newest - when <= RECENT
        and when - post.published > LATE
        and when > begins[post.author.nick]
        and post.page not in top
    ]
    found.sort(key=lambda one: (one[0], one[1].published, one[1].page), reverse=True)
    return tuple(post for _, post in found[:MOST])
