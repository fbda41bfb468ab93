"""The cleaning rules of the program before this one, kept for one release: posts that it made are compared by them.

`clean` gives what it would have recorded, `digest` its mark of a text. Nothing here changes any more; it is removed
whole with the release after this one.
"""

import hashlib
import re

from generator.markup.before import cleaning
from generator.markup.before.reading import signature

__all__ = ["clean", "digest"]


def clean(html: str, *, base: str, title: str = "") -> str:
    """Return the HTML of record as it was cleaned before."""
    return cleaning.clean(html, base=base, title=title).html


def digest(title: str, html: str, page: str) -> str:
    """Return the digest, 32 hex digits without a version, that the program before gave to a text."""
    noticed = signature(html)
    if page:
        noticed = re.sub(re.escape(page) + r"#\S*", page, noticed)
    return hashlib.sha256(f"{title}\n{noticed}".encode("utf-8", "replace")).hexdigest()[:32]
