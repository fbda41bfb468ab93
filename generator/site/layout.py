"""A planet and its posts → every Page of the site. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator import editions, pages, urls
from generator.history import Life
from generator.model import Author, Page, Planet, Post
from generator.site import lists
from generator.site.bodies import Bodies
from generator.site.edits import history_path
from generator.site.happenings import Happening, by_day, happenings
from generator.site.views import (
    AuthorView,
    EditionView,
    PostView,
    page_path,
    view_author,
    view_edition,
    view_post,
)

FEEDS = ("atom.xml", "rss20.xml", "rss10.xml", "feed.json", "opml.xml", "foafroll.xml")
"""What each edition gives to programs, at the addresses that planets have always had."""


@dataclass(frozen=True, kw_only=True)
class _Site:
    """What all pages know, and all that is shown."""

    planet: Planet
    common: Mapping[str, Any]
    authors: Mapping[str, AuthorView]
    posts: Sequence[PostView]
    """All, newest first, withdrawn ones too."""
    editions: Sequence[tuple[EditionView, Sequence[PostView]]]
    happened: Sequence[Happening] | None
    """Recent edits and withdrawals, newest first; None where the repository tells none."""


def lay_out(
    planet: Planet,
    posts: Iterable[Post],
    *,
    bodies: Bodies,
    faces: Mapping[str, str] | None = None,
    lives: Mapping[str, Life] | None = None,
) -> Iterator[Page]:
    """Every page of the site, one after the other.

    `bodies` gives the rendered body of a post, and is asked only while a page is rendered. `faces` names the picture of
    an author, by nick, below the site's root; an author without one gets initials. `lives` is what the repository tells
    of the posts, by path; without it there are no pages of edits.
    """
    site = _gather(planet, posts, bodies, faces or {}, lives)
    for view, shown in site.editions:
        yield from _edition_pages(site, view, shown)
    yield from _author_pages(site)
    for post in site.posts:
        yield _page(site, page_path(post.source), "post.html", post=post)
        if post.life.edits:
            yield _page(site, history_path(post.source), "history.html", post=post)
    if site.happened is not None:
        yield from _pages_of_edits(site, site.happened)
    yield _page(site, "404.html", "404.html", root=urlsplit(planet.url).path)


def _gather(
    planet: Planet, posts: Iterable[Post], bodies: Bodies, faces: Mapping[str, str], lives: Mapping[str, Life] | None
) -> _Site:
    zone = ZoneInfo(planet.timezone)
    ordered = editions.newest_first(posts, zone)
    members = {author.nick: author for author in planet.authors}
    for post in ordered:  # a member who left keeps the posts
        members.setdefault(post.nick, Author(nick=post.nick, name=post.author or post.nick, feeds=(), status="retired"))
    authors = {nick: view_author(author, faces.get(nick, "")) for nick, author in sorted(members.items())}
    told = lives or {}
    views = [view_post(post, authors[post.nick], planet, bodies, told.get(post.path)) for post in ordered]
    shown = [(edition, [view for view in views if editions.shows(edition, view.source)]) for edition in planet.editions]
    of_editions = [(view_edition(edition, planet, authors, posts), posts) for edition, posts in shown]
    return _Site(
        planet=planet,
        common={
            "planet": planet,
            "source": urls.web(planet.source),
            "contact": _contact(planet.contact),
            "editions": [view for view, _ in of_editions],
            "remembers": lives is not None,
        },
        authors=authors,
        posts=views,
        editions=of_editions,
        happened=None if lives is None else happenings(views, lives, authors, zone),
    )


def _contact(contact: str) -> str:
    """The contact as a link: an address on the web, or one for mail, or nothing."""
    mail = contact.removeprefix("mailto:")
    return urls.web(contact) or (f"mailto:{mail}" if "@" in mail and mail.isprintable() and " " not in mail else "")


def _page(site: _Site, path: str, template: str, **names: Any) -> Page:
    """A page, with what all pages know: `root` leads from the page to the site's root, `here` is its path."""
    root = names.get("root", "../" * path.count("/"))
    own = {"here": path, "root": root, "edition": None, "disclaimer": pages.to_html(site.planet.disclaimer, root=root)}
    return Page(path=path, template=template, names={**site.common, **own, **names})


def _edition_pages(site: _Site, edition: EditionView, shown: Sequence[PostView]) -> Iterator[Page]:
    for page in lists.numbered(shown, site.planet.per_page):
        names = {"edition": edition, "days": lists.days(page.posts), "newer": page.newer, "older": page.older}
        yield _page(site, edition.prefix + page.path, "front.html", **names)
    of_months = lists.months(shown)
    for month, later, earlier in zip(of_months, (None, *of_months), (*of_months[1:], None), strict=False):
        names = {"edition": edition, "month": month, "days": lists.days(month.posts), "newer": later, "older": earlier}
        yield _page(site, edition.prefix + month.path, "month.html", **names)
    path = f"{edition.prefix}archives/index.html"
    yield _page(site, path, "archive.html", edition=edition, years=lists.years(of_months))
    newest = shown[: site.planet.per_page]
    for feed in FEEDS:
        yield _feed(
            site, edition.prefix + feed, feed, newest, edition=edition, title=edition.title, home=edition.prefix
        )


def _feed(site: _Site, path: str, template: str, newest: Sequence[PostView], **names: Any) -> Page:
    """A feed. Its addresses are absolute: it is read far from here."""
    changes = [max(post.changed, post.source.first_seen or post.changed) for post in newest]
    updated = max(changes, default=datetime(1970, 1, 1, tzinfo=UTC))
    return _page(site, path, template, root=site.planet.url, posts=newest, updated=updated, **names)


def _author_pages(site: _Site) -> Iterator[Page]:
    standing = [post for post in site.posts if post.source.withdrawn is None]
    by_nick: dict[str, list[PostView]] = {nick: [] for nick in site.authors}
    for post in standing:
        by_nick[post.author.nick].append(post)
    for author in site.authors.values():
        written = by_nick[author.nick]
        years = [(year, list(group)) for year, group in groupby(written, key=lambda post: post.day.year)]
        folder = f"authors/{author.nick}/"
        yield _page(site, folder + "index.html", "author.html", author=author, years=years)
        newest = written[: site.planet.per_page]
        yield _feed(site, folder + "atom.xml", "atom.xml", newest, author=author, title=author.name, home=author.page)


def _pages_of_edits(site: _Site, happened: Sequence[Happening]) -> Iterator[Page]:
    yield _page(site, "edits/index.html", "edits.html", days=by_day(happened))
    newest = happened[: site.planet.per_page]
    updated = max((one.when for one in newest), default=datetime(1970, 1, 1, tzinfo=UTC))
    yield _page(site, "edits.xml", "edits.xml", root=site.planet.url, happened=newest, updated=updated)
