"""Replace what a page embeds (players, frames, objects) by a link that says what it is and where, with `replace`."""

import re
from urllib.parse import unquote, urlsplit

from turbohtml import Element, Text

from generator.markup.cleaning import links
from generator.markup.tree import attributes
from generator.models import urls

_SELECTOR = "iframe,object,embed,video,audio,frame,applet"
_PLAYERS = (
    (
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,20}).*"),
        r"https://www.youtube.com/watch?v=\1",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d+).*"), r"https://vimeo.com/\1"),
    (re.compile(r"https?://(?:www\.)?dailymotion\.com/embed/video/(\w+).*"), r"https://www.dailymotion.com/video/\1"),
)
_VIDEO = re.compile(
    r"youtu\.?be|vimeo|dailymotion|wistia|peertube|twitch|video|ted\.com|asciinema|jwplayer|\bmux\.com"
    r"|\.(?:mp4|webm|ogv|mov|m3u8|cast)(?:\?|$)",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"soundcloud|spotify|bandcamp|podcast|audio|anchor\.fm|\.(?:mp3|ogg|opus|m4a|wav)(?:\?|$)", re.IGNORECASE
)
_PLAYS = re.compile(
    r"//[^/?#]*(?:youtube(?:-nocookie)?\.com/(?:watch|embed|v/|shorts|live)|youtu\.be/\w|vimeo\.com/(?:video/)?\d"
    r"|dailymotion|wistia|peertube|twitch|ted\.com|soundcloud|spotify|bandcamp)"
    r"|\.(?:mp4|webm|ogv|mov|m3u8|mp3|ogg|opus|m4a)(?:\?|$)",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?|$)", re.IGNORECASE)
_PARAMS = ("movie", "src", "url", "filename", "data")
SCRIPTED = "data-scripted"
"""Marks a frame that stands for a script: one of the blog's own is a program, whatever its name."""


def plays(address: str) -> bool:
    """Return whether an address is that of a player, a video or a sound, beyond doubt."""
    return bool(_PLAYS.search(address))


def _addresses(element: Element) -> list[str]:
    addresses = [element.attr(name) or "" for name in ("src", "data", "data-src", "data-lazy-src")]
    names = (name for name in attributes.names(element) if "src" in name and name not in ("src", "srcdoc"))
    lazy = [element.attr(name) or "" for name in names]
    addresses += [value for value in lazy if "/" in value and not re.search(r"[\s<>]", value)]
    addresses += [part.attr("src") or part.attr("data-src") or "" for part in element.select("source,embed,iframe")]
    params = {(param.attr("name") or "").lower(): param.attr("value") or "" for param in element.find_all("param")}
    return addresses + [params.get(name, "") for name in _PARAMS]


def written(element: Element) -> str:
    """Return the page of what an element embeds, by the first address that is written in it."""
    values = [value.strip() for value in _addresses(element)]
    address = next((value for value in values if value and not value.startswith(("about:", "data:"))), "")
    return _page(f"https:{address}" if address.startswith("//") else address)


def _page(address: str) -> str:
    for pattern, page in _PLAYERS:
        address = pattern.sub(page, address)
    return address


def _label(element: Element, address: str) -> str:
    title = " ".join((element.attr("title") or element.attr("aria-label") or "").split())[:200]
    kind = "Embedded page"
    if element.tag == "video" or _VIDEO.search(address):
        kind = "Video"
    elif element.tag == "audio" or _SOUND.search(address):
        kind = "Audio"
    name = unquote(urlsplit(address).path.rsplit("/", 1)[-1])
    if (file := re.search(r"[?&]file=([\w.-]+)", address)) and not title:
        title = file[1]  # of several that a page shows
    title = title or (name if element.tag in ("video", "audio") and "." in name and name.isprintable() else "")
    return f"{kind}: {title} ({urls.host(address)})" if title else f"{kind} ({urls.host(address)})"


def is_embed(address: str, words: str) -> bool:
    """Return whether a link of clean HTML stands for what a page embedded."""
    return words.startswith(("Audio", "Embedded page", "Video")) and words.endswith(f"({urls.host(address)})")


def replace(root: Element, base: str) -> bool:
    """Return each embed becomes a labelled link, never nothing as long as it has an address; without one its text is
    left.

    An image that is embedded as a page becomes an image.
    """
    touched = False
    for element in root.select(_SELECTOR):
        if not any(ancestor is root for ancestor in element.ancestors):
            continue  # inside another embed that was replaced before
        touched = True
        address = next(
            (safe for candidate in _addresses(element) if (safe := urls.without_tracking(links.safe(candidate, base)))),
            "",
        )
        address = _page(address)
        if not address:
            element.tag = "div"
        elif SCRIPTED in element.attrs and element.tag == "iframe" and urls.host(address) == urls.host(base):
            element.decompose()
        elif element.tag in ("object", "embed", "iframe") and _IMAGE.search(address):
            words = element.attr("title") or element.attr("aria-label") or element.text
            element.replace_with(Element("img", {"src": address, "alt": " ".join(words.split())[:200]}))
        else:
            element.replace_with(_linked(element, address))
    return touched


def _linked(element: Element, address: str) -> Element:
    link = Element("a", {"href": address})
    link.append(Text(_label(element, address)))
    box = Element("div", {})
    box.append(link)
    return box
