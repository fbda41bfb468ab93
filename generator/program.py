"""The program itself → a mark that changes whenever it may make another site of the same planet."""

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from sys import version_info

_SHAPING = "babel jinja2 markdown markupsafe nh3 pygments pyromark turbohtml".split()
"""Packages whose work is seen in pages."""


@cache
def mark() -> str:
    """Of our own modules, of the packages that shape pages, and of Python, which knows Unicode."""
    told = blake2b(repr(version_info[:3]).encode(), digest_size=12)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        told.update(path.read_bytes())
    for name in _SHAPING:
        told.update(f"{name} {version(name)}".encode())
    return told.hexdigest()
