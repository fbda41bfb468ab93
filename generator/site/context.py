"""Gather what all pages share (`gather`), and frame each page with it (`frame`). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.archive.history import PostHistory
from generator.markup import own_texts
from generator.models import Author, Page, Planet, PostHead, urls
from generator.site import editions
from generator.site.views.author import AuthorView, view_author
from generator.site.views.body import Bodies
from generator.site.views.edition import EditionState, EditionView, state_of, view_edition
from generator.site.views.events import ArchiveEvent, archive_events
from generator.site.views.feed_state import FeedHealth
from generator.site.views.post import PostView, SharedByPosts, view_post
from generator.site.views.tags import Tag, tags


@dataclass(frozen=True, kw_only=True)
class Extras:
    """What a site shows besides settings and posts."""

    faces: Mapping[str, str] = field(default_factory=dict)
    """By nick the author's picture, below the site's root; an author without one gets initials."""
    histories: Mapping[str, PostHistory] | None = None
    """By path what the repository tells of a post; without it there are no pages of edits."""
    feeds: Mapping[str, FeedHealth] = field(default_factory=dict)
    """By address what the cache knows of a feed."""


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What all pages know, whatever the posts are."""

    planet: Planet
    common: Mapping[str, Any]
    """The names that every template sees."""
    authors: Mapping[str, AuthorView]
    """By nick, in the order of the nicks."""


@dataclass(frozen=True, kw_only=True)
class Site(Basis):
    """What all pages know, members who left too, and all that is shown."""

    posts: Sequence[PostView]
    """All, newest first, withdrawn ones and copies too."""
    standing: Sequence[PostView]
    """Those that are shown: neither withdrawn nor copies."""
    editions: Sequence[tuple[EditionView, Sequence[PostView]]]
    """Each with the posts that it shows, newest first."""
    states: Mapping[str, EditionState]
    """How each edition is, by its key."""
    tags: Sequence[tuple[Tag, Sequence[PostView]]]
    """Those with pages of their own, by name, each with the posts that carry it, newest first."""
    languages: Sequence[tuple[str, Sequence[PostView]]]
    """Primary subtags, the most frequent first, each with its posts, newest first."""
    happened: Sequence[ArchiveEvent] | None
    """Recent edits and withdrawals, newest first; None where the repository tells none."""


def gather(planet: Planet, heads: Iterable[PostHead], bodies: Bodies, extras: Extras) -> Site:
    """Gather what the pages are laid out from; the arguments are those of `lay_out`."""
    zone, histories = ZoneInfo(planet.timezone), extras.histories
    ordered = editions.newest_first(heads, zone)
    base = basis(_with_former_members(planet, ordered), extras.faces, remembers=histories is not None)
    authors = base.authors
    shared = SharedByPosts(planet=planet, bodies=bodies, tags=tags(post for post in ordered if post.is_standing))
    posts = [view_post(post, authors[post.nick], (histories or {}).get(post.path), shared) for post in ordered]
    standing = [view for view in posts if view.source.is_standing]
    shown = [
        (edition, [view for view in posts if editions.edition_shows(edition, view.source)])
        for edition in planet.editions
    ]
    return Site(
        planet=planet,
        common=base.common,
        authors=authors,
        posts=posts,
        standing=standing,
        editions=[(view, views) for view, (_, views) in zip(base.common["editions"], shown, strict=True)],
        states={edition.key: state_of(edition, planet, authors, views) for edition, views in shown},
        tags=_by_tag(shared.tags, standing),
        languages=_by_language(standing),
        happened=None if histories is None else archive_events(posts, histories, authors, zone),
    )


def _with_former_members(planet: Planet, posts: Iterable[PostHead]) -> Planet:
    """Return the planet with those who left, too: they keep their posts."""
    members = {author.nick: author for author in planet.authors}
    for post in posts:
        members.setdefault(post.nick, Author(nick=post.nick, name=post.author or post.nick, feeds=(), status="retired"))
    return replace(planet, authors=tuple(members.values()))


def basis(planet: Planet, faces: Mapping[str, str], *, remembers: bool) -> Basis:
    """What all pages know; `remembers` says whether the repository tells the posts' history."""
    authors = sorted(planet.authors, key=lambda author: author.nick)
    return Basis(
        planet=planet,
        common={
            "planet": replace(planet, authors=()),  # a new member is no reason to make all pages anew
            "source": urls.safe_url(planet.source),
            "contact": _contact(planet.contact),
            "editions": [view_edition(edition, planet) for edition in planet.editions],
            "remembers": remembers,
        },
        authors={author.nick: view_author(author, faces.get(author.nick, "")) for author in authors},
    )


def _by_tag(all_tags: Mapping[str, Tag], standing: Iterable[PostView]) -> list[tuple[Tag, Sequence[PostView]]]:
    groups: dict[str, tuple[Tag, list[PostView]]] = {tag.folder: (tag, []) for tag in all_tags.values() if tag.page}
    for post in standing:
        for tag in post.tagged:
            if tag.page:
                groups[tag.folder][1].append(post)
    return list(groups.values())


def _by_language(standing: Iterable[PostView]) -> list[tuple[str, Sequence[PostView]]]:
    groups: dict[str, list[PostView]] = {}
    for post in standing:
        if post.language:
            groups.setdefault(editions.primary_language(post.language), []).append(post)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _contact(contact: str) -> str:
    """The contact as a link: an address on the web, or one for mail, or nothing."""
    mail = contact.removeprefix("mailto:")
    return urls.safe_url(contact) or (
        f"mailto:{mail}" if "@" in mail and mail.isprintable() and " " not in mail else ""
    )


def frame(site: Basis, path: str, template: str, **names: Any) -> Page:
    """The page at `path`: the template with its names, and with what all pages know.

    Of the names, `place` (else the page's own path) and `masthead` are those of `Page`.
    """
    fields = {"place": path} | {field: names.pop(field) for field in ("place", "masthead") if field in names}
    return Page(path=path, template=template, own=names, common=site.common, **fields)


def names(page: Page) -> Mapping[str, Any]:
    """All names that the template of a page sees.

    `root` leads from the page to the site's root, `here` is its path and `address` its absolute one, `place` and
    `masthead` are those of `Page`, `edition` is None where the page belongs to none, and `language` is that of the
    interface.
    """
    planet: Planet = page.common["planet"]
    root = page.own.get("root", "../" * page.path.count("/"))
    edition: EditionView | None = page.own.get("edition")
    place = {
        "here": page.path,
        "place": page.place,
        "masthead": page.masthead,
        "root": root,
        "address": planet.url + quote(page.path.removesuffix("index.html")),
        "edition": None,
        "language": edition.language if edition else planet.language,
        "disclaimer": own_texts.to_html(planet.disclaimer, root=root),
    }
    return {**page.common, **place, **page.own}
