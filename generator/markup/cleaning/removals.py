"""Measure what each step of cleaning takes away with `removal`: it compares what a reader is shown before and after."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

import turbohtml
from turbohtml import Element

from generator.markup.tree.nodes import HEADINGS, PLAIN_BLOCKS

_EMBEDS = ("iframe", "object", "embed", "video", "audio", "frame", "applet")
_UNSEEN = tuple(
    "script style template title iframe noembed noframes video audio canvas datalist annotation annotation-xml".split()
)
"""What browsers do not show, whatever styles say; the text in players is for browsers that have none."""
_ALL = frozenset((*_EMBEDS, *_UNSEEN, "svg"))
_APART = ",".join(sorted(_ALL - {"svg"}))
_UNSEEN_TEXT = re.compile(
    rf"<({'|'.join(_UNSEEN)})(?=[\s/>]).*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_EDGES = PLAIN_BLOCKS | HEADINGS | {"blockquote", "br", "details", "dir", "dl", "figure", "hr", "listing", "menu"}
_EDGES |= {"object", "ol", "option", "plaintext", "pre", "select", "table", "tbody", "td", "textarea", "tfoot", "th"}
_EDGES |= {"thead", "ul", "xmp"}
_TAG = re.compile(r"</?([A-Za-z][^\s/<>]*)[^<>]*>?")
"""A tag, as a serialiser writes it or a stranger; quotes are not waited for, so that time stays linear."""
_SIGN = re.compile(r"\w+|[^\w\s\u200b-\u200f\ufe00-\ufe0f\ufeff]")
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


class Shown(NamedTuple):
    """What a reader is shown of a document between two steps."""

    strings: tuple[str, ...]
    """Its pieces of text, in their order, also those that are unseen."""
    unseen: Sequence[str]
    pictures: Sequence[Element]
    links: Sequence[Element]
    embeds: Sequence[Element]

    def seen(self) -> Counter[str]:
        """Return the pieces of text that are seen."""
        pieces = Counter(self.strings)
        pieces.subtract(self.unseen)
        return +pieces


def removed(removals: Iterable[Removal]) -> dict[str, dict[str, int]]:
    """Count by rule how many `entries` lost something to it, and its `words`, `pictures`, `links`, `embeds` in all.

    A count of zero is left out; an entry has one removal of each rule at most.
    """
    sums: dict[str, Counter[str]] = {}
    for item in removals:
        counts = {
            "entries": 1,
            "words": len(_WORD.findall(item.text)),
            **{kind: getattr(item, kind) for kind in _KINDS},
        }
        sums.setdefault(item.rule, Counter()).update(counts)
    return {rule: {kind: count for kind, count in counts.items() if count} for rule, counts in sums.items()}


def summed(removals: Iterable[Removal]) -> tuple[Removal, ...]:
    """Join the removals of one rule, whose steps took them one by one."""
    rules: dict[str, list[Removal]] = {}
    for item in removals:
        rules.setdefault(item.rule, []).append(item)
    return tuple(
        some[0]
        if len(some) == 1
        else Removal(
            rule=rule,
            text=" ".join(item.text for item in some if item.text),
            **{kind: sum(getattr(item, kind) for item in some) for kind in _KINDS},
        )
        for rule, some in rules.items()
    )


def count_words(element: Element) -> int:
    """Count the words of an element, each piece of text by itself; in scripts without spaces, the signs."""
    return len(_WORD.findall(" ".join(element.strings)))


def shown(root: Element, tags: frozenset[str] = _ALL) -> Shown:
    """Note what the document shows before the next rule changes it; only elements of these `tags` are looked for."""
    apart = root.select(_APART) if not _ALL.isdisjoint(tags) else []
    programs = [element for element in apart if element.tag == "script" and element.attr("src")]
    return Shown(
        strings=tuple(root.strings),
        unseen=[text for element in _outermost(apart, _UNSEEN) for text in element.strings] if apart else (),
        pictures=root.select("img,svg") if "svg" in tags else root.find_all("img"),
        links=root.select("a[href]"),
        embeds=[*_outermost(apart, _EMBEDS), *programs] if apart else (),
    )


def _outermost(elements: list[Element], tags: tuple[str, ...]) -> list[Element]:
    """Return those with one of the tags that stand in no other such: what is inside is a fallback."""
    inside: set[Element] = set()
    tagged = [element for element in elements if element.tag in tags]
    for element in tagged:
        if element not in inside:
            inside.update(element.select(",".join(tags)))
    return [element for element in tagged if element not in inside]


def removal(rule: str, before: Shown, after: Shown) -> list[Removal]:
    """Return what went between two moments, if anything did.

    New links stand for embeds that went, then for links; new words do not make up for others.
    """
    pictures, links, embeds = (_exchanged(*both) for both in zip(before[2:], after[2:], strict=True))
    counts = {
        "pictures": pictures[0] - pictures[1],
        "links": links[0] - max(0, links[1] - embeds[0]),
        "embeds": embeds[0] - links[1],
    }
    text = "" if before.strings == after.strings else _missing(before.seen(), after.seen())
    return _removal(rule, text, counts)


def _exchanged(before: Sequence[Element], after: Sequence[Element]) -> tuple[int, int]:
    """Count the elements that went, and those that are new. By identity: all that rules have made share one hash."""
    if before == after:
        return 0, 0
    there, still = set(map(id, before)), set(map(id, after))
    return len(there - still), len(still - there)


def cut(rule: str, before: str, after: str) -> list[Removal]:
    """Return what went from HTML as a stranger wrote it, which may be too much for a parser."""
    counts = {kind: len(tag.findall(before)) - len(tag.findall(after)) for kind, tag in _KINDS.items()}
    parted = _missing(*(Counter([unescape(_TAG.sub(" ", _UNSEEN_TEXT.sub(" ", html)))]) for html in (before, after)))
    return _removal(rule, parted and min(parted, _unjoined(before, after), key=len), counts)


def is_whole(before: Shown, html: str) -> bool:
    """Tell whether HTML that was written anew surely still shows all of it."""
    root = turbohtml.parse_fragment(html, positions=False)
    if before.embeds or len(before.pictures) != len(root.find_all("img")):
        return False
    targets = _targets(root.find_all("a")) if before.links else set()
    if any(_is_visible(link) for link in before.links if link.attr("href") not in targets):
        return False
    if _letters("".join(before.strings)) == _letters(root.text):
        return True
    return not _missing(before.seen(), Counter(root.strings))


def left_out(rule: str, before: str, after: str) -> list[Removal]:
    """Return what went from HTML that a serialiser wrote; it may be built anew, so that addresses identify links."""
    if before == after:
        return []
    roots = [turbohtml.parse_fragment(html, positions=False) for html in (before, after)]
    pictures, still = (
        Counter(picture.attr("src") or picture.tag for picture in root.select("img,svg")) for root in roots
    )
    embeds = [len(root.select(",".join(_EMBEDS))) for root in roots]
    counts = {
        "pictures": (pictures - still).total(),
        "links": len(_targets(filter(_is_visible, roots[0].find_all("a"))) - _targets(roots[1].find_all("a"))),
        "embeds": embeds[0] - embeds[1],
    }
    parted = _missing(*(shown(root).seen() for root in roots))
    return _removal(rule, parted and min(parted, _unjoined(before, after), key=len), counts)


def _is_visible(link: Element) -> bool:
    return bool(link.text.strip()) or link.select_one("img,svg") is not None


def _targets(links: Iterable[Element]) -> set[str]:
    return {link.attr("href") or "" for link in links} | {""}


def _letters(text: str) -> bytes:
    return text.encode("utf-8", "replace").translate(None, _SPACES)


def _removal(rule: str, text: str, counts: dict[str, int]) -> list[Removal]:
    counts = {kind: max(0, count) for kind, count in counts.items()}
    return [Removal(rule=rule, text=text, **counts)] if text or any(counts.values()) else []


def _unjoined(before: str, after: str) -> str:
    """Return the words that went where blocks alone part them: to join or part words takes none away."""
    return _missing(*(Counter([unescape(_TAG.sub(_edge, _UNSEEN_TEXT.sub(" ", html)))]) for html in (before, after)))


def _edge(tag: re.Match[str]) -> str:
    return " " if tag[1].lower() in _EDGES else ""


def _missing(before: Counter[str], after: Counter[str]) -> str:
    """Return the words of pieces of text that went."""
    lost, added = (Counter(" ".join(some.elements()).split()) for some in (before - after, after - before))
    lost, added = lost - added, added - lost
    if lost and added:  # perhaps only signs beside a word changed
        lost, added = (Counter(_SIGN.findall(" ".join(some.elements()))) for some in (lost, added))
        lost -= added
    return " ".join(lost.elements())
