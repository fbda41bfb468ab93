"""Derive a nick from an address (`nick_for`)."""

import re
from urllib.parse import urlsplit


def nick_for(url: str) -> str:
    """Return a nick from an address: the last word of its path that is a name, else the first of its host."""
    parts = urlsplit(url)
    words = [word for word in re.split(r"[/~]", parts.path.lower()) if re.fullmatch(r"[a-z][a-z0-9_-]{1,31}", word)]
    usual = {"blog", "feed", "feeds", "rss", "atom", "index", "posts", "wp", "default", "en", "category", "tag"}
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    own = labels[1] if labels[0] in ("blog", "blogs", "planet") and len(labels) > 2 else labels[0]
    names = [word.strip("-_") for word in words if word not in usual]
    return names[0] if names else re.sub(r"[^a-z0-9-]", "", own)[:32]
