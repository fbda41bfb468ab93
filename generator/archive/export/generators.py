"""Write a folder in which another site generator reads posts/ as its content (`write`)."""

import os
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from generator.models import Planet
from generator.strict_yaml import quoted

LINKS = {"hugo": "", "jekyll": "_posts", "eleventy": "posts", "zola": "content", "pelican": ""}
"""The tools, and the name under which each wants posts/ beside its settings, as a link; none where it takes a path."""


def write(planet: Planet, root: Path, tool: str, out: Path) -> Iterator[str]:
    """Write the tool's settings and templates into `out`; yield what was written, and what was there and is kept."""
    out.mkdir(parents=True, exist_ok=True)
    posts = os.path.relpath(root / "posts", out.resolve())
    words = {"title": planet.title, "url": planet.url, "site": planet.url.rstrip("/"), "posts": posts}
    for name, text in _texts(files("generator.archive.export") / "templates" / tool):
        for word, value in words.items():
            text = text.replace(f"«{word}»", quoted(value))
        yield _write_new(out / name, text)
    link = out / LINKS[tool] if LINKS[tool] else None
    if link:
        new = not (link.is_symlink() or link.exists())
        if new:
            link.symlink_to(posts, target_is_directory=True)
        yield f"{link}: {'a link to' if new else 'is there already, kept; it should be'} {posts}"


def _texts(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _texts(entry, f"{below}{entry.name}/")
        else:
            yield below + entry.name.removesuffix(".txt"), entry.read_text("utf-8")


def _write_new(path: Path, text: str) -> str:
    if path.exists() or path.is_symlink():
        return f"{path}: is there already, kept"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return f"{path}: written"
