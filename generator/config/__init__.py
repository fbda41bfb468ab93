"""Settings and authors/ → a Planet, or every fault in them with file, line and remedy."""

from pathlib import Path

from generator.config.authors import read_authors
from generator.config.settings import read_settings
from generator.model import Planet

__all__ = ["load"]


def load(root: Path, *, version: str = "") -> Planet:
    """The planet whose files lie in `root`. `version` goes into the User-Agent.

    Raises FileError that names every fault found, so that one run of an editor mends them all.
    """
    settings = read_settings(root / "pyproject.toml", version=version)
    return read_authors(root / "authors", settings)
