"""Write a site's files into their folder: only what changed, and only what is ours is removed.

What stands there and what it was made of is remembered in `.cache/`, in a `Manifest`; that may be lost, and then files
are compared.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s
from pathlib import Path
from typing import Any, NamedTuple

from generator import cache
from generator.build.theme import folders
from generator.errors import PlanetError
from generator.site import FeedKey, FeedTotals, Newest

MARKER = ".gitplanet"
"""A file that says: this folder was made here, and may be emptied here."""


class InputsKey(NamedTuple):
    """Of what a site was made: changes whenever another may come of it."""

    tree: str = ""
    """Of the tree and of all that makes pages of it; empty where that cannot be known."""
    feeds: str = ""
    """Of what the cache knows of the feeds."""


UNKNOWN = InputsKey()


class FileEntry(NamedTuple):
    """A file that has its place, and how it was left there."""

    path: str
    """Below the folder."""
    mark: str
    """Of what it was made of; empty where nobody marked that."""
    size: int
    changed: int
    """Nanoseconds since 1970, as the file system tells them."""
    written: bool = False


Totals = Mapping[FeedKey, FeedTotals]
"""What stands of each feed."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """How the last build left the folder `out`."""

    out: Path
    table: cache.Table
    count: int = 0
    """How many files there were."""
    inputs: InputsKey = UNKNOWN
    """Of what they were made."""
    totals: Totals | None = None
    is_intact: bool = False
    """Whether every file is as it was left, and no other is there. Where it is, no file is looked at again."""

    @classmethod
    def load(cls, out: Path, root: Path) -> "Manifest":
        """Load what the cache of the planet in `root` knows of the folder, if that holds today.

        Raises PlanetError where something stands there that was not made by a build.
        """
        _check_folder(out)
        name = blake2s(str(out.resolve()).encode(), digest_size=5).hexdigest()
        table = cache.Table(root / cache.FOLDER / f"site-{name}.jsonl", folders.mark(root))
        metadata = table.metadata()
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            return cls(
                out=out,
                table=table,
                count=int(metadata["count"]),
                inputs=InputsKey(*map(str, metadata["inputs"])),
                totals=_read_totals(metadata["totals"]),
                is_intact=metadata["listing"] == _listing(_seen(str(out))),
            )
        return cls(out=out, table=table)

    @cached_property
    def entries(self) -> Mapping[str, FileEntry]:
        """By path the files that the last build left; none where nothing is known of them."""
        return self.table.load(lambda path, row: FileEntry(path, str(row[0]), int(row[1]), int(row[2])))

    def standing(self, path: str, mark: str) -> FileEntry | None:
        """Return the file, if it is as a build left it that made it of the same."""
        entry = self.entries.get(path)
        return entry if entry and entry.mark == mark and (self.is_intact or self._stands(entry)) else None

    def _stands(self, entry: FileEntry) -> bool:
        try:
            seen = os.stat(f"{self.out}/{entry.path}")  # noqa: PTH116 a Path for each would take as long as the call
        except OSError:
            return False
        return (seen.st_size, seen.st_mtime_ns) == (entry.size, entry.changed)

    def forget(self) -> None:
        """Forget the folder until `save`, so that a build that is killed is no trap."""
        _ = self.entries  # read before they go
        self.table.path.unlink(missing_ok=True)

    def save(self, entries: Iterable[FileEntry], inputs: InputsKey, totals: Totals | None) -> None:
        """Remember the files; `inputs` is of what they were made, where that is to be known by it again."""
        files = list(entries)
        self.table.path.parent.mkdir(parents=True, exist_ok=True)
        rows = ((file.path, (file.mark, file.size, file.changed)) for file in files)
        listing = _listing((file.path, file.size, file.changed) for file in files)
        stands = (
            None if totals is None else [[*feed, total.posts, vars(total.newest)] for feed, total in totals.items()]
        )
        self.table.save(rows, count=len(files), inputs=inputs, listing=listing, totals=stands)

    def remove_others(self, paths: Iterable[str]) -> int:
        """Remove all but the files at these paths, and folders that are empty then; return how many files."""
        there = self.entries if self.is_intact else [path for path, _, _ in _seen(str(self.out))]
        stale = [self.out / path for path in set(there).difference(paths)]
        for file in stale:
            file.unlink(missing_ok=True)
            with suppress(OSError):  # up to the first that is not empty
                for folder in file.parents:
                    folder.rmdir()
        return len(stale)


def _check_folder(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise PlanetError(f"{out} is not a folder; give another one")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise PlanetError(f"{out} is not empty and was not made by a build; give another folder, or empty it yourself")


def _read_totals(rows: Any) -> Totals | None:
    if rows is None:
        return None
    return {(nick, url): FeedTotals(posts=posts, newest=Newest(**newest)) for nick, url, posts, newest in rows}


def write_file(out: Path, path: str, content: bytes, mark: str = "") -> FileEntry:
    """Write a file below `out`, or leave it alone where it has that content already."""
    target = f"{out}/{path}"  # a Path for each would take longer than to write it
    written = _read(target) != content
    if written:
        try:
            _write(target, content)
        except FileNotFoundError:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
    return _entry(path, target, mark, written=written)


def existing_files(out: Path, path: str) -> list[FileEntry]:
    """Return a file as it stands, whatever it holds; nothing where there is none. A folder's files, of a folder."""
    target = out / path
    files = sorted(target.iterdir()) if target.is_dir() else [target] if target.is_file() else []
    return [_entry(file.relative_to(out).as_posix(), str(file)) for file in files]


def _entry(path: str, target: str, mark: str = "", *, written: bool = False) -> FileEntry:
    seen = os.stat(target)  # noqa: PTH116
    return FileEntry(path, mark, seen.st_size, seen.st_mtime_ns, written)


def _seen(folder: str, below: str = "") -> Iterator[tuple[str, int, int]]:
    """Path, size and time of change of each file in the folder: one pass, since there may be 100,000."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _seen(entry.path, f"{below}{entry.name}/")
                else:
                    seen = entry.stat(follow_symlinks=False)
                    yield below + entry.name, seen.st_size, seen.st_mtime_ns
    except OSError:  # gone while we looked, or never there
        return


def _listing(files: Iterable[tuple[str, int, int]]) -> str:
    """A mark of all of them."""
    lines = sorted([f"{path}\0{size}\0{changed}" for path, size, changed in files])
    return blake2s("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        return None


def _write(path: str, content: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(content)
