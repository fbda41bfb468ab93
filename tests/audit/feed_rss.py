"""A feed of RSS 2.0 or RSS 1.0 → what is wrong with it by its specification and the RSS Advisory Board's profile."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias
from xml.etree.ElementTree import Element

from tests.audit import feed_words
from tests.audit.feed_words import Fault, error, warning

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
RSS1 = "{http://purl.org/rss/1.0/}"
Check: TypeAlias = Callable[[str], Iterator[Fault]]

_CHANNEL = frozenset(
    "category cloud copyright description docs generator image item language lastBuildDate link managingEditor pubDate "
    "rating skipDays skipHours textInput title ttl webMaster".split()
)
_ITEM = frozenset("author category comments description enclosure guid link pubDate source title".split())
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SAME = (
    ("pubDate", f"{DC}date"),
    ("author", f"{DC}creator"),
    ("language", f"{DC}language"),
    ("copyright", f"{DC}rights"),
)


def check_2(root: Element) -> Iterator[Fault]:
    """What is wrong with a document of RSS 2.0."""
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") not in ("2.0", "0.91", "0.92") or channel is None:
        yield error("no rss of the version 2.0 with a channel")
        return
    yield from _children(channel, _CHANNEL, ("title", "link", "description"), many=("category", "item"))
    yield from _same(channel)
    selves = [one for one in channel.findall(f"{ATOM}link") if one.get("rel") == "self"]
    if not selves:
        yield warning("no atom:link to itself")
    for link in channel.findall(f"{ATOM}link"):
        yield from feed_words.address(link.get("href", ""))
        yield from feed_words.media(link.get("type", "text/html"))
    items = channel.findall("item")
    guids = Counter(item.findtext("guid") for item in items if item.find("guid") is not None)
    yield from (error(f"{count} items have the guid {guid!r}") for guid, count in guids.items() if count > 1)
    for item in items:
        place = item.findtext("guid") or item.findtext("link") or item.findtext("title") or "item"
        yield from (fault.at(place) for fault in _item(item))


def _item(item: Element) -> Iterator[Fault]:
    yield from _children(item, _ITEM, (), many=("category",))
    yield from _same(item)
    if item.find("title") is None and item.find("description") is None:
        yield error("an item with neither title nor description")
    if item.find("guid") is None:
        yield warning("an item without a guid")
    names = [child.tag for child in item]
    if CONTENT in names:
        if "description" not in names[: names.index(CONTENT)]:
            yield warning("content:encoded before a description, or without one")
        yield from feed_words.html(item.findtext(CONTENT) or "")
    if names.count(CONTENT) > 1 or names.count("enclosure") > 1:
        yield error("several texts or enclosures")


def _same(parent: Element) -> Iterator[Fault]:
    for own, other in _SAME:
        if parent.find(own) is not None and parent.find(other) is not None:
            yield warning(f"both <{own}> and <{other}>")
    for name in (f"{DC}creator", f"{DC}date", f"{DC}language", f"{DC}rights"):
        if len(parent.findall(name)) > 1:
            yield error(f"several <{name}>")
    if (date := parent.findtext(f"{DC}date")) is not None:
        yield from feed_words.date_w3c(date)


def _children(
    parent: Element, known: frozenset[str], required: tuple[str, ...], *, many: tuple[str, ...] = (), space: str = ""
) -> Iterator[Fault]:
    own = [child for child in parent if child.tag.startswith(space) and (space or not child.tag.startswith("{"))]
    counts = Counter(child.tag.removeprefix(space) for child in own)
    yield from (error(f"<{name}> does not belong here") for name in counts if name not in known)
    yield from (error(f"several <{name}>") for name, count in counts.items() if count > 1 and name not in many)
    yield from (error(f"no <{name}>") for name in required if not counts[name])
    if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
        yield error(f"text between the elements of <{parent.tag}>")
    for child in own:
        yield from _CHECKS.get(child.tag.removeprefix(space), _nothing)(child)


def _nothing(_: Element) -> Iterator[Fault]:
    return iter(())


def _said(element: Element) -> str:
    return (element.text or "").strip()


def _word(check: Callable[[str], Iterator[Fault]], element: Element) -> Iterator[Fault]:
    if len(element):
        yield error(f"elements in <{element.tag}>")
    yield from check(_said(element))


def _title(element: Element) -> Iterator[Fault]:
    if not _said(element):
        yield error("an empty title")
    if len(element):
        yield error("elements in <title>")
    yield from feed_words.plain(element.text or "")


def _person(text: str) -> Iterator[Fault]:
    found = re.fullmatch(r"(\S+@\S+)( \([^()]+\))?", text)
    if not found:
        yield error(f"no mail address with a name: {text!r}")
    else:
        yield from feed_words.mail(found[1].removeprefix("mailto:"))
        if not found[2]:
            yield warning(f"a mail address without a name: {text!r}")


def _number(least: int, most: int, text: str) -> Iterator[Fault]:
    if not re.fullmatch(r"\d+", text) or not least <= int(text) <= most:
        yield error(f"no number from {least} to {most}: {text!r}")


def _guid(element: Element) -> Iterator[Fault]:
    text, permanent = _said(element), element.get("isPermaLink", "true")
    if permanent not in ("true", "false"):
        yield error(f"isPermaLink={permanent!r}")
    elif permanent == "true":
        yield from feed_words.address(text)
        if not text.startswith(("http://", "https://")):
            yield error(f"a permanent link that is no address on the web: {text!r}")
    if not text:
        yield error("an empty guid")


def _enclosure(element: Element) -> Iterator[Fault]:
    for name, check in (
        ("url", feed_words.address),
        ("length", partial(_number, 0, 1 << 62)),
        ("type", feed_words.media),
    ):
        value = element.get(name)
        yield from [error(f"an enclosure without {name}")] if value is None else check(value)
    if not element.get("url", "http").startswith("http"):
        yield error("an enclosure that is not on the web")


def _source(element: Element) -> Iterator[Fault]:
    url = element.get("url")
    yield from [error("a source without an address")] if url is None else feed_words.address(url)


def _image(element: Element) -> Iterator[Fault]:
    known = frozenset("url title link width height description".split())
    space = RSS1 if element.tag.startswith(RSS1) else ""
    if not (space and element.get(f"{RDF}resource")):
        yield from _children(element, known, ("url", "title", "link"), space=space)


def _skip(values: tuple[str, ...], most: int, element: Element) -> Iterator[Fault]:
    given = [_said(child) for child in element]
    yield from (error(f"skips {one!r}") for one in given if one not in values)
    if len(given) > most or len(set(given)) < len(given):
        yield error("skips something twice")


def _input(element: Element) -> Iterator[Fault]:
    names = ("title", "description", "name", "link")
    yield warning("few readers show a text input")
    yield from _children(element, frozenset(names), names)


def _cloud(element: Element) -> Iterator[Fault]:
    missing = [one for one in ("domain", "path", "port", "protocol", "registerProcedure") if not element.get(one)]
    yield from (error(f"a cloud without {name}") for name in missing)


_ADDRESS = partial(_word, feed_words.address)
_CHECKS: dict[str, Callable[[Element], Iterator[Fault]]] = {
    "author": partial(_word, _person),
    "cloud": _cloud,
    "comments": _ADDRESS,
    "description": partial(_word, feed_words.html),
    "docs": _ADDRESS,
    "enclosure": _enclosure,
    "guid": _guid,
    "height": partial(_word, partial(_number, 1, 400)),
    "image": _image,
    "language": partial(_word, feed_words.language),
    "lastBuildDate": partial(_word, feed_words.date_822),
    "link": _ADDRESS,
    "managingEditor": partial(_word, _person),
    "name": partial(_word, feed_words.plain),
    "pubDate": partial(_word, feed_words.date_822),
    "skipDays": partial(_skip, tuple(_DAYS), 7),
    "skipHours": partial(_skip, tuple(str(hour) for hour in range(24)), 24),
    "source": _source,
    "textInput": _input,
    "title": _title,
    "ttl": partial(_word, partial(_number, 0, 1 << 31)),
    "url": _ADDRESS,
    "webMaster": partial(_word, _person),
    "width": partial(_word, partial(_number, 1, 144)),
}


def check_1(root: Element) -> Iterator[Fault]:
    """What is wrong with a document of RSS 1.0."""
    channel = root.find(f"{RSS1}channel")
    if root.tag != f"{RDF}RDF" or channel is None:
        yield error("no rdf:RDF with a channel of RSS 1.0")
        return
    known = frozenset("title link description image items textinput".split())
    yield from _children(channel, known, ("title", "link", "description", "items"), space=RSS1)
    yield from _about(channel)
    yield from _same(channel)
    items = root.findall(f"{RSS1}item")
    named = [one.get(f"{RDF}resource") or one.get("resource") for one in channel.iter(f"{RDF}li")]
    present = [item.get(f"{RDF}about") for item in items]
    yield from (error(f"{count} items about {name!r}") for name, count in Counter(present).items() if count > 1)
    if not items:
        yield warning("no items")
    if set(named) != set(present):
        yield error("the list of items names others than there are")
    for item in items:
        place = item.get(f"{RDF}about") or "item"
        known = frozenset(("title", "link", "description"))
        faults = [*_children(item, known, ("title", "link"), space=RSS1), *_about(item), *_same(item)]
        faults += feed_words.html(item.findtext(CONTENT) or "")
        yield from (fault.at(place) for fault in faults)


def _about(element: Element) -> Iterator[Fault]:
    about = element.get(f"{RDF}about")
    yield from [error("nothing says what it is about")] if about is None else feed_words.address(about)
