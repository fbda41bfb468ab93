"""Fold pieces of a line, with the marks around them, and nest them as inline content, with `fold` and `tree`."""

import re

from generator.markup.tree.nodes import Content, Leaf, Node, NodePath

BREAK = Node("br", {}, ())
_SPACES = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
"""What is folded into one space; a lone space is one already."""


def _common(path: NodePath, other: NodePath) -> NodePath:
    shared = 0
    for left, right in zip(path, other, strict=False):
        if left != right:
            break
        shared += 1
    return path[:shared]


def fold(leaves: list[Leaf]) -> list[Leaf]:
    """Return the pieces as a browser shows them: white space folded, and outside of the marks that it ends or
    begins.
    """
    out: list[Leaf] = []
    space: NodePath | None = None
    for piece, path in leaves:
        if piece is BREAK:
            out.append((piece, path))
            space = None
            continue
        after: NodePath | None = None
        if isinstance(piece, str):
            text = _SPACES.sub(" ", piece)
            if text[:1] == " ":
                space = path if space is None else _common(space, path)
            after = path if text[-1:] == " " else None
            piece = text.strip(" ")
            if not piece:
                continue
        if space is not None and out and out[-1][0] is not BREAK:
            out.append((" ", _common(_common(out[-1][1], space), path)))
        out.append((piece, path))
        space = after
    return [_hoisted(out, place) if leaf[0] is BREAK else leaf for place, leaf in enumerate(out)]


def _hoisted(leaves: list[Leaf], place: int) -> Leaf:
    """Return a break outside of the marks that end before it or begin after it."""
    before = leaves[place - 1][1] if place else ()
    after = leaves[place + 1][1] if place + 1 < len(leaves) else ()
    return BREAK, _common(_common(leaves[place][1], before), after)


def _blank(piece: Node | str) -> bool:
    return piece is BREAK or (isinstance(piece, str) and not piece.strip())


def trimmed(leaves: list[Leaf]) -> list[Leaf]:
    """Folded pieces without breaks and spaces of any kind at the ends; nothing where nothing is to be seen."""
    start, end = 0, len(leaves)
    while start < end and _blank(leaves[start][0]):
        start += 1
    while end > start and _blank(leaves[end - 1][0]):
        end -= 1
    visible = leaves[start:end]
    if visible and isinstance(first := visible[0][0], str):
        visible[0] = (first.lstrip(), visible[0][1])
    if visible and isinstance(last := visible[-1][0], str):
        visible[-1] = (last.rstrip(), visible[-1][1])
    return visible


def paragraphs(leaves: list[Leaf]) -> list[list[Leaf]]:
    """Return pieces parted where an author wrote two breaks or more in a row, which is how many mark a paragraph."""
    if len(leaves) == 1 and isinstance(only := leaves[0][0], str):
        line = _SPACES.sub(" ", only).strip()
        return [[(line, leaves[0][1])]] if line else []
    folded = fold(leaves)
    parts: list[list[Leaf]] = [[]]
    for place, leaf in enumerate(folded):
        double = leaf[0] is BREAK and place and folded[place - 1][0] is BREAK
        if double:
            parts.append([])
        parts[-1].append(leaf)
    return [part for part in map(trimmed, parts) if part]


def tree(leaves: list[Leaf]) -> Content:
    """Return pieces as nested inline elements: those that share a mark share an element."""
    if len(leaves) == 1 and not leaves[0][1]:
        return (leaves[0][0],)
    levels: list[list[Node | str]] = [[]]
    path: NodePath = ()
    for piece, wanted in leaves:
        keep = len(_common(path, wanted)) if path else 0
        while len(path) > keep:
            path = _close(levels, path)
        for mark in wanted[keep:]:
            levels.append([])
            path = (*path, mark)
        last = levels[-1]
        if isinstance(piece, str) and last and isinstance(last[-1], str):
            last[-1] += piece
        else:
            last.append(piece)
    while path:
        path = _close(levels, path)
    return tuple(levels[0])


def _close(levels: list[list[Node | str]], path: NodePath) -> NodePath:
    kids = tuple(levels.pop())
    tag, attrs, _ = path[-1]
    levels[-1].append(Node(tag, dict(attrs), kids))
    return path[:-1]


def verbatim(leaves: list[Leaf]) -> Content:
    """Return pieces of a `pre` with nothing folded; white space at the ends of a mark stands outside of it."""
    out: list[Leaf] = []
    for piece, path in leaves:
        if isinstance(piece, Node):
            out.append(("\n", ()) if piece is BREAK else (piece, path))
            continue
        body = piece.strip()
        start = piece.index(body) if body else len(piece)
        parts: list[Leaf] = [(piece[:start], ()), (body, path), (piece[start + len(body) :], ())]
        out += [part for part in parts if part[0]]
    return tree(_within(out))


def _within(leaves: list[Leaf]) -> list[Leaf]:
    while leaves and isinstance(leaves[-1][0], str) and not leaves[-1][0].strip():
        leaves.pop()
    while leaves and isinstance(leaves[0][0], str) and not leaves[0][0].strip("\n"):
        leaves.pop(0)
    if leaves and isinstance(first := leaves[0][0], str):
        leaves[0] = (first.lstrip("\n"), leaves[0][1])
    return leaves
