"""Authors and what they wrote → a page for each. Pure."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from generator.model import Page
from generator.site.frame import Site, frame
from generator.site.views import PostView


def pages(site: Site) -> Iterator[Page]:
    """The pages of all authors."""
    by_nick = written(site)
    for author in site.authors.values():
        years = [(year, list(group)) for year, group in groupby(by_nick[author.nick], key=lambda post: post.day.year)]
        yield frame(site, f"authors/{author.nick}/index.html", "author.html", author=author, years=years)


def written(site: Site) -> Mapping[str, list[PostView]]:
    """What each author wrote, by nick, newest first, without what was withdrawn."""
    found: dict[str, list[PostView]] = {nick: [] for nick in site.authors}
    for post in site.standing:
        found[post.author.nick].append(post)
    return found
