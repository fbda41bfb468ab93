"""Find the page of an entry (`page`) or of a blog (`site`) by what its feed gives for an address."""

import re

from generator.models import host, safe_url, url_key

_ABSOLUTE = re.compile(r"https?://[^/]", re.IGNORECASE)
_SCHEMES = re.compile(r"(?:https?(?::/*|/+))+", re.IGNORECASE)
"""A scheme, perhaps written twice, or with too many or too few signs behind it."""


def page(address: str, guid: str, *, home: str, feed: str) -> str:
    """Return the absolute address of an entry's page, or an empty string.

    Where a GUID and a relative `address` mean one page, the GUID says where that lies; else the blog's `home` does,
    which may have another host. `feed` is the address of the feed.
    """
    if _ABSOLUTE.match(guid) and safe_url(address or "#", base=guid).removesuffix("#") == safe_url(guid):
        return safe_url(guid)
    return at_own_host(address, home, feed) or safe_url(address, base=home)


def site(address: str, feed: str) -> str:
    """Return the absolute address of the blog of the feed at `feed`, or an empty string."""
    return at_own_host(address, feed) or safe_url(address, base=feed)


def names_nothing(guid: str, link: str, home: str) -> bool:
    """Return whether an entry has no GUID of its own: none at all, or the address of the blog, which it links to."""
    return not guid or (guid == link and url_key(guid) == url_key(home))


def at_own_host(address: str, *own: str) -> str:
    """Return the absolute address where `address` lacks its scheme, or misspells it, before the host of `own` ones."""
    schemes = _SCHEMES.match(address)
    scheme = "https" if "https" in (schemes[0] if schemes else own[0]).lower() else "http"
    url = safe_url(f"{scheme}://{address[schemes.end() if schemes else 0 :]}")
    name = host(url)
    is_own = "." in name and any(f".{name}".endswith(f".{host(other)}") for other in own if host(other))
    return url if is_own else ""
