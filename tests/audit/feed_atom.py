"""An Atom feed → what is wrong with it by RFC 4287 and RFC 5005."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias
from xml.etree.ElementTree import Element

from tests.audit import feed_words
from tests.audit.feed_words import Fault, error, warning

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML = "{http://www.w3.org/XML/1998/namespace}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
Check: TypeAlias = Callable[[str], Iterator[Fault]]

_MANY = frozenset(("author", "category", "contributor", "link", "entry"))
_FEED = frozenset("author category contributor generator icon id link logo rights subtitle title updated entry".split())
_ENTRY = frozenset("author category content contributor id link published rights source summary title updated".split())
_RELATIONS = frozenset(
    "about acl alternate appendix archives author blocked-by bookmark canonical chapter cite-as collection contents "
    "copyright create-form current describedby describes disclosure duplicate edit edit-form edit-media enclosure "
    "external first glossary help hosts hub icon index item last latest-version license me monitor next next-archive "
    "nofollow noreferrer original payment predecessor-version prefetch prev prev-archive preview previous profile "
    "related replies search section self service start stylesheet subsection successor-version tag terms-of-service "
    "type up version-history via webmention working-copy".split()
)


def check(feed: Element) -> Iterator[Fault]:
    """What is wrong with the document."""
    if feed.tag not in (f"{ATOM}feed", f"{ATOM}entry"):
        yield error(f"the root is {feed.tag!r}, not a feed of Atom")
        return
    entries = feed.findall(f"{ATOM}entry") if feed.tag == f"{ATOM}feed" else [feed]
    if feed.tag == f"{ATOM}feed":
        yield from _feed(feed, entries)
    signed = feed.find(f"{ATOM}author") is not None and feed.tag == f"{ATOM}feed"
    for entry in entries:
        place = (entry.findtext(f"{ATOM}id") or entry.findtext(f"{ATOM}title") or "entry").strip()
        yield from (fault.at(place) for fault in _entry(entry, signed=signed))
    for element in feed.iter():
        yield from _common(element)


def _feed(feed: Element, entries: list[Element]) -> Iterator[Fault]:
    yield from _children(feed, _FEED, ("id", "title", "updated"))
    ids = Counter((entry.findtext(f"{ATOM}id") or "").strip() for entry in entries)
    yield from (error(f"{count} entries have the id {name!r}") for name, count in ids.items() if count > 1)
    times = Counter(entry.findtext(f"{ATOM}updated") for entry in entries)
    yield from (warning(f"{n} entries were updated at {time}") for time, n in times.items() if n > 1 and time)
    own = (feed.findtext(f"{ATOM}id") or "").strip()
    if own and own in ids:
        yield error(f"an entry has the feed's id {own!r}")
    links = [link.get("rel", "alternate") for link in feed.findall(f"{ATOM}link")]
    if "self" not in links:
        yield warning("no link to itself")
    if links.count("self") > 1:
        yield error("several links to itself")
    complete, archive = (feed.find(f"{HISTORY}{name}") is not None for name in ("complete", "archive"))
    if complete and {"first", "last", "next", "previous", "prev-archive", "next-archive"} & set(links):
        yield error("a complete feed has no further pages (RFC 5005 §2)")
    if archive and "current" not in links:
        yield warning("an archive without a link to the current feed (RFC 5005 §4)")
    if archive and not {"prev-archive", "next-archive"} & set(links):
        yield warning("an archive without neighbours (RFC 5005 §4)")


def _entry(entry: Element, *, signed: bool) -> Iterator[Fault]:
    yield from _children(entry, _ENTRY, ("id", "title", "updated"))
    content, source = entry.find(f"{ATOM}content"), entry.find(f"{ATOM}source")
    signed = signed or (source is not None and source.find(f"{ATOM}author") is not None)
    if not signed and entry.find(f"{ATOM}author") is None:
        yield error("nobody is the author, of the entry, its source or the feed")
    links = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
    if content is None and "alternate" not in links:
        yield error("neither content nor a link to it")
    text = content is not None and _is_text(content)
    if content is not None and (content.get("src") or not text) and entry.find(f"{ATOM}summary") is None:
        yield error("content from elsewhere needs a summary")
    if content is None and entry.find(f"{ATOM}summary") is None:
        yield warning("neither content nor a summary")
    if source is not None:
        yield from _children(source, _FEED - {"entry"}, ())
        missing = [name for name in ("id", "title", "updated") if source.find(f"{ATOM}{name}") is None]
        yield from (warning(f"the source has no {name}") for name in missing)


def _is_text(content: Element) -> bool:
    kind = content.get("type", "text")
    return kind in ("text", "html", "xhtml") or kind.startswith("text/") or kind.endswith(("+xml", "/xml"))


def _children(parent: Element, known: frozenset[str], required: tuple[str, ...]) -> Iterator[Fault]:
    own = [child for child in parent if child.tag.startswith(ATOM)]
    counts = Counter(child.tag.removeprefix(ATOM) for child in own)
    yield from (error(f"<{name}> does not belong here") for name in counts if name not in known)
    yield from (error(f"several <{name}>") for name, count in counts.items() if count > 1 and name not in _MANY)
    yield from (error(f"no <{name}>") for name in required if not counts[name])
    links = Counter((link.get("type", ""), link.get("hreflang", "")) for link in own if _rel(link) == "alternate")
    yield from (error(f"several alternates of {kind}") for kind, count in links.items() if count > 1)
    if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
        yield error(f"text between the elements of <{parent.tag.removeprefix(ATOM)}>")
    checks = _CHECKS
    for child in own:
        yield from checks.get(child.tag.removeprefix(ATOM), _nothing)(child)


def _rel(link: Element) -> str:
    return link.get("rel", "alternate") if link.tag == f"{ATOM}link" else ""


def _common(element: Element) -> Iterator[Fault]:
    tongue, base = element.get(f"{XML}lang"), element.get(f"{XML}base")
    yield from feed_words.language(tongue) if tongue else ()
    yield from feed_words.address(base, absolute=False) if base else ()
    if element.tag.startswith("{http://www.w3.org/2005/atom") or not element.tag.startswith("{"):
        yield error(f"<{element.tag}> is in no namespace")


def _nothing(_: Element) -> Iterator[Fault]:
    return iter(())


def _text(element: Element) -> Iterator[Fault]:
    kind, name = element.get("type", "text"), element.tag.removeprefix(ATOM)
    text = element.text or ""
    if kind not in ("text", "html", "xhtml"):
        yield error(f"<{name}> of the type {kind!r}")
    elif kind == "xhtml":
        yield from _xhtml(element)
    elif len(element):
        yield error(f"elements in <{name}>")
    else:
        if name == "title" and not text.strip():
            yield error("an empty title")
        yield from feed_words.html(text, based=True) if kind == "html" else feed_words.plain(text)


def _xhtml(element: Element) -> Iterator[Fault]:
    if [child.tag for child in element] != [f"{XHTML}div"] or (element.text or "").strip():
        yield error("XHTML that is not one div")
    yield from (error(f"<{one.tag}> in XHTML") for one in element.iter() if one.tag.startswith(ATOM) and one != element)


def _content(element: Element) -> Iterator[Fault]:
    kind, source, text = element.get("type", "text"), element.get("src"), element.text or ""
    if source is not None:
        yield from feed_words.address(source, absolute=False)
        if text.strip() or len(element):
            yield error("content both here and elsewhere")
        if "type" not in element.attrib:
            yield warning("content from elsewhere without a type")
        elif kind in ("text", "html", "xhtml"):
            yield error(f"content from elsewhere of the type {kind!r}")
    elif kind in ("text", "html", "xhtml"):
        yield from _text(element)
    else:
        yield from feed_words.media(kind)
        if kind.startswith("multipart/"):
            yield error("content in several parts")
        if not _is_text(element) and not re.fullmatch(r"[A-Za-z0-9+/\s]*={0,2}\s*", text):
            yield error("content that is not in base 64")
        if kind in ("text/html", "application/xhtml+xml"):
            yield warning(f"content of the type {kind!r} instead of its short name")


def _link(element: Element) -> Iterator[Fault]:
    href, rel = element.get("href"), element.get("rel", "alternate")
    if href is None:
        yield error("a link without an address")
    else:
        yield from feed_words.address(href, absolute=False)
    if rel not in _RELATIONS:
        yield from (warning(f"an unknown relation: {rel!r}") for _ in feed_words.address(rel))
    yield from feed_words.media(element.get("type", "text/html"))
    yield from feed_words.language(element.get("hreflang", "en"))
    if not element.get("length", "0").isdigit():
        yield error(f"a length of {element.get('length')!r}")
    if (element.text or "").strip() or len(element):
        yield error("a link with content")
    if rel == "self" and element.get("type", "application/atom+xml").split(";")[0] != "application/atom+xml":
        yield warning("a link to itself that is no Atom")


def _person(element: Element) -> Iterator[Fault]:
    counts = Counter(child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM))
    yield from (error(f"<{name}> in a person") for name in counts if name not in ("name", "uri", "email"))
    yield from (error(f"a person with {count} <{name}>") for name, count in counts.items() if count > 1)
    name = (element.findtext(f"{ATOM}name") or "").strip()
    if not name:
        yield error("a person without a name")
    if re.search(r"\S@\S+\.\S", name):
        yield warning("a mail address as a name")
    if (uri := element.findtext(f"{ATOM}uri")) is not None:
        yield from feed_words.address(uri, absolute=False)
    if (email := element.findtext(f"{ATOM}email")) is not None:
        yield from feed_words.mail(email.strip())


def _id(element: Element) -> Iterator[Fault]:
    text = element.text or ""
    if text != text.strip():
        yield error("white space around an id")
    yield from feed_words.address(text)
    yield from feed_words.canonical(text.strip())


def _date(element: Element) -> Iterator[Fault]:
    return feed_words.date_3339(element.text or "")


def _category(element: Element) -> Iterator[Fault]:
    if not (element.get("term") or "").strip():
        yield error("a category without a term")
    yield from feed_words.address(element.get("scheme", "tag:a,2000:"))
    yield from feed_words.plain(element.get("label", ""))


def _picture(element: Element) -> Iterator[Fault]:
    return feed_words.address(element.text or "", absolute=False)


def _generator(element: Element) -> Iterator[Fault]:
    if not (element.text or "").strip():
        yield error("a generator without a name")
    yield from feed_words.address(element.get("uri", "tag:a,2000:"), absolute=False)


_CHECKS: dict[str, Callable[[Element], Iterator[Fault]]] = {
    "author": _person,
    "category": _category,
    "content": _content,
    "contributor": _person,
    "generator": _generator,
    "icon": _picture,
    "id": _id,
    "link": _link,
    "logo": _picture,
    "published": _date,
    "rights": _text,
    "subtitle": _text,
    "summary": _text,
    "title": _text,
    "updated": _date,
}
