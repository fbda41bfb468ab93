"""Read who wrote an entry (`names`)."""

import re
from typing import Any

from generator.feeds.parse.values import text

_ADDRESS = re.compile(r"^[^\s@]+@[^\s@]+ ?\((.*)\)$| ?[(<]?[^\s@]+@[^\s@]+$")


def names(item: Any) -> tuple[str, ...]:
    """Return the names of all its authors, without mail addresses."""
    people = item.get("authors") or ()
    written = [text(person, "name") for person in people] if len(people) > 1 else [text(item, "author")]
    return tuple(dict.fromkeys(filter(None, (_ADDRESS.sub(r"\1", name[:200]).strip() for name in written))))
