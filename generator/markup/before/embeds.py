"""What a page embeds (players, frames, objects) into a link that says what it is and where."""

import re
from urllib.parse import unquote, urlsplit

from turbohtml import Element, Text

from generator.markup.before import addresses
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
    r"youtu\.?be|vimeo|dailymotion|wistia|peertube|twitch|video|ted\.com|\.(?:mp4|webm|ogv|mov)(?:\?|$)", re.IGNORECASE
)
_SOUND = re.compile(
    r"soundcloud|spotify|bandcamp|podcast|audio|anchor\.fm|\.(?:mp3|ogg|opus|m4a|wav)(?:\?|$)", re.IGNORECASE
)
_PARAMS = ("movie", "src", "url", "filename", "data")


def _addresses(element: Element) -> list[str]:
    values = [element.attr(name) or "" for name in ("src", "data", "data-src", "data-lazy-src")]
    values += [part.attr("src") or "" for part in element.select("source,embed,iframe")]
    params = {(param.attr("name") or "").lower(): param.attr("value") or "" for param in element.find_all("param")}
    return values + [params.get(name, "") for name in _PARAMS]


def _label(element: Element, address: str) -> str:
    title = " ".join((element.attr("title") or element.attr("aria-label") or "").split())[:200]
    kind = "Embedded page"
    if element.tag == "video" or _VIDEO.search(address):
        kind = "Video"
    elif element.tag == "audio" or _SOUND.search(address):
        kind = "Audio"
    name = unquote(urlsplit(address).path.rsplit("/", 1)[-1])
    title = title or (name if element.tag in ("video", "audio") and "." in name and name.isprintable() else "")
    return f"{kind}: {title} ({urls.host(address)})" if title else f"{kind} ({urls.host(address)})"


def replace(root: Element, base: str) -> bool:
    """Each embed becomes a labelled link, never nothing as long as it has an address; without one its text is left."""
    touched = False
    for element in root.select(_SELECTOR):
        if not any(ancestor is root for ancestor in element.ancestors):
            continue  # inside another embed that was replaced before
        touched = True
        address = next(
            (
                safe
                for candidate in _addresses(element)
                if (safe := urls.without_tracking(addresses.safe(candidate, base)))
            ),
            "",
        )
        for pattern, page in _PLAYERS:
            address = pattern.sub(page, address)
        if address:
            link = Element("a", {"href": address})
            link.append(Text(_label(element, address)))
            box = Element("div", {})
            box.append(link)
            element.replace_with(box)
        else:
            element.tag = "div"
    return touched
