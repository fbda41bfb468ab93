"""Leave out new posts that were withdrawn from the planet, whoever's feed tells them. Pure. Main function: `keep_away`.

What an author's own feeds tell is recognised as the tombstone by `match`, which knows more than names. Here all others
are asked, and nobody's post is to be kept away by a name that means nothing: it must be an identity for the whole web,
and that of the withdrawn post alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.models import Change, Kind, PostHead, host, is_page_guid, url_key

LONG = 32
"""Characters of a GUID that is neither address nor URN, without white space or slash, as long as a UUID …"""
DIGITS = 8
"""… and how many digits are in it: a number or a title is no identity outside of its feed, a hash is."""
_NAMED = re.compile(r"(?:urn:[\w-]+:|tag:[^,\s]+,[\d-]+:)\S+", re.IGNORECASE)
"""A URN (RFC 8141) or a tag URI (RFC 4151)."""

Identity = tuple[str, str]


def keep_away(changes: Sequence[Change], archive: Iterable[PostHead]) -> tuple[list[Change], list[str]]:
    """Return the changes without new posts that bear an identity of a tombstone, and a note for each of those.

    An identity counts as long as no post that stands has it, and no two entries of a feed do.
    """
    posts = list(archive)
    tombstones = {name: post.path for post in posts if post.withdrawn for name in _identities(post)}
    new = [change.post for change in changes if change.kind is Kind.ADD] if tombstones else []
    count = Counter((post.feed, name) for post in new for name in _identities(post))
    names = {
        post.path: [name for name in _identities(post) if name in tombstones and count[post.feed, name] == 1]
        for post in new
    }
    if not any(names.values()):
        return list(changes), []
    standing = {name for post in posts if post.is_standing for name in _identities(post)}
    left, notes = [], []
    for change in changes:
        name = next((name for name in names.get(change.post.path, ()) if name not in standing), None)
        if name is None:
            left.append(change)
        else:
            feed = change.post.feed or change.post.nick
            notes.append(f"{feed}: an entry was not added: it was withdrawn from this planet as {tombstones[name]}")
    return left, notes


def _identities(post: PostHead) -> Iterator[Identity]:
    """Return what names the post to everybody, each once."""
    guids = (post.guid, *post.former_guids)
    pages = () if any(map(is_page_guid, guids)) else (post.canonical_url, *post.also_at)
    names = [*(_page(url) for url in pages), *map(_global, guids)]
    return iter(dict.fromkeys(name for name in names if name))


def _page(url: str) -> Identity | None:
    """Return the page of that address; no host alone, to which all entries of some feeds link."""
    key = url_key(url)
    return ("page", key) if host(url) and re.search(r"[/?]", key) else None


def _global(guid: str) -> Identity | None:
    """Return a GUID that is an address, a URN, a tag or a hash; others are only good within their feed."""
    if re.match(r"https?://", guid, re.IGNORECASE):
        return _page(guid)
    hashed = len(guid) >= LONG and sum(map(str.isdigit, guid)) >= DIGITS and not re.search(r"[\s/]", guid)
    return ("guid", guid) if hashed or _NAMED.fullmatch(guid) else None
