"""What a reader would notice of HTML of record."""

from generator.markup.before.nodes import Content, Node
from generator.markup.before.shape import read
from generator.models import urls

_EDGED = frozenset(
    (
        "blockquote br caption dd details dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre section summary "
        "table tbody td th thead tr ul"
    ).split()
)


def signature(html: str) -> str:
    """What a reader would notice: text, link targets and images in their order; equal for all other differences."""
    out: list[str] = []
    _noticed(read(html), out)
    return " ".join("".join(out).split())


def _noticed(kids: Content | tuple[Node, ...], out: list[str]) -> None:
    for kid in kids:
        if isinstance(kid, str):
            out.append(kid)
            continue
        address = kid.attrs.get("href") or kid.attrs.get("src")
        mark = f"\x1f{urls.without_tracking(address)}\x1f" if address else " " if kid.tag in _EDGED else ""
        out.append(mark)
        _noticed(kid.kids, out)
        out.append(mark and " ")
