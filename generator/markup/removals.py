"""What each step of cleaning takes away, found by comparing what a reader is shown before and after it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

import turbohtml
from turbohtml import Element

from generator.markup.nodes import HEADINGS, PLAIN_BLOCKS

_EMBEDS = ("iframe", "object", "embed", "video", "audio", "frame", "applet")
_UNSEEN = tuple(
    "script style template title iframe noembed noframes video audio canvas datalist annotation annotation-xml".split()
)
"""What browsers do not show, whatever styles say; the text in players is for browsers that have none."""
_APART = ",".join(dict.fromkeys((*_EMBEDS, *_UNSEEN)))
_UNSEEN_TEXT = re.compile(
    rf"<({'|'.join(_UNSEEN)})(?=[\s/>]).*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_EDGES = PLAIN_BLOCKS | HEADINGS | {"blockquote", "br", "details", "dir", "dl", "figure", "hr", "listing", "menu"}
_EDGES |= {"object", "ol", "option", "plaintext", "pre", "select", "table", "tbody", "td", "textarea", "tfoot", "th"}
_EDGES |= {"thead", "ul", "xmp"}
_TAG = re.compile(r"</?([A-Za-z][^\s/<>]*)[^<>]*>?")
"""A tag, as a serialiser writes it or a stranger; quotes are not waited for, so that time stays linear."""
_SIGN = re.compile(r"\w+|[^\w\s]")
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['\u2019.-][^\W_{_CJK}]+)*")
"""A script without spaces is counted sign by sign."""
_SPACES = b" \t\n\r\f\xc2\xa0"
"""The bytes of white space in UTF-8; nothing but a no-break space is made of the last two alone."""
_KINDS = {
    "pictures": re.compile(r"<(?:img|svg)(?=[\s/>])", re.IGNORECASE),
    "links": re.compile(r"<a\s[^<>]*?href", re.IGNORECASE),
    "embeds": re.compile(rf"<(?:{'|'.join(_EMBEDS)})(?=[\s/>])", re.IGNORECASE),
}


@dataclass(frozen=True, kw_only=True)
class Removal:
    """What one cleaning rule took away from a body."""

    rule: str
    text: str = ""
    """The visible words that went, with spaces between them, in no order."""
    pictures: int = 0
    links: int = 0
    embeds: int = 0


@dataclass(frozen=True)
class Shown:
    """What a reader is shown of a document between two steps."""

    strings: tuple[str, ...]
    """Its pieces of text, in their order, also those that are unseen."""
    unseen: list[str]
    pictures: frozenset[Any]
    """Elements of a document, or addresses; likewise links and embeds."""
    links: frozenset[Any]
    embeds: frozenset[Any]

    @cached_property
    def seen(self) -> Counter[str]:
        """The pieces of text that are seen."""
        pieces = Counter(self.strings)
        pieces.subtract(self.unseen)
        return +pieces


def removed(removals: Iterable[Removal]) -> dict[str, dict[str, int]]:
    """By rule how many `entries` lost something to it, and how many `words`, `pictures`, `links`, `embeds` in all.

    A count of zero is left out; an entry has one removal of each rule at most.
    """
    sums: dict[str, Counter[str]] = {}
    for one in removals:
        counts = {"entries": 1, "words": len(_WORD.findall(one.text)), **{kind: getattr(one, kind) for kind in _KINDS}}
        sums.setdefault(one.rule, Counter()).update(counts)
    return {rule: {kind: count for kind, count in counts.items() if count} for rule, counts in sums.items()}


def shown(root: Element) -> Shown:
    """What the document shows now; the next rule changes it in place."""
    apart = root.select(_APART)
    return Shown(
        strings=tuple(root.strings),
        unseen=[text for one in _outermost(apart, _UNSEEN) for text in one.strings],
        pictures=frozenset(root.select("img,svg")),
        links=frozenset(root.select("a[href]")),
        embeds=frozenset(
            _outermost(apart, _EMBEDS) + [one for one in apart if one.tag == "script" and one.attr("src")]
        ),
    )


def _outermost(elements: list[Element], tags: tuple[str, ...]) -> list[Element]:
    """Those with one of the tags that stand in no other such: what is inside is a fallback."""
    names = ",".join(tags)
    return [one for one in elements if one.tag in tags and not _inside(one, names)]


def _inside(element: Element, names: str) -> bool:
    return isinstance(element.parent, Element) and element.parent.closest(names) is not None


def removal(rule: str, before: Shown, after: Shown) -> list[Removal]:
    """What went between two moments, if anything did.

    New links stand for embeds that went, then for links; new words do not make up for others.
    """
    fresh = len(after.links - before.links)
    embeds = len(before.embeds - after.embeds)
    counts = {
        "pictures": len(before.pictures - after.pictures) - len(after.pictures - before.pictures),
        "links": len(before.links - after.links) - max(0, fresh - embeds),
        "embeds": embeds - fresh,
    }
    text = "" if before.strings == after.strings else _missing(before.seen, after.seen)
    return _removal(rule, text, counts)


def cut(rule: str, before: str, after: str) -> list[Removal]:
    """What went from HTML as a stranger wrote it, which may be too much for a parser."""
    counts = {kind: len(tag.findall(before)) - len(tag.findall(after)) for kind, tag in _KINDS.items()}
    parted = _missing(*(Counter([unescape(_TAG.sub(" ", _UNSEEN_TEXT.sub(" ", html)))]) for html in (before, after)))
    return _removal(rule, parted and min(parted, _unjoined(before, after), key=len), counts)


def is_whole(before: Shown, html: str) -> bool:
    """Whether HTML that was written anew surely still shows all of it."""
    root = turbohtml.parse_fragment(html, positions=False)
    if before.embeds or len(before.pictures) != len(root.find_all("img")):
        return False
    targets = _targets(root.find_all("a"))
    if any(_is_visible(one) for one in before.links if one.attr("href") not in targets):
        return False
    if _letters("".join(before.strings)) == _letters(root.text):
        return True
    return not _missing(before.seen, Counter(root.strings))


def left_out(rule: str, before: str, after: str) -> list[Removal]:
    """What went from HTML that a serialiser wrote. It may be built anew, so that links are known by their addresses."""
    roots = [turbohtml.parse_fragment(html, positions=False) for html in (before, after)]
    pictures, still = (Counter(one.attr("src") or one.tag for one in root.select("img,svg")) for root in roots)
    embeds = [len(root.select(",".join(_EMBEDS))) for root in roots]
    counts = {
        "pictures": (pictures - still).total(),
        "links": len(_targets(filter(_is_visible, roots[0].find_all("a"))) - _targets(roots[1].find_all("a"))),
        "embeds": embeds[0] - embeds[1],
    }
    parted = _missing(*(shown(root).seen for root in roots))
    return _removal(rule, parted and min(parted, _unjoined(before, after), key=len), counts)


def _is_visible(link: Element) -> bool:
    return bool(link.text.strip()) or link.select_one("img,svg") is not None


def _targets(links: Iterable[Element]) -> set[str]:
    return {one.attr("href") or "" for one in links} | {""}


def _letters(text: str) -> bytes:
    return text.encode("utf-8", "replace").translate(None, _SPACES)


def _removal(rule: str, text: str, counts: dict[str, int]) -> list[Removal]:
    counts = {kind: max(0, count) for kind, count in counts.items()}
    return [Removal(rule=rule, text=text, **counts)] if text or any(counts.values()) else []


def _unjoined(before: str, after: str) -> str:
    """The words that went, parted by blocks alone: joined to others or parted from them, words are not taken away."""
    return _missing(*(Counter([unescape(_TAG.sub(_edge, _UNSEEN_TEXT.sub(" ", html)))]) for html in (before, after)))


def _edge(tag: re.Match[str]) -> str:
    return " " if tag[1].lower() in _EDGES else ""


def _missing(before: Counter[str], after: Counter[str]) -> str:
    """The words of pieces of text that went."""
    gone, come = (Counter(" ".join(some.elements()).split()) for some in (before - after, after - before))
    gone, come = gone - come, come - gone
    if gone and come:  # perhaps only signs beside a word changed
        gone, come = (Counter(_SIGN.findall(" ".join(some.elements()))) for some in (gone, come))
        gone -= come
    return " ".join(gone.elements())
