"""Files of a planet that subscribes to the sample blogs: `authors`, `faces` and `settings`."""

from collections.abc import Mapping

from generator.setup.demo.blogs import HOST, blogs_at
from generator.setup.demo.png import png
from generator.setup.demo.story import FOLDER


def authors(base_url: str) -> Mapping[str, str]:
    """Text of `authors/<nick>.yaml` by nick. `base_url` is the blogosphere's address without a slash at the end."""
    files = sorted((FOLDER / "blogs").glob("*/author.yaml"))
    return {path.parent.name: path.read_text("utf-8").replace(HOST, base_url) for path in files}


def faces() -> Mapping[str, bytes]:
    """Return the PNG of `authors/<nick>.png` by nick, which the author files name: a penguin each, in a scarf of
    their own.
    """
    penguin = (FOLDER / "penguin.txt").read_text("utf-8")
    return {blog.nick: png(penguin.replace("#scarf", blog.scarf)) for blog in blogs_at(0)}


def settings(base_url: str) -> str:
    """Text of the root's `pyproject.toml`. `base_url` is the blogosphere's address without a slash at the end."""
    return (FOLDER / "settings.toml").read_text("utf-8").replace(HOST, base_url)
