"""Decide whether a revision takes so much text away that it looks like damage. Pure. Main function: `loses_text`."""

from generator import markup
from generator.models import Post

LONG = 1000
"""Characters of visible text from which on a loss of over half is doubted; short texts are rewritten often."""
MANY = 3
"""Posts of one feed that shrink at once, from which on a person should look at the feed."""


def loses_text(before: Post, after: Post) -> bool:
    """Return whether the text becomes empty, or was `LONG` and loses over half of its characters."""
    old, new = _length(before), _length(after)
    if not new:
        return old > 0 or (bool(before.body) and not after.body)
    return old >= LONG and 2 * new < old


def _length(post: Post) -> int:
    return len(markup.text(markup.to_html(post.body)))
