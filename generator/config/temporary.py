"""Write a planet's own files into a temporary root, for as long as a check lasts (`ground`)."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_OWN = re.compile(r"pyproject\.toml|authors/[^/\\\0]+")


@contextmanager
def ground(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a root with those of the files that are a planet's own: settings, and what lies in authors/."""
    with tempfile.TemporaryDirectory(prefix="gitplanet-") as folder:
        root = Path(folder) / "planet"
        (root / "authors").mkdir(parents=True)
        (root / "posts").mkdir()
        for path, content in files.items():
            if _OWN.fullmatch(path) and path not in ("authors/.", "authors/.."):
                (root / path).write_bytes(content)
        yield root
