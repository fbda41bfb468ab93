"""Write counts and strangers' words as inert Markdown, without mentions, links or markup of theirs: `words`. Pure."""

import re
from collections.abc import Iterable, Sequence

from generator.models import inert

LIMIT = 512 * 1024
"""Bytes of a summary: GitHub drops one that is larger than a mebibyte, and may count other steps' with it."""
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]<>|~&!^$"}
_AS_IT_IS = re.compile(r"(`[^`]+`|https?://[^\s<>\"'`|]*[^\s<>\"'`|.,:;!?)])")
"""What is shown in a code span: what somebody may want to copy."""
_MORE = "\n…\n\nThere is more; the log has it all.\n"


def words(text: str, limit: int = 300) -> str:
    """Return a stranger's text as one line of Markdown that shows it and does nothing; addresses can be copied from
    it.
    """
    line = text if len(text) <= limit else text[: limit - 1] + "…"
    parts = _AS_IT_IS.split(line)
    spans = [code(part.strip("`"), limit) if place % 2 else _prose(part) for place, part in enumerate(parts)]
    return "".join(spans).strip()


def _prose(text: str) -> str:
    """Inert, with the spaces at its ends kept: what stands beside it begins there."""
    line = inert(text).translate(_MARKUP)
    return " " * text[:1].isspace() + line + " " * (bool(line) and text[-1:].isspace())


def code(text: str, limit: int = 300) -> str:
    """Return an address or a name, as it is, in a code span: nothing is linked there."""
    line = "".join(sign if sign.isprintable() else "?" for sign in text[:limit]).replace("`", "'").replace("|", "\\|")
    return f"`{line}`" if line.strip() else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def within(text: str, limit: int = LIMIT) -> str:
    """Return the text, cut at the end of a line where it is longer than `limit` bytes."""
    data = text.encode()
    if len(data) <= limit:
        return text
    return data[: limit - len(_MORE.encode())].rpartition(b"\n")[0].decode("utf-8", "ignore") + _MORE
