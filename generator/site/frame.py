"""A planet and its posts → what all pages know, and the frame of each page. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from generator import editions, pages, urls
from generator.history import Life
from generator.model import Author, Page, Planet, Post
from generator.site.bodies import Bodies
from generator.site.happenings import Happening, happenings
from generator.site.views import AuthorView, EditionView, PostView, view_author, view_edition, view_post


@dataclass(frozen=True, kw_only=True)
class Site:
    """What all pages know, and all that is shown."""

    planet: Planet
    common: Mapping[str, Any]
    """The names that every template sees."""
    authors: Mapping[str, AuthorView]
    """By nick, in the order of the nicks; members who left, too."""
    posts: Sequence[PostView]
    """All, newest first, withdrawn ones too."""
    standing: Sequence[PostView]
    """Those that are not withdrawn."""
    editions: Sequence[tuple[EditionView, Sequence[PostView]]]
    """Each with the posts that it shows, newest first."""
    happened: Sequence[Happening] | None
    """Recent edits and withdrawals, newest first; None where the repository tells none."""


def gather(
    planet: Planet, posts: Iterable[Post], bodies: Bodies, faces: Mapping[str, str], lives: Mapping[str, Life] | None
) -> Site:
    """The whole that the pages are laid out from; the arguments are those of `lay_out`."""
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
    return Site(
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
        standing=[view for view in views if view.source.withdrawn is None],
        editions=of_editions,
        happened=None if lives is None else happenings(views, lives, authors, zone),
    )


def _contact(contact: str) -> str:
    """The contact as a link: an address on the web, or one for mail, or nothing."""
    mail = contact.removeprefix("mailto:")
    return urls.web(contact) or (f"mailto:{mail}" if "@" in mail and mail.isprintable() and " " not in mail else "")


def frame(site: Site, path: str, template: str, **names: Any) -> Page:
    """The page at `path`: the template with its names, and with what all pages know.

    `root` leads from the page to the site's root, `here` is its path, `edition` is None where the page belongs to none,
    and `language` is that of the interface.
    """
    root = names.get("root", "../" * path.count("/"))
    edition: EditionView | None = names.get("edition")
    own = {
        "here": path,
        "root": root,
        "edition": None,
        "language": edition.language if edition else site.planet.language,
        "disclaimer": pages.to_html(site.planet.disclaimer, root=root),
    }
    return Page(path=path, template=template, names={**site.common, **own, **names})
