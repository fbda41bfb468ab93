"""Nouns of the planet → what templates show of them: plain names, safe links. Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32
from zoneinfo import ZoneInfo

from generator import editions, pages, urls
from generator.history import Life
from generator.model import Author, Edition, Enclosure, FeedSource, Planet, Post, When
from generator.site.bodies import Bodies, Body, anchor
from generator.site.edits import LifeView, view_life
from generator.site.tags import Tag, tags_of

HUES = 12
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks lrc mzn nqo pnb ps sd sdh syr ug ur yi".split())
_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"])
_IRI = re.compile(
    r"(?!.*%(?![0-9A-Fa-f]{2}))(?!https?:(?!//[^/]))(?!tag:(?![\w.@-]+,\d{4}(-\d\d){0,2}:))"
    r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\[\]\x00-\x1f]+"
)
_FEDIVERSE = re.compile(
    "mastodon|fediverse|akkoma|friendica|gotosocial|misskey|pixelfed|pleroma|sharkey", re.IGNORECASE
)
_ACCOUNT = re.compile(r"https://(?P<server>[\w.-]+)/@(?P<name>[\w.-]+)/?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, kw_only=True)
class AuthorView:
    """A member as pages show one. Links are http(s) or empty."""

    nick: str
    name: str
    initials: str
    hue: int
    """0 to 11: the colour behind the initials."""
    face: str
    """Address of the picture below the site's root, or empty."""
    page: str
    homepage: str
    bugs: str
    links: tuple[tuple[str, str], ...]
    about: str
    """Sanitised HTML."""
    feeds: tuple[FeedSource, ...]
    status: str
    licence: str
    fediverse: str
    """`@name@server`, where a link says so; else empty."""


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A post as pages and feeds show it. Every text is still to be escaped; links are http(s) or empty."""

    source: Post
    author: AuthorView
    byline: str
    """Who wrote it, where the feed names somebody else than the member."""
    title: str
    words: str
    """What stands in for the title of an untitled post: its first words."""
    link: str
    host: str
    also: tuple[tuple[str, str], ...]
    """Address and host of each other blog that carries the same post."""
    page: str
    """Its permanent address below the site's root."""
    anchor: str
    date: When
    day: dt.date
    """The calendar day in the planet's time zone."""
    published: dt.datetime
    changed: dt.datetime
    tags: tuple[str, ...]
    tagged: tuple[Tag, ...]
    """The same as the planet knows them, each once."""
    language: str
    direction: str
    description: str
    rights: str
    enclosures: tuple[Enclosure, ...]
    feed: str
    uri: str
    """The id of an Atom entry: the post's own where that is an IRI."""
    history: str
    """Where the forge shows how the post changed, or empty."""
    life: LifeView
    bodies: Bodies = field(metadata={"tool": True})

    @property
    def tongue(self) -> str:
        """The language without its region: `pt` of `pt-BR`."""
        return editions.primary(self.language)

    @property
    def undated(self) -> bool:
        """Whether nobody knows the date: then it is when the planet found the post."""
        return self.date == self.source.first_seen

    @property
    def body(self) -> Body:
        """The rendered body, made when it is asked for."""
        return self.bodies(self.source)


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


def view_author(author: Author, face: str) -> AuthorView:
    """A member as pages show one."""
    links = tuple((label, url) for label, told in author.links.items() if (url := urls.web(told)))
    return AuthorView(
        nick=author.nick,
        name=author.name,
        initials=_initials(author.name),
        hue=crc32(author.nick.encode()) % HUES,
        face=quote(face),
        page=f"authors/{quote(author.nick)}/index.html",
        homepage=urls.web(author.homepage),
        bugs=urls.web(author.bugs),
        links=links,
        about=pages.to_html(author.about, root="../../"),
        feeds=tuple(replace(feed, url=url) for feed in author.feeds if (url := urls.web(feed.url))),
        status=author.status,
        licence=author.licence,
        fediverse=next((found for label, url in links if (found := _fediverse(label, url))), ""),
    )


def _fediverse(label: str, url: str) -> str:
    """The account that a link to a server of the fediverse names: sites of another kind write `/@name`, too."""
    found = _ACCOUNT.fullmatch(url)
    return f"@{found['name']}@{found['server']}" if found and _FEDIVERSE.search(label) else ""


def _initials(name: str) -> str:
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    letters = [letter.upper() for letter in letters if letter]
    return "".join(letters[:1] + letters[1:][-1:]) or "?"


def view_post(
    post: Post, author: AuthorView, planet: Planet, bodies: Bodies, life: Life | None, known: Mapping[str, Tag]
) -> PostView:
    """A post as pages and feeds show it; `life` is what the repository tells of it, `known` are the planet's tags."""
    zone, link = ZoneInfo(planet.timezone), urls.web(post.canonical_url)
    published = editions.moment(post.date, zone)
    return PostView(
        source=post,
        author=author,
        byline="" if post.author in ("", author.name, author.nick) else post.author,
        title=post.title,
        words=first_words(post),
        link=link,
        host=urls.host(link),
        also=_also(post),
        page=quote(page_path(post)),
        anchor=anchor(post),
        date=post.date,
        day=editions.day(post.date, zone),
        published=published,
        changed=max(published, editions.moment(post.updated, zone)) if post.updated else published,
        tags=post.tags,
        tagged=() if post.withdrawn else tags_of(post, known),
        language=post.lang if _LANGUAGE.fullmatch(post.lang) else "",
        direction=direction(post.lang),
        description=post.description,
        rights=post.rights,
        enclosures=_enclosures(post),
        feed=urls.web(post.feed),
        uri=_uri(post),
        history=_history(post, planet),
        life=view_life(life, post, zone),
        bodies=bodies,
    )


def _also(post: Post) -> tuple[tuple[str, str], ...]:
    return tuple((url, urls.host(url)) for each in post.also_at if (url := urls.web(each)))


def _enclosures(post: Post) -> tuple[Enclosure, ...]:
    return tuple(replace(one, url=url) for one in post.enclosures if (url := urls.web(one.url)))


def _history(post: Post, planet: Planet) -> str:
    return f"{planet.source}/commits/HEAD/{quote(post.path)}" if urls.web(planet.source) else ""


def page_path(post: Post) -> str:
    """Where the page of a post stands: the post's own path, as HTML."""
    return post.path.removesuffix(".md") + ".html"


def first_words(post: Post) -> str:
    """What stands in for the title of an untitled post; nothing where it has no words."""
    words = post.description.split()
    return " ".join(words[:9]) + ("…" if len(words) > 9 else "")


def direction(language: str) -> str:
    """Which way the language is written; `auto` where it is unknown."""
    if not language:
        return "auto"
    subtags = language.replace("_", "-").lower().split("-")
    right = subtags[0] in _RIGHT_TO_LEFT or any(subtag in _SCRIPTS for subtag in subtags[1:])
    return "rtl" if right and "latn" not in subtags else "ltr"


def _uri(post: Post) -> str:
    """The post's GUID where it is an IRI, as RFC 4287 §4.2.6 demands; else a name made of author and GUID."""
    if _IRI.fullmatch(post.guid):
        return post.guid
    return uuid5(NAMESPACE_URL, f"{post.nick} {post.guid or post.path}").urn


def view_edition(edition: Edition, planet: Planet) -> EditionView:
    """An edition as pages show it."""
    return EditionView(
        key=edition.key,
        title=edition.title,
        prefix=f"{edition.path}/" if edition.path else "",
        language=edition.language or planet.language,
        welcome=pages.to_html(edition.welcome, root=""),
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
            sorted((authors[one.nick] for one in members), key=lambda one: (one.name.casefold(), one.nick))
        ),
    )


def _belongs(author: Author, edition: Edition) -> bool:
    return any(not feed.editions or edition.key in feed.editions for feed in author.feeds)
