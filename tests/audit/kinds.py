"""The folder of a site → its pages by kind, and those of each kind that are worth a look."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

FEATURES = {
    "right-to-left": 'dir="rtl"',
    "folded": "<details",
    "table": "<table",
    "code": "<pre",
    "picture": '<img loading="lazy"',
    "footnotes": 'class="footnotes"',
    "withdrawn": "This post was withdrawn",
    "attachment": 'class="enclosures"',
}
"""What a page may have that another of its kind has not, by words that stand in it."""
_READ = 2000
_MOVED = '<meta http-equiv="refresh"'
"""Stands in a page that only leads to another."""


def pages(site: Path) -> list[str]:
    """Every page, by its path in the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def kind(path: str) -> str:
    """What kind of page stands there: its path without the names of people, days and tags."""
    parts = path.split("/")
    name = re.sub(r"^[^.]+\.history\.html$", "*.history.html", parts[-1])
    if parts[0] == "posts":
        return "posts/" + (name if name.startswith("*.h") else "*.html")
    if len(parts) > 2 and parts[-3] in ("authors", "languages", "status", "tags"):
        return "/".join([*parts[:-2], "*", name])
    if parts[-2:-1] and parts[-2] in ("tags", "languages") and name != "index.html":
        return "/".join([*parts[:-1], "*.html"])
    return re.sub(r"(?<=/)[\dW-]+(?=[/.])|(?<=page)\d+", "N", path)


def by_kind(paths: Sequence[str]) -> dict[str, list[str]]:
    """The paths by kind, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        found[kind(path)].append(path)
    return dict(found)


def choose(site: Path, most: int) -> dict[str, list[str]]:
    """Up to so many pages of each kind, from the largest to the smallest, and one for each feature."""
    chosen: dict[str, list[str]] = {}
    for name, paths in by_kind(pages(site)).items():
        by_size = sorted(paths, key=lambda path: ((site / path).stat().st_size, path))
        steps = [round(one * (len(by_size) - 1) / max(1, most - 1)) for one in range(min(most, len(by_size)))]
        some = dict.fromkeys([by_size[-1 - step] for step in steps] + _with_features(site, by_size))
        chosen[name] = [path for path in some if _MOVED not in (site / path).read_text("utf-8")]
    return {name: some for name, some in chosen.items() if some}


def _with_features(site: Path, paths: Sequence[str]) -> list[str]:
    """One page for each feature, among so many of the largest."""
    missing = dict(FEATURES)
    found = []
    for path in list(reversed(paths))[:_READ]:
        text = (site / path).read_text("utf-8")
        here = [name for name, words in missing.items() if words in text]
        if here:
            found.append(path)
        for name in here:
            del missing[name]
        if not missing:
            break
    return found
