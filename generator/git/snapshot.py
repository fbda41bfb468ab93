"""Write the planet's files as of a commit into a folder of their own. Main function: `take_snapshot`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.git.log import Log


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The planet's files as of a commit, in a folder of their own."""

    commit: str
    folder: Path


@contextmanager
def take_snapshot(root: Path, at: str | datetime) -> Iterator[Snapshot]:
    """Yield the planet's files as of a revision, or of the last commit at or before a moment; gone when the context
    ends.

    Neither the work tree nor the index of `root` is touched.
    """
    with Log(root) as log:
        commit = log.find(at)
    with tempfile.TemporaryDirectory(prefix="gitplanet-") as folder, Log(root, commit) as log:
        files = Path(folder) / "then"
        files.mkdir()
        log.export(files, index=Path(folder) / "index")
        yield Snapshot(commit=commit, folder=files)
