"""Drop last lines that feed plug-ins and services put below a text.

`footers` drops them by their words, `without_footers` by where their links lead.
"""

import re

from turbohtml import Element

from generator.markup.metadata import Metadata
from generator.markup.tree.lines import Link, holds, links, text, words
from generator.markup.tree.nodes import Node

MAX_WORDS = 40
"""Words of a footer."""
MAX_LINES = 5
"""Footers of one text, one below the other."""
_MAX_LETTERS = 240
"""Letters of a footer outside of its links: some languages put no space between words."""
_NOISE = re.compile(
    r"(?:please enable javascript to view the )?comments powered by disqus\.?"
    r"|please enable javascript to view the .{0,60}comments.{0,60}"
    r"|view comments?|share this:|like this:|like loading\.+",
    re.IGNORECASE,
)
_HINTS = ("appeared first on", "on medium,", "disqus", "enable javascript", "view comment", "e this:", "like loading")
"""Whether it is worth looking at each paragraph."""
_SIGNED = re.compile(
    r"the post (.{1,300}?) (?:first )?appeared first on (.{1,200})"
    r"|(.{1,300}) was originally published in (.{1,200}) on medium, where people are continuing .*",
    re.IGNORECASE,
)
"""Footers only where the parts are the texts of two links, and all that is said around them: what else stands there an
author wrote. They need not lead to the blog's own home: Medium's leads to a magazine."""
_LICENCE = re.compile(r"//creativecommons\.org/|/licen[cs]es?\b", re.IGNORECASE)
"""Where a link leads that says what may be done with the text: a line with it says more than where the text is from."""


def footers(root: Element) -> bool:
    """Last lines that feed plug-ins and services add ("The post … appeared first on …")."""
    touched = False
    whole = " ".join(root.text.lower().split())
    for element in root.select("p,div,noscript,small") if any(hint in whole for hint in _HINTS) else []:
        line = " ".join(element.text.split())[:700] if len(element.children) < 12 else ""
        if _NOISE.fullmatch(line) or (line.lower() != whole and _is_signed(element, line)):
            element.decompose()
            touched = True
    return touched


def _is_signed(element: Element, line: str) -> bool:
    match = _SIGNED.fullmatch(line)
    parts = [words(part) for part in match.groups() if part] if match else []
    return bool(parts) and parts == [words(link.text) for link in element.find_all("a")]


def without_footers(tree: tuple[Node, ...], title: str, metadata: Metadata) -> tuple[Node, ...]:
    """Drop the last paragraphs that link to the post and to its blog, or only to services that share it.

    That is what they are in any language. They have at most `MAX_WORDS`, hold no image, and are never all of the text.
    Footnotes stand below them.
    """
    notes = tree[-1:] if tree and tree[-1].tag == "section" else ()
    blocks = list(tree[: len(tree) - len(notes)])
    for _ in range(MAX_LINES):
        shown = [place for place, block in enumerate(blocks) if block.tag != "hr"]
        last = shown[-1] if len(shown) > 1 else 0
        rest = _shortened(blocks[last], title, metadata) if last else None
        if not last or rest is blocks[last]:
            break
        blocks[last:] = [rest] if rest else []
        if not rest:
            del blocks[shown[-2] + 1 :]
    return (*blocks, *notes)


def _shortened(block: Node, title: str, metadata: Metadata) -> Node | None:
    """Return the block without a footer that is its last line; None where it is one as a whole."""
    breaks = [place for place, kid in enumerate(block.kids) if isinstance(kid, Node) and kid.tag == "br"]
    if breaks and _is_footer(Node("p", {}, block.kids[breaks[-1] :]), title, metadata):
        return Node("p", {}, block.kids[: breaks[-1]])
    return None if _is_footer(block, title, metadata) else block


def _is_footer(block: Node, title: str, metadata: Metadata) -> bool:
    targets = list(links(block.kids)) if block.tag in ("p", "ul") else []
    line = text(block.kids) if len(targets) > 1 else ""
    aside = len(line) - sum(len(link.text) for link in targets)
    if not line or len(line.split()) > MAX_WORDS or aside > _MAX_LETTERS:
        return False
    if any(_LICENCE.search(link.url) for link in targets):
        return False
    homes = [link for link in targets if metadata.is_home(link.url)]
    pages = [link for link in targets if _leads_to_post(link, title, metadata)]
    shares = [link for link in targets if metadata.shares(link.url)]
    if len(shares) > 1 and len(homes) + len(pages) + len(shares) == len(targets):
        return True
    return bool(homes and pages) and block.tag == "p" and not holds(block.kids, ("img",))


def _leads_to_post(link: Link, title: str, metadata: Metadata) -> bool:
    """Return whether a link leads to the post: by its address, or by its title where a service stands between."""
    if metadata.is_page(link.url):
        return True
    near = "/~r/" in link.url or metadata.is_own(link.url)  # /~r/ is FeedBurner's, on whichever host
    return near and not metadata.is_home(link.url) and bool(title) and words(link.text) == words(title)
