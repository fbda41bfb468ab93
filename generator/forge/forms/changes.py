"""Work out which files a request comes to: `add`, `change`, `remove` and `report`, one for each form."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from generator.archive import named, post_file, tombstone
from generator.config import HINT, NICK, author_text, edit
from generator.errors import PlanetError
from generator.feeds import discover
from generator.forge.forms.parse import FormRequest
from generator.models import Author, FeedSource, FetchSettings, Post, safe_url, url_key

MOST_FEEDS = 10
_REASONS = {
    "It is spam, or the blog was taken over": "spam",
    "It breaks the planet's rules": "against the planet's rules",
    "It tells private things about somebody": "private things about a person",
    "It was published by mistake": "published by mistake",
}


@dataclass(frozen=True, kw_only=True)
class ProposedFiles:
    """What a wish comes to."""

    title: str
    """Made of words of ours and a nick."""
    files: Mapping[str, str | None]
    """Texts by path, None for a file that goes."""
    left: str = ""
    """What a maintainer has to do besides."""


def add(wish: FormRequest, base: Mapping[str, bytes], settings: FetchSettings) -> ProposedFiles:
    """Return a new author file. Addresses of pages are replaced by those of their feeds. Raises PlanetError."""
    nick = _nick(wish)
    if f"authors/{nick}.yaml" in base:
        raise PlanetError(f"{nick} is taken; choose another nick")
    lines = [
        words for line in wish.fields["feeds"].splitlines() if (words := line.strip(" -*").replace(",", " ").split())
    ]
    if not 1 <= len(lines) <= MOST_FEEDS:
        raise PlanetError(f"give 1 to {MOST_FEEDS} feeds, each on a line of its own")
    author = Author(
        nick=nick,
        name=_line(wish.fields.get("name", "")),
        homepage=_line(wish.fields.get("homepage", "")),
        language=_line(wish.fields.get("language", "")),
        github=wish.who.login,
        github_id=wish.who.number,
        feeds=tuple(FeedSource(url=_feed(url, settings), editions=tuple(editions)) for url, *editions in lines),
    )
    return ProposedFiles(title=f"Add {nick}", files={f"authors/{nick}.yaml": HINT + author_text(author)})


def _feed(text: str, settings: FetchSettings) -> str:
    url = safe_url(text.strip("<>"))
    if not url:
        raise PlanetError(f"{text!r} is not an address; write it like https://larry.example/feed/")
    return discover.find(url, settings)[0].url


def change(wish: FormRequest, base: Mapping[str, bytes]) -> ProposedFiles:
    """Return the author file with another address of a feed. Raises PlanetError."""
    nick = _nick(wish)
    file, text = _author_file(nick, base)
    old, new = _line(wish.fields.get("old", "")), safe_url(wish.fields.get("new", ""))
    if not new:
        raise PlanetError("the new address is no address; write it like https://larry.example/feed/")
    listed = re.findall(r"https?://[^\s\"'<>,\]}]+", text)
    spelled = next((url for url in listed if url_key(url) == url_key(old)), old)
    return ProposedFiles(title=f"Change a feed of {nick}", files={file: edit.moved(text, spelled, new, file)})


def remove(wish: FormRequest, base: Mapping[str, bytes]) -> ProposedFiles:
    """Return the author file gone. Raises PlanetError."""
    nick = _nick(wish)
    file, _ = _author_file(nick, base)
    stay = wish.fields["posts"] != "Withdraw them too"
    left = "" if stay else f"They ask for the withdrawal of their posts too: run `gitplanet forget {nick} --why …`."
    return ProposedFiles(title=f"Remove {nick}", files={file: None}, left=left)


def report(wish: FormRequest, archive: Sequence[Post], now: datetime) -> ProposedFiles:
    """Return a tombstone in place of the post, under a path without words of it.

    Raises PlanetError where no post is meant.
    """
    reason = _REASONS.get(wish.fields["wrong"])
    if reason is None:
        raise PlanetError("this form does not say what is wrong; choose one of its reasons")
    posts = _named(archive, _line(wish.fields.get("post", "")))
    if len(posts) != 1:
        raise PlanetError("no post stands under that address; give the one of its page on the planet")
    replacement = tombstone(posts[0], reason, now)
    left = "Look at the post first: whoever reports it may be wrong, and merging this withdraws it."
    return ProposedFiles(
        title=f"Withdraw a post of {replacement.nick}",
        files={posts[0].path: None, replacement.path: post_file.to_text(replacement)},
        left=left,
    )


def _named(archive: Iterable[Post], target: str) -> list[Post]:
    """Return the post under an address: of its page on the planet, or of the blog's own."""
    page = re.search(r"posts/.+?(?=\.html$|\.md$)", unquote(urlsplit(target).path))
    alive = [post for post in archive if post.withdrawn is None]
    return named(alive, f"{page[0]}.md" if page else target) if target else []


def _nick(wish: FormRequest) -> str:
    nick = wish.fields.get("nick", "").strip()
    if not NICK.fullmatch(nick):
        raise PlanetError("that cannot be a nick; use 2 to 32 of a-z, 0-9, - and _")
    return nick


def _author_file(nick: str, base: Mapping[str, bytes]) -> tuple[str, str]:
    file = f"authors/{nick}.yaml"
    if file not in base:
        raise PlanetError(f"there is no author {nick}; see the names of the files in authors/")
    return file, base[file].decode("utf-8", "replace")


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
