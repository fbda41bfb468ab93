"""Build the site as it would look with newcomers and their posts alone: `preview`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator import config
from generator.archive import post_file
from generator.archive.index import Heads
from generator.build.inputs import inputs_of
from generator.build.output import Manifest
from generator.build.pipeline import build_site
from generator.config import ground
from generator.models import Author, Post

SHOWN = 5
"""Posts of each newcomer on the pages of a preview."""


def preview(newcomers: Sequence[tuple[Author, Sequence[Post]]], files: Mapping[str, bytes], out: Path) -> int:
    """Builds pages with the newcomers' last posts into `out`; returns how many files they are.

    `files` are the planet's own files with the proposal's, by path.
    """
    shown = [post for _, posts in newcomers for post in posts[:SHOWN]]
    with ground(files) as root:
        planet = config.read_settings(root / "pyproject.toml", version="").planet
        alone = replace(planet, authors=tuple(author for author, _ in newcomers))
        for post in shown:
            path = root / post.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(post_file.to_text(post), "utf-8")
        inputs = inputs_of(root, alone, Heads(heads=tuple(shown), versions={}))
        return build_site(inputs, Manifest.load(out, root)).pages
