"""What templates see of an edition (`view_edition`), and what new posts and members change there (`state_of`). Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.markup import own_texts
from generator.models import Author, Edition, Planet
from generator.site.views.author import AuthorView
from generator.site.views.post import PostView


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """An edition as pages show it."""

    key: str
    title: str
    prefix: str
    """What its addresses begin with below the site's root: empty, or `universe/`."""
    language: str
    """Of its interface."""
    welcome: str
    """Sanitised HTML; its links lead from the edition's front page."""


@dataclass(frozen=True, kw_only=True)
class EditionState:
    """What new posts and members change of an edition: apart, so that pages that do not show it need not change."""

    updated: dt.datetime | None
    """When the newest of its posts was first seen."""
    contributors: tuple[AuthorView, ...]
    """By name."""


def view_edition(edition: Edition, planet: Planet) -> EditionView:
    """An edition as pages show it."""
    return EditionView(
        key=edition.key,
        title=edition.title,
        prefix=f"{edition.path}/" if edition.path else "",
        language=edition.language or planet.language,
        welcome=own_texts.to_html(edition.welcome, root=""),
    )


def state_of(
    edition: Edition, planet: Planet, authors: Mapping[str, AuthorView], shown: list[PostView]
) -> EditionState:
    """How an edition is; `shown` are its posts."""
    seen = [view.source.first_seen or view.published for view in shown]
    members = [author for author in planet.authors if author.status != "retired" and _belongs(author, edition)]
    return EditionState(
        updated=max(seen, default=None),
        contributors=tuple(
            sorted((authors[member.nick] for member in members), key=lambda view: (view.name.casefold(), view.nick))
        ),
    )


def _belongs(author: Author, edition: Edition) -> bool:
    return any(not feed.editions or edition.key in feed.editions for feed in author.feeds)
