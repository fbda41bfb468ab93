"""Turn scripts, custom elements and stand-ins into the frames, players and images that they become in a browser.

The main function is `frames`.
"""

import re
from collections.abc import Iterable

from turbohtml import Element

from generator.markup.cleaning import embeds, images, scripts
from generator.markup.cleaning.neighbours import neighbours
from generator.markup.tree import attributes

_SERVICES = (
    ("youtube|yt(?![a-z])|lyte", r"[\w-]{6,20}", "https://www.youtube.com/watch?v={}"),
    ("vimeo", r"\d+", "https://vimeo.com/{}"),
    ("dailymotion", r"\w+", "https://www.dailymotion.com/video/{}"),
    ("wistia", r"\w+", "https://fast.wistia.net/embed/iframe/{}"),
    ("mux", r"\w+", "https://player.mux.com/{}"),
    ("jwplayer", r"\w+", "https://cdn.jwplayer.com/players/{}-{player-id}.html"),
    ("brightcove|video-js", r"\w+", "https://players.brightcove.net/{account}/default_default/index.html?videoId={}"),
    ("gist", r"(?:[\w-]+/)?\w+", "https://gist.github.com/{}"),
    ("codepen", r"\w+", "https://codepen.io/{user}/pen/{}"),
    ("speakerdeck", r"\w+", "https://speakerdeck.com/player/{}"),
    ("slideshare", r"\w+", "https://www.slideshare.net/slideshow/embed_code/key/{}"),
    ("asciinema|asciicast", r"\w+", "https://asciinema.org/a/{}"),
    ("twitter|tweet", r"\d+", "https://twitter.com/i/status/{}"),
    ("instagram", r"[\w-]+", "https://www.instagram.com/p/{}/"),
    ("tiktok", r"\d+", "https://www.tiktok.com/embed/v2/{}"),
    ("imgur", r"(?:a/)?\w+", "https://imgur.com/{}"),
    ("telegram", r"\w+/\d+", "https://t.me/{}"),
    ("soundcloud", r"\d+", "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/{}"),
    ("spotify", r"\w+/\w+", "https://open.spotify.com/{}"),
    ("infogram", r"[\w-]+", "https://infogram.com/{}"),
    ("strava", r"\d+", "https://www.strava.com/activities/{}"),
)
"""Services that an element names by a word of its tag, class or attributes: their ids, and the page of an id."""
_NAMES = [(re.compile(rf"(?<![a-z])(?:{words})"), re.compile(shape), page) for words, shape, page in _SERVICES]
_SERVICE = re.compile("|".join(name.pattern for name, _, _ in _NAMES))
_ID = re.compile(
    r"(?:data-)?(?:(?:embed|lite|media|plyr|track|vid|video|youtube|yt|vimeo|gist|tweet|imgur|wistia|playback|asciicast)"
    r"[_-]?){1,3}(?:hashed-?)?(?:id|key)?|data-id|(?:data-)?(?:shortcode|slug-hash|telegram-post|uri)"
)
_FIELD = re.compile(r"\{([\w-]+)\}")
_SOURCES = ("src", "data-src", "source", "url", "data-url", "data-href", "href")
_PLACE = re.compile(r"(?!data:|javascript:|#)(?=[^\s{}]*[./])[^\s{}]{1,2000}", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(?:js|mjs|css|json|xml|wasm)(?:[?#]|$)", re.IGNORECASE)
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)", re.IGNORECASE)
_TITLES = ("title", "data-title", "playlabel", "videotitle", "aria-label", "alt")
_PLAY = re.compile(r"(?:play|watch)(?: \w{1,20}){0,2}:\s*", re.IGNORECASE)
_SILENT = re.compile(
    r"(?:^|-)(?:ads?|analytics|button|comments|consent|cookie|form|fragment|icons?|include|list|loader|pixel|script|"
    r"serviceworker|share|sharing|state|stylesheet|theme|tracker|worker)(?=-|$)"
)
"""Custom elements that show nothing of the author's."""
_PICTURES = re.compile(r"-(?:img|image|picture|photo|anim)$")
_RENAMED = {"amp-video": "video", "amp-audio": "audio", "amp-iframe": "iframe"}
_EMBEDDED = "iframe,video,audio,object,embed"
_EMBEDDING = re.compile(r"embed|iframe|player|video|fb-post|instgrm")
_PROVIDER = re.compile(r"provider|service|vendor|platform")
_BUTTONS = re.compile(r"(?<![a-z])(?:button|follow|like|share|subscri)")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\\]+")
_LONGEST = 5000  # characters of an attribute that is searched for an address


def frames(root: Element) -> bool:
    """Put what each script, custom element or stand-in shows before it or in its place; whether there was any."""
    shown = {script: scripts.shown(script) for script in root.find_all("script")}
    played = any(tag != "iframe" for pairs in shown.values() for tag, _ in pairs)
    there = {_key(other) for other in root.select("a[href],[src]") if other.tag != "script"} if played else set()
    touched = False
    for element in root.find_all(True):
        if element.tag == "script":
            new = [pair for pair in shown[element] if pair[0] == "iframe" or images.key(pair[1]) not in there]
            made = _scripted(element, new)
        elif "-" in element.tag or element.tag in ("oembed", "stream"):
            made = _custom(element)
        else:
            made = _stands_in(element)
        touched = touched or made
    return touched


def _key(element: Element) -> str:
    return images.key(element.attr("href") or element.attr("src") or "")


def _put(element: Element, address: str, tag: str = "iframe") -> bool:
    """Return a new element before `element`, under the title that it has."""
    title = next((text for name in _TITLES if (text := element.attr(name) or "")), "")
    made = Element(tag, {"src": address, "title": _PLAY.sub("", title, count=1)})
    if element.tag == "script":
        made.attrs[embeds.SCRIPTED] = ""
    element.insert_before(made)
    return True


def _scripted(script: Element, shown: list[tuple[str, str]]) -> bool:
    page = _identified(script)
    links = [link for side in neighbours(script) for link in (side, *side.find_all("a"))]
    shown = [(tag, address) for tag, address in ([("iframe", page)] if page else shown) if not _leads(links, address)]
    for tag, address in shown:
        _put(script, address, tag)
    return bool(shown)


def _leads(links: Iterable[Element], address: str) -> bool:
    """Return whether one of the links leads there already, as some services write it: it names the same thing."""
    thing = re.split("[/?&=]", address.rstrip("/"))[-1]
    return any(thing in re.split("[/?&=#]", link.attr("href") or "") for link in links)


def _custom(element: Element) -> bool:
    """Return a custom element as a player or image, or with a frame before what else it holds."""
    if _SILENT.search(element.tag):
        return False
    if element.attr("layout") not in (None, "fixed"):  # sides are shares then, not pixels
        for name in ("width", "height"):
            element.attrs.pop(name, None)
    if element.tag in _RENAMED:
        element.tag = _RENAMED[element.tag]
        return True
    address = images.source(element) if _PICTURES.search(element.tag) else _identified(element) or _sourced(element)
    if not address or _leads(element.find_all("a"), address):
        return False
    for spare in element.select("noscript,[fallback],[placeholder]"):
        spare.decompose()
    _show(element, address, holds_images=element.select_one("img,amp-img") is not None)
    return True


def _show(element: Element, address: str, *, holds_images: bool) -> None:
    pictured = _PICTURES.search(element.tag) is not None
    if (pictured or _IMAGE.search(address)) and not holds_images:
        element.insert_before(Element("img", {name: element.attr(name) or "" for name in attributes.names(element)}))
    elif not pictured:
        _put(element, address)
    if not holds_images and not element.text.strip():
        element.decompose()


def _sourced(element: Element) -> str:
    """Return the address of what a custom element shows; a link's only where nothing stands in it to click on."""
    places = [(name, (element.attr(name) or "").strip()) for name in _SOURCES]
    places = [place for place in places if _PLACE.fullmatch(place[1]) and not _PROGRAM.search(place[1])]
    return next((place for name, place in places if name != "href" or not element.text.strip()), "")


def _stands_in(element: Element) -> bool:
    """Return an element without words that a script is to fill, with a frame before it."""
    data = [name for name in attributes.names(element) if name.startswith("data-")]
    if not data or element.tag in ("a", "img", "iframe", "video", "audio", "source", "object", "embed", "picture"):
        return False
    address = _identified(element) or _within(element, data)
    if not address or element.text.strip() or element.select_one(_EMBEDDED) is not None:
        return False
    return not _leads(element.find_all("a"), address) and _put(element, address)


def _within(element: Element, names: list[str]) -> str:
    """Return the address of a player in an element's data, which may be an address, HTML or JSON."""
    kind = element.attr("class") or ""
    for name in names:
        value = (element.attr(name) or "")[:_LONGEST].replace("\\/", "/")
        for address in _ADDRESS.findall(value):
            embedding = "<iframe" in value or (value.strip() == address and _EMBEDDING.search(f"{name} {kind}"))
            if (embedding or embeds.plays(address)) and not _IMAGE.search(address) and not _PROGRAM.search(address):
                return str(address)
    return ""


def _identified(element: Element) -> str:
    """Return the page of the service and id that an element names; empty where it names none."""
    names = attributes.names(element)
    said = [element.attr(name) or "" for name in names if name == "class" or _PROVIDER.search(name)]
    hint = " ".join((element.tag, *names, *said)).lower()
    if not _SERVICE.search(hint) or _BUTTONS.search(hint):
        return ""
    values = [(element.attr(name) or "").strip() for name in names if _ID.fullmatch(name)]
    values = [value.removeprefix("spotify:").replace(":", "/") for value in values]
    for name, shape, page in _NAMES:
        value = next((value for value in values if shape.fullmatch(value)), "") if name.search(hint) else ""
        fields = {field: _word(element, field) for field in _FIELD.findall(page)}
        if value and all(fields.values()):
            return _filled(page, {"": value, **fields})
    return ""


def _word(element: Element, name: str) -> str:
    value = element.attr(f"data-{name}") or ("anon" if name == "user" else "")
    return value if re.fullmatch(r"[\w-]+", value) else ""


def _filled(page: str, fields: dict[str, str]) -> str:
    for name, value in fields.items():
        page = page.replace(f"{{{name}}}", value)
    return page
