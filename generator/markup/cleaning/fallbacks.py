"""Show what `noscript` holds, unless the page shows it anyway: then the two are one. See `fallbacks`."""

import turbohtml
from turbohtml import Element

from generator.markup import repair
from generator.markup.cleaning import embeds, images
from generator.markup.cleaning.neighbours import neighbours

_MEDIA = "img,iframe,video,audio,object,embed"
_MOST_TAGS = 1000  # of one fallback that is written as text


def fallbacks(root: Element) -> bool:
    """`noscript` shows its text, unless that is an image or a player which the page shows anyway."""
    elements = [element for element in root.find_all("noscript") if _is_outermost(element)]
    for element in elements:
        _read(element)
    media = root.select(_MEDIA) if elements else []
    shown = {_key(medium) for medium in media if medium.closest("noscript") is None}
    for element in elements:
        inside = element.select(_MEDIA)
        if inside and not element.text.strip() and _repeats(element, inside, shown):
            element.decompose()
        else:
            element.unwrap()
    for element in root.find_all("noscript"):
        element.unwrap()
    return bool(elements)


def _is_outermost(element: Element) -> bool:
    return isinstance(element.parent, Element) and element.parent.closest("noscript") is None


def _read(element: Element) -> None:
    """HTML that was escaped in its `noscript`, as HTML: programs read it as text and write it into the page."""
    text = element.text.strip()
    if text.startswith("<") and text.endswith(">") and element.find(True) is None:
        written = turbohtml.parse_fragment(repair.harmless(text, limit=_MOST_TAGS), positions=False)
        element.clear()
        element.extend(written.children)


def _key(element: Element) -> str:
    return images.key(images.source(element) if element.tag == "img" else embeds.written(element))


def _repeats(element: Element, inside: list[Element], shown: set[str]) -> bool:
    """Return whether all media inside stand outside, too.

    Placeholders beside those that do not go: one is shown, not two.
    """
    keys = [_key(medium) for medium in inside]
    if all(key in shown for key in keys):
        return True
    near = [medium for side in neighbours(element) for medium in _media(side)]
    files = {_key(medium).rpartition("/")[2] for medium in near}
    if all(key.rpartition("/")[2] in files for key in keys):
        return True
    empty = [medium for medium in near if medium.tag == "img" and images.is_placeholder(images.source(medium))]
    for image in empty[: len(inside)]:
        image.decompose()
    return False


def _media(side: Element) -> list[Element]:
    """Return the media of a neighbour that holds nothing else."""
    if side.text.strip():
        return []
    media = [side] if side.matches(_MEDIA) else side.select(_MEDIA)
    return [medium for medium in media if medium.closest("noscript") is None]
