"""Load a planet's settings and authors/ (`load`), or report every fault in them with file, line and remedy."""

from pathlib import Path

from generator.config import edit, nicks, schema
from generator.config.authors import MAX_BYTES, NICK, RESERVED, read_author, read_authors
from generator.config.settings import Settings, read_settings
from generator.config.sharing import sharing_faults
from generator.config.temporary import ground
from generator.config.tolerant import load_tolerantly
from generator.config.write import HINT, NewEdition, NewPlanet, author_text, hint, settings_text
from generator.models import Planet

__all__ = [
    "HINT",
    "MAX_BYTES",
    "NICK",
    "RESERVED",
    "Approved",
    "NewEdition",
    "NewPlanet",
    "Settings",
    "author_text",
    "edit",
    "ground",
    "hint",
    "load",
    "load_tolerantly",
    "nicks",
    "read_author",
    "read_authors",
    "read_settings",
    "schema",
    "settings_text",
    "sharing_faults",
]


def load(root: Path, *, version: str = "") -> Planet:
    """Return the planet whose files lie in `root`. `version` goes into the User-Agent.

    Raises FileError that names every fault found, so that one run of an editor mends them all.
    """
    return read_authors(root / "authors", read_settings(root / "pyproject.toml", version=version))
