"""Settings and authors/ → a Planet, or every fault in them with file, line and remedy."""

from pathlib import Path

from generator.config.approved import Approved
from generator.config.authors import MAX_BYTES, NICK, read_author, read_authors
from generator.config.settings import Settings, read_settings
from generator.models import Planet

__all__ = ["MAX_BYTES", "NICK", "Settings", "load", "read_author", "read_settings"]


def load(root: Path, *, version: str = "") -> Planet:
    """The planet whose files lie in `root`. `version` goes into the User-Agent.

    Raises FileError that names every fault found, so that one run of an editor mends them all.
    """
    approved = Approved(root)
    settings = read_settings(root / "pyproject.toml", version=version, approved=approved)
    planet = read_authors(root / "authors", settings, approved)
    approved.keep()
    return planet
