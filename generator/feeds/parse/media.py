"""Read the files that come with an entry (`enclosures`)."""

import re
from typing import Any

from generator.feeds.parse.values import text
from generator.models import Enclosure, safe_url


def enclosures(item: Any, base: str) -> list[Enclosure]:
    """Return the files of an entry, each once, at most 20 of them; `base` is what their addresses are relative to."""
    files: dict[str, Enclosure] = {}
    for part in [*(item.get("enclosures") or ()), *(item.get("media_content") or ())]:
        url = safe_url(text(part, "href") or text(part, "url"), base=base)
        length = text(part, "length") or text(part, "filesize")
        if url and len(files) < 20:
            size = int(length) if re.fullmatch(r"\d{1,15}", length) else 0
            files.setdefault(url, Enclosure(url=url, type=_mime(text(part, "type")), length=size))
    return list(files.values())


def _mime(name: str) -> str:
    return name if re.fullmatch(r"[\w.+-]{1,40}/[\w.+-]{1,80}", name) else ""
