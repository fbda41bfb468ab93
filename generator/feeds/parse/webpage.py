"""Explain web pages that are no feed to the feed's owner, and list the feeds that they announce.

Main functions: `explain`, `announced` and `is_of_comments`.
"""

import re
from html.parser import HTMLParser

from generator.models import safe_url

_TYPE = re.compile(
    r"(?:application|text)/(?:(?:x[-.])?(?:atom|rss|rdf)\d?(?:\+xml)?|feed\+json|(?:x-)?xml)(?:$|[\s;,])", re.IGNORECASE
)
"""Media types of feeds, as pages write them."""
_PAGE_LIMIT = 500_000  # characters of a page
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|komentarz|коммент|コメント|评论", re.IGNORECASE)
_NAMED = re.compile(r"(?<![a-z])(?:rss|atom)(?![a-z])|^\W*feeds?\W*$", re.IGNORECASE)
"""What an anchor is called that leads to a feed, in few words."""
_LABEL = 32  # characters of such a name, and five words
_LINK_FIELD = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
_PARAMETER = re.compile(r"(?<![\w*-])([\w*-]++)\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")
_WALLS = {
    "Anubis": r"anubis_challenge|within\.website/x/cmd/anubis",
    "Cloudflare": r"cf-chl|challenge-platform|just a moment",
    "Sucuri": r"sucuri|you are being redirected\.\.\.</title>",
    "DDoS-Guard": r"ddos-guard",
    "Imperva": r"_incapsula_resource",
    "DataDome": r"captcha-delivery\.com",
    "AWS WAF": r"awswafcookiedomainlist|\.awswaf\.com",
    "Akamai": r"/_sec/cp_challenge",
}
"""Walls against robots, by what their pages are known by, without groups."""
_WALL = re.compile("|".join(f"({pattern})" for pattern in _WALLS.values()), re.IGNORECASE)
_NAMELESS_WALL = re.compile(
    r"captcha|not a (?:bot|robot)|are (?:you )?(?:a )?human|checking your browser|enable javascript before you"
    r"|javascript is required",
    re.IGNORECASE,
)


def explain(body: bytes, url: str) -> str:
    """Return why `body` is not a feed, and which feed address it announces, if it does."""
    start = body[:_PAGE_LIMIT].decode("utf-8", "replace")
    if re.search(r"<opml\b", start[:2000], re.IGNORECASE):
        return f"{url} is a list of feeds (OPML), not a feed; `gitplanet import` reads it"
    if not re.search(r"<(!doctype html|html|head|body)\b", start, re.IGNORECASE):
        return (
            f"{url} answered with something that is not a feed; look at it in a browser and mend or replace the address"
        )
    feeds = announced(body, url)
    wall = None if feeds else _WALL.search(start) or _NAMELESS_WALL.search(start)
    if wall:
        of = f" of {list(_WALLS)[wall.lastindex - 1]}" if wall.lastindex else ""
        remedy = "let feed readers pass on the feed's address"
        return f"{url} answered with a page{of} that wants to see a human, no robot; {remedy}"
    if feeds and not is_of_comments(*feeds[0]):
        return f"{url} is a web page, not a feed; the page announces this feed: {feeds[0][0]}"
    return f"{url} is a web page, not a feed; put the feed's own address into the author file"


def announced(body: bytes, url: str, *, link: str = "") -> list[tuple[str, str]]:
    """Return address and label of each feed that the page in `body`, from `url`, announces; comments come last.

    `link` is the page's HTTP field of that name (RFC 8288). Where neither it nor the page's head tells of a feed, an
    anchor counts that is called RSS or Atom.
    """
    page = _Links(url)
    page.feed(body[:_PAGE_LIMIT].decode("utf-8", "replace"))
    links = [*_in_field(link, url), *page.links] or page.anchors
    feeds: dict[str, str] = {}
    for address, label in links:
        if address:
            feeds.setdefault(address, label)
    return sorted(feeds.items(), key=lambda feed: is_of_comments(*feed))


def is_of_comments(*texts: str) -> bool:
    """Return whether address, label or title of a feed say that it holds comments."""
    return bool(_COMMENTS.search(" ".join(texts)))


def _in_field(link: str, url: str) -> list[tuple[str, str]]:
    feeds = []
    for target, rest in _LINK_FIELD.findall(link[:20_000]):
        parameters = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(rest)}
        if _is_feed(parameters):
            feeds.append((_address(target, url), parameters.get("title", "")))
    return feeds


def _is_feed(attributes: dict[str, str]) -> bool:
    """Return whether a link is said to lead to a feed: rel=feed, or an alternate of a feed's type."""
    rel = attributes.get("rel", "").lower().split()
    kind = attributes.get("type", "").strip()
    is_kind = bool(_TYPE.match(kind))
    return (is_kind and "alternate" in rel) or ("feed" in rel and (not kind or is_kind))


def _address(text: str, base: str) -> str:
    """Return an absolute address; `feed:` before it, or in the place of `https:`, says only what is there."""
    scheme, colon, rest = text.strip().partition(":")
    if colon and scheme.lower() == "feed":
        text = f"https:{rest}" if rest.startswith("//") else rest
    return safe_url(text, base=base)


class _Links(HTMLParser):
    """The feeds that a page tells of, in its head and in its anchors."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.anchors: list[tuple[str, str]] = []
        self._base = url
        self._anchor, self._label = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of bases, links and anchors."""
        said = {name: value or "" for name, value in attrs}
        href = said.get("href", "")
        if tag == "base" and href:
            self._base = safe_url(href, base=self._base) or self._base
        elif tag == "link" and _is_feed(said):
            self.links.append((_address(href, self._base), said.get("title", "")))
        elif tag == "a" and href:
            self._anchor, self._label = href, said.get("title", "") or said.get("aria-label", "")
            if _is_feed(said) or href.lower().startswith("feed:"):
                self.anchors.append((_address(href, self._base), self._label))
        elif tag == "img" and self._anchor:
            self._label = self._label or said.get("alt", "")

    def handle_data(self, data: str) -> None:
        """Gather what an anchor is called."""
        if self._anchor and len(self._label) < 100:
            self._label += data

    def handle_endtag(self, tag: str) -> None:
        """Judge an anchor by its name."""
        if tag == "a" and self._anchor:
            words = self._label[:200].split()
            if len(words) <= 5 and len(label := " ".join(words)) <= _LABEL and _NAMED.search(label):
                self.anchors.append((_address(self._anchor, self._base), self._label.strip()))
            self._anchor, self._label = "", ""
