"""Lay out a page for each author, and the list of all (`pages`). Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator.models import Page
from generator.site.context import Site, frame
from generator.site.views import lists
from generator.site.views.author import AuthorView
from generator.site.views.post import PostView

QUIET = timedelta(days=365)
"""Without a post for so long, an author counts as quiet."""


@dataclass(frozen=True, kw_only=True)
class AuthorEntry:
    """An author, and what the planet has of them."""

    author: AuthorView
    posts: Sequence[PostView]
    """Newest first, without what was withdrawn."""
    quiet: bool
    """Whether the last post is long past, measured by the newest post of the planet."""

    @property
    def last(self) -> PostView | None:
        """The newest post."""
        return self.posts[0] if self.posts else None

    @property
    def since(self) -> datetime | None:
        """When the planet first saw a post of theirs."""
        return min((post.source.first_seen for post in self.posts if post.source.first_seen), default=None)

    @property
    def calendar(self) -> Sequence[tuple[int, tuple[int, ...]]]:
        """The years with posts, the newest first, and how many there are in each of the twelve months.

        Posts of unknown age do not count.
        """
        counts = Counter((post.day.year, post.day.month) for post in self.posts if not post.unknown_age)
        years = sorted({year for year, _ in counts}, reverse=True)
        return [(year, tuple(counts[year, month] for month in range(1, 13))) for year in years]

    @property
    def current(self) -> bool:
        """Whether the planet reads their feeds and finds something there."""
        return self.author.status == "active" and not self.quiet


def pages(site: Site) -> Iterator[Page]:
    """The pages of all authors, and the list of them."""
    everyone = members(site)
    by_name = sorted(everyone, key=lambda member: (member.author.name.casefold(), member.author.nick))
    yield frame(site, "authors/index.html", "pages/authors.html", members=by_name)
    old_place = "contributors.html"  # where planets had it in 2020
    yield frame(site, old_place, "pages/moved.html", place="", target="authors/index.html")
    for member in everyone:
        names = {"author": member.author, "member": member, "years": lists.Years(posts=member.posts)}
        yield frame(site, f"authors/{member.author.nick}/index.html", "pages/author.html", place="", **names)


def members(site: Site) -> Sequence[AuthorEntry]:
    """All authors in the order of their nicks."""
    newest = site.standing[0].published if site.standing else None
    return [
        AuthorEntry(
            author=site.authors[nick],
            posts=posts,
            quiet=not posts or (newest or posts[0].published) - posts[0].published > QUIET,
        )
        for nick, posts in written(site).items()
    ]


def written(site: Site) -> Mapping[str, list[PostView]]:
    """What each author wrote, by nick, newest first, without what was withdrawn."""
    by_nick: dict[str, list[PostView]] = {nick: [] for nick in site.authors}
    for post in site.standing:
        by_nick[post.author.nick].append(post)
    return by_nick
