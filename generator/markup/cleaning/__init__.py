"""Make HTML of record of a stranger's body with `clean`: repaired, cleaned by named rules, absolute, sanitized."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import turbohtml
from turbohtml import Element

from generator.markup import repair, sanitize
from generator.markup.cleaning import embeds, images, links, removals, rules
from generator.markup.cleaning.chrome import without_chrome
from generator.markup.cleaning.footers import without_footers
from generator.markup.cleaning.footnotes import gather
from generator.markup.cleaning.inventory import Inventory, inventory
from generator.markup.cleaning.removals import Removal
from generator.markup.metadata import Metadata
from generator.markup.tree import html as tree_html
from generator.markup.tree import read
from generator.markup.tree.build import shape
from generator.markup.tree.depth import flatten
from generator.markup.tree.nodes import Node

_SHORN = re.compile(r"<a(?: title=\"[^\"]*\")?>|<img(?! src=)")
NOTHING = Metadata()


_CUTTING = ("too-long", "too-many-tags")
"""Steps of repair that may take something away; the others mend how it is written."""


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """HTML of record: sanitised, its links absolute."""

    html: str
    framed: str
    """The same with footers and first lines that repeat what is told beside the text: what the feed says, by whatever
    names the author file goes. It is `html` where there are none."""
    rules: tuple[str, ...] = ()
    """Names of the cleaning rules that touched it, in their order."""
    removals: tuple[Removal, ...] = ()
    """What each rule or step took away, one of each at most: nothing else went."""


def clean(html: str, *, base: str, title: str = "", page: str = "", metadata: Metadata = NOTHING) -> Cleaned:
    """Return a stranger's body as HTML of record.

    Relative addresses are resolved against `base`. First lines that only repeat `title` (plain text) or `metadata` go,
    and footers that lead to the post and to its blog. Pictures that cannot be had lead to `page`, where the body is
    published; without one, to `base`.
    """
    touched: list[str] = []
    text, lost = _repaired(html, touched)
    root, stock = _parsed(text)
    before = removals.shown(root, stock.tags)
    for name, rule in _rules(base, page or base).items():
        if rules.may_touch(name, stock) and rule(root):
            touched.append(name)
            after = removals.shown(root)
            lost += removals.removal(name, before, after)
            before = after
    trees = {"structure": shape(root)}
    for name, step in (("footers", without_footers), ("title", without_chrome)):
        tree = next(reversed(trees.values()))
        trees[name] = step(tree, title, metadata)
        if trees[name] != tree:
            touched += [name] if name not in touched else []
            lost += removals.left_out(name, *_differing(tree, trees[name]))
    recorded = _recorded(trees["title"])
    framed = recorded if trees["title"] == trees["structure"] else _recorded(trees["structure"])
    if not removals.is_whole(before, framed):
        lost += _lost_in_writing(_ruled(text, base, page or base), tree_html.html(trees["structure"]), framed)
    return Cleaned(html=recorded, framed=framed, rules=tuple(touched), removals=removals.summed(lost))


def _differing(before: tuple[Node, ...], after: tuple[Node, ...]) -> tuple[str, str]:
    """Return the blocks that a step dropped, and those that it wrote anew, as HTML."""
    old, new = ({id(node): node for node in tree} for tree in (before, after))
    parts = (tuple(nodes[key] for key in nodes if key not in other) for nodes, other in ((old, new), (new, old)))
    dropped, added = map(tree_html.html, parts)
    return dropped, added


def _parsed(text: str) -> tuple[Element, Inventory]:
    root = turbohtml.parse_fragment(text, positions=False)
    flatten(root)
    return root, inventory(root)


def _lost_in_writing(ruled: str, written: str, framed: str) -> list[Removal]:
    """Return what the tree of record could not hold, and what the sanitizer took."""
    return [*removals.left_out("structure", ruled, written), *removals.left_out("sanitiser", written, framed)]


def _rules(base: str, page: str) -> dict[str, Callable[[Element], bool]]:
    return {
        **rules.RULES,
        "embeds": lambda root: embeds.replace(root, base),
        "images": lambda root: images.images(root, base, page),
        "links": lambda root: links.links(root, base),
        "sizes": images.sizes,
        "footnotes": gather,
    }


def _ruled(text: str, base: str, page: str) -> str:
    """Return the document once more as it was before `shape`, which takes it to pieces: that is seldom needed."""
    root, stock = _parsed(text)
    for name, rule in _rules(base, page).items():
        if rules.may_touch(name, stock):
            rule(root)
    return root.inner_html


def _recorded(tree: tuple[Node, ...]) -> str:
    """Return the tree as sanitised HTML; what lost its address in the sanitiser's own eyes becomes its text."""
    html = sanitize.record(repair.characters(tree_html.html(tree)))
    return sanitize.record(tree_html.html(read(html))) if _SHORN.search(html) else html


def _repaired(html: str, touched: list[str]) -> tuple[str, list[Removal]]:
    text = html
    lost: list[Removal] = []
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
            lost += removals.cut(name, text, mended) if name in _CUTTING else []
        text = mended
    return text, lost
