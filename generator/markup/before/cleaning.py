"""A stranger's body into HTML of record: repaired, cleaned by named rules, its addresses absolute, sanitised."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import turbohtml
from turbohtml import Element

from generator.markup.before import addresses, embeds, notes, repair, rules, sanitise, write
from generator.markup.before.nodes import HEADINGS, Content, Node
from generator.markup.before.shape import read, shape
from generator.markup.tree.depth import flatten

_SHORN = re.compile(r"<a(?: title=\"[^\"]*\")?>|<img(?! src=)")


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """HTML of record: sanitised, its links absolute."""

    html: str
    rules: tuple[str, ...] = ()
    """Names of the cleaning rules that touched it, in their order."""


def clean(html: str, *, base: str, title: str = "") -> Cleaned:
    """A stranger's body as HTML of record.

    Relative addresses are resolved against `base`. A first heading that only repeats `title` (plain text) goes.
    """
    touched: list[str] = []
    text = _repaired(html, touched)
    root = turbohtml.parse_fragment(text, positions=False)
    flatten(root)  # for speed alone: what stands so deep is read as its text
    touched += [name for name, rule in rules.RULES.items() if rule(root)]
    touched += [name for name, done in _addressed(root, base).items() if done]
    tree = shape(root)
    if title and _repeats(tree, title):
        touched.append("title")
        tree = tree[1:]
    return Cleaned(html=_recorded(tree), rules=tuple(touched))


def _recorded(tree: tuple[Node, ...]) -> str:
    """The tree as sanitised HTML; what lost its address in the sanitiser's own eyes becomes its text."""
    html = sanitise.record(repair.characters(write.html(tree)))
    return sanitise.record(write.html(read(html))) if _SHORN.search(html) else html


def _repaired(html: str, touched: list[str]) -> str:
    text = html
    steps: dict[str, Callable[[str], str]] = {
        "misread": repair.misread,
        "characters": repair.characters,
        "escaped-twice": repair.escaped_twice,
        "self-closed": repair.self_closed,
        "plain-text": repair.plain_text,
        "too-long": repair.bounded,
        "too-many-tags": repair.harmless,
    }
    for name, step in steps.items():
        mended = step(text)
        if mended != text:
            touched.append(name)
        text = mended
    return text


def _addressed(root: Element, base: str) -> dict[str, bool]:
    return {
        "embeds": embeds.replace(root, base),
        "images": addresses.images(root, base),
        "links": addresses.links(root, base),
        "sizes": addresses.sizes(root),
        "footnotes": notes.gather(root),
    }


def _repeats(tree: tuple[Node, ...], title: str) -> bool:
    return bool(tree) and tree[0].tag in HEADINGS and _folded(_words(tree[0].kids)) == _folded(title)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(kids: Content) -> str:
    return "".join(kid if isinstance(kid, str) else _words(kid.kids) for kid in kids)
