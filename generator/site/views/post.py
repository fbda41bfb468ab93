"""What templates see of a post (`view_post`): plain names, safe links. Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from generator.archive.history import PostHistory
from generator.models import FIRST_SEEN, Enclosure, Planet, PostHead, When, dates, urls
from generator.site import editions
from generator.site.views.author import AuthorView
from generator.site.views.body import Bodies, Body, anchor
from generator.site.views.edits import LifeView, view_life
from generator.site.views.tags import Tag, tags_of

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks lrc mzn nqo pnb ps sd sdh syr ug ur yi".split())
_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"])
_IRI = re.compile(
    r"(?!.*%(?![0-9A-Fa-f]{2}))(?!https?:(?!//[^/]))(?!tag:(?![\w.@-]+,\d{4}(-\d\d){0,2}:))"
    r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\[\]\x00-\x1f]+"
)
_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/([a-z+-]{1,30})/(\d\.\d)(?:/.*)?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A post as pages and feeds show it. Every text is still to be escaped; links are http(s) or empty.

    All that follows from the few fields is told when a page asks for it: of most posts nothing is asked in most builds.
    Only what is asked for often and is no text of the post itself is kept: a planet may have 100,000 of them.
    """

    source: PostHead
    author: AuthorView
    tagged: tuple[Tag, ...]
    """Its tags as the planet knows them, each once; none of a post that is not shown."""
    life: LifeView
    planet: Planet = field(metadata={"tool": True})
    """Only its settings count, which all pages know."""
    bodies: Bodies = field(metadata={"tool": True})
    """Asked by whichever template shows the text: one of a planet's own may show it where no other does."""

    @property
    def title(self) -> str:
        """Empty where there is none."""
        return self.source.title

    @property
    def date(self) -> When:
        """When it was written."""
        return self.source.date

    @property
    def tags(self) -> tuple[str, ...]:
        """As its author wrote them."""
        return self.source.tags

    @property
    def description(self) -> str:
        """The first plain sentences, or the feed's own summary."""
        return self.source.description

    @property
    def rights(self) -> str:
        """Whose the text is, or under which licence: words, or an address."""
        return self.source.rights

    @property
    def licence(self) -> str:
        """Address of the licence, where the rights are one."""
        return urls.safe_url(self.source.rights)

    @property
    def licence_name(self) -> str:
        """What that address is called."""
        return licence_name(self.licence)

    @property
    def byline(self) -> str:
        """Who wrote it, where the feed names somebody else than the member, by today's name and by that of its day."""
        name = self.source.byline
        return "" if name in (self.author.name, self.author.nick, self.source.author) else name

    @property
    def writer(self) -> str:
        """Who wrote it: by the byline, else the member."""
        return self.byline or self.author.name

    @property
    def comments(self) -> str:
        """Where it is discussed."""
        return urls.safe_url(self.source.comments)

    @property
    def comments_host(self) -> str:
        """Where that leads, for showing."""
        return urls.host(self.comments)

    @property
    def words(self) -> str:
        """What stands in for the title of an untitled post: its first words."""
        return first_words(self.source)

    @cached_property
    def link(self) -> str:
        """Its own address on the web."""
        return urls.safe_url(self.source.canonical_url)

    @property
    def host(self) -> str:
        """Where that leads, for showing."""
        return urls.host(self.link)

    @property
    def also(self) -> tuple[tuple[str, str], ...]:
        """Address and host of each other blog that carries the same post."""
        return tuple((url, urls.host(url)) for address in self.source.also_at if (url := urls.safe_url(address)))

    @cached_property
    def page(self) -> str:
        """Its permanent address below the site's root."""
        return quote(page_path(self.source))

    @property
    def first_page(self) -> str:
        """The address that it had when it came, which leads here: the id of its item where that is an address."""
        return quote(html_path(self.source.first_path))

    @property
    def anchor(self) -> str:
        """Its id on a page that shows it among others."""
        return anchor(self.source.first_path)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.planet.timezone)

    @cached_property
    def day(self) -> dt.date:
        """The calendar day in the planet's time zone."""
        return dates.day_in(self.source.date, self._zone)

    @cached_property
    def published(self) -> dt.datetime:
        """The moment of its date."""
        return dates.moment_in(self.source.date, self._zone)

    @property
    def changed(self) -> dt.datetime:
        """When its author changed it last, as far as is known."""
        updated = self.source.updated
        return max(self.published, dates.moment_in(updated, self._zone)) if updated else self.published

    @property
    def language(self) -> str:
        """Its language tag where it is one (BCP 47), else empty."""
        return language(self.source.lang)

    @property
    def tongue(self) -> str:
        """The language without its region: `pt` of `pt-BR`."""
        return editions.primary_language(self.language)

    @property
    def direction(self) -> str:
        """Which way it is written."""
        return direction(self.source.lang)

    @property
    def attachments(self) -> tuple[Enclosure, ...]:
        """Files that came with it, and pages that play one."""
        return tuple(
            replace(enclosure, url=url, thumbnail=urls.safe_url(enclosure.thumbnail))
            for enclosure in self.source.enclosures
            if (url := urls.safe_url(enclosure.url))
        )

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The files among them, for feeds."""
        return tuple(file for file in self.attachments if not file.is_page)

    @property
    def feed(self) -> str:
        """The feed that it came from."""
        return urls.safe_url(self.source.feed)

    @property
    def uri(self) -> str:
        """The id of an Atom entry: the post's own where that is an IRI, as RFC 4287 §4.2.6 demands; else a name.

        It stays the same for ever, whatever becomes of title, address and nick.
        """
        guid = self.source.guid
        if _IRI.fullmatch(guid):
            return guid
        return uuid5(NAMESPACE_URL, f"{self.source.first_nick} {guid or self.source.first_path}").urn

    @property
    def history(self) -> str:
        """Where the forge shows how the post changed, or empty."""
        forge = self.planet.source
        return f"{forge}/commits/HEAD/{quote(self.source.path)}" if urls.safe_url(forge) else ""

    @property
    def undated(self) -> bool:
        """Whether nobody knows the date: then it is when the planet found the post."""
        return self.source.date_from == FIRST_SEEN or (
            not self.source.date_from and self.date == self.source.first_seen
        )

    @property
    def unknown_age(self) -> bool:
        """Whether it may be as old as its blog: such posts come after all others."""
        return dates.has_unknown_age(self.source)

    @property
    def body(self) -> Body:
        """The rendered body, made when it is asked for."""
        return self.bodies(self.source)


@dataclass(frozen=True, kw_only=True)
class SharedByPosts:
    """What the views of all posts have in common."""

    planet: Planet
    bodies: Bodies
    tags: Mapping[str, Tag]
    """All that the planet knows."""


def view_post(post: PostHead, author: AuthorView, life: PostHistory | None, shared: SharedByPosts) -> PostView:
    """A post as pages and feeds show it; `life` is what the repository tells of it."""
    return PostView(
        source=post,
        author=author,
        tagged=tags_of(post, shared.tags) if post.is_standing else (),
        life=view_life(life, post, ZoneInfo(shared.planet.timezone)),
        planet=shared.planet,
        bodies=shared.bodies,
    )


LASTING = (PostView, AuthorView, Tag)
"""The nouns that many pages show, each the same one."""


def page_path(post: PostHead) -> str:
    """Where the page of a post stands: the post's own path, as HTML."""
    return html_path(post.path)


def html_path(path: str) -> str:
    """Where the page of the post of that path stands."""
    return path.removesuffix(".md") + ".html"


def licence_name(url: str) -> str:
    """What a licence's address is called: `CC BY-SA 4.0`, or the address without its scheme."""
    match = _CREATIVE_COMMONS.fullmatch(url)
    if not match:
        return url.partition("://")[2].rstrip("/")
    return f"CC0 {match[2]}" if match[1] == "zero" else f"CC {match[1].upper()} {match[2]}"


def first_words(post: PostHead) -> str:
    """What stands in for the title of an untitled post; nothing where it has no words."""
    words = post.description.split()
    return " ".join(words[:9]) + ("…" if len(words) > 9 else "")


def language(tag: str) -> str:
    """The language tag where it is one (BCP 47), else nothing."""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def direction(language: str) -> str:
    """Which way the language is written; `auto` where it is unknown."""
    if not language:
        return "auto"
    subtags = language.replace("_", "-").lower().split("-")
    right = subtags[0] in _RIGHT_TO_LEFT or any(subtag in _SCRIPTS for subtag in subtags[1:])
    return "rtl" if right and "latn" not in subtags else "ltr"
