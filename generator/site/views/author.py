"""What templates see of an author (`view_author`)."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote
from zlib import crc32

from generator.markup import own_texts
from generator.models import Author, FeedSource, urls

HUES = 12
_FEDIVERSE = re.compile(
    "mastodon|fediverse|akkoma|friendica|gotosocial|misskey|pixelfed|pleroma|sharkey", re.IGNORECASE
)
_ACCOUNT = re.compile(r"https://(?P<server>[\w.-]+)/@(?P<name>[\w.-]+)/?")


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


def view_author(author: Author, face: str) -> AuthorView:
    """A member as pages show one."""
    links = tuple((label, url) for label, address in author.links.items() if (url := urls.safe_url(address)))
    return AuthorView(
        nick=author.nick,
        name=author.name,
        initials=_initials(author.name),
        hue=crc32(author.nick.encode()) % HUES,
        face=quote(face),
        page=f"authors/{quote(author.nick)}/index.html",
        homepage=urls.safe_url(author.homepage),
        bugs=urls.safe_url(author.bugs),
        links=links,
        about=own_texts.to_html(author.about, root="../../"),
        feeds=tuple(replace(feed, url=url) for feed in author.feeds if (url := urls.safe_url(feed.url))),
        status=author.status,
        licence=author.licence,
        fediverse=next((account for label, url in links if (account := _fediverse(label, url))), ""),
    )


def _fediverse(label: str, url: str) -> str:
    """The account that a link to a server of the fediverse names: sites of another kind write `/@name`, too."""
    match = _ACCOUNT.fullmatch(url)
    return f"@{match['name']}@{match['server']}" if match and _FEDIVERSE.search(label) else ""


def _initials(name: str) -> str:
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    letters = [letter.upper() for letter in letters if letter]
    return "".join(letters[:1] + letters[1:][-1:]) or "?"
