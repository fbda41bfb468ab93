"""Write a site's files into their folder, a `Manifest`: only what changed, and only what is ours is removed.

What stands there and what it was made of is remembered in `.cache/`; that may be lost, and then files are compared.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import blake2s
from pathlib import Path
from typing import NamedTuple

from generator import cache as tables
from generator.errors import PlanetError

MARKER = ".gitplanet"
"""A file that says: this folder was made here, and may be emptied here."""


class FileEntry(NamedTuple):
    """A file that has its place, and how it was left there."""

    path: str
    """Below the folder."""
    mark: str
    """Of what it was made of; empty where nobody marked that."""
    size: int
    changed: int
    """Nanoseconds since 1970, as the file system tells them."""
    written: bool


class Manifest:
    """The folder `out` while a site is put there.

    `cache` is the planet's folder of things that may be lost. `made_by` tells apart what makes other files of the same.
    """

    def __init__(self, out: Path, cache: Path, made_by: str) -> None:
        """Raises PlanetError where something stands there that was not made by a build."""
        if out.exists() and not out.is_dir():
            raise PlanetError(f"{out} is not a folder; give another one")
        if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
            raise PlanetError(
                f"{out} is not empty and was not made by a build; give another folder, or empty it yourself"
            )
        self._out = out
        name = blake2s(str(out.resolve()).encode(), digest_size=5).hexdigest()
        self._table = tables.Table(cache / f"site-{name}.jsonl", made_by)
        self._made: set[str] = set()
        self._puts: dict[str, FileEntry] = {}
        metadata = self._table.metadata()
        stamp, many = metadata.get("stamp"), metadata.get("many")
        self.made_of: tuple[str, ...] = tuple(stamp) if isinstance(stamp, list) else ()
        """The stamp of what a build made it of, where that may be known by it."""
        self._left = metadata.get("left")
        self._many = many if isinstance(many, int) else 0
        self._stands = False

    def open(self) -> None:
        """Makes the folder. Until `close` nothing is remembered of it, so that a build that is killed is no trap."""
        self._many = len(self._remembered)  # read before it goes
        self._table.path.unlink(missing_ok=True)
        self._out.mkdir(parents=True, exist_ok=True)

    @cached_property
    def _remembered(self) -> dict[str, tuple[str, int, int]]:
        """By path its mark, size and time of change; none where that is not what the rows tell."""
        return self._table.load(lambda _, row: (str(row[0]), int(row[1]), int(row[2])))

    @property
    def is_new(self) -> bool:
        """Whether nothing is remembered of it that holds today."""
        return not self._remembered

    def is_left(self) -> bool:
        """Whether every file is as a build left it, and no other is there. Where it is, no file is looked at again."""
        self._stands = self._left is not None and self._left == _listing(_seen(str(self._out)))
        return self._stands

    def _is_left(self, path: str) -> bool:
        entry = self._remembered.get(path)
        if self._stands:
            return entry is not None
        try:
            seen = os.stat(f"{self._out}/{path}")  # noqa: PTH116 a Path for each would take as long as the call
        except OSError:
            return False
        return entry is not None and (seen.st_size, seen.st_mtime_ns) == entry[1:]

    @property
    def files(self) -> int:
        """How many there are."""
        return len(self._puts) or self._many

    @property
    def written(self) -> int:
        """How many of them were written."""
        return sum(put.written for put in self._puts.values())

    def standing(self, path: str, mark: str) -> FileEntry | None:
        """The file as it stands, if it is as a build left it that made it of the same."""
        entry = self._remembered.get(path)
        if not entry or entry[0] != mark or not self._is_left(path):
            return None
        return FileEntry(path=path, mark=mark, size=entry[1], changed=entry[2], written=False)

    def put(self, path: str, content: bytes, mark: str = "") -> FileEntry:
        """The file with that content; it is left alone where it has it already. It is the site's once it is added."""
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            (self._out / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        target = f"{self._out}/{path}"  # a Path for each would take longer than to write it
        written = _read(target) != content
        if written:
            with open(target, "wb") as file:  # noqa: PTH123
                file.write(content)
        return self._as_it_is(path, target, mark, written=written)

    def existing(self, path: str) -> list[FileEntry]:
        """The file as it stands, whatever it holds; nothing where there is none. A folder's files, of a folder."""
        target = self._out / path
        files = sorted(target.iterdir()) if target.is_dir() else [target] if target.is_file() else []
        return [self._as_it_is(file.relative_to(self._out).as_posix(), str(file), "", written=False) for file in files]

    def _as_it_is(self, path: str, target: str, mark: str, *, written: bool) -> FileEntry:
        seen = os.stat(target)  # noqa: PTH116
        return FileEntry(path=path, mark=mark, size=seen.st_size, changed=seen.st_mtime_ns, written=written)

    def stay(self) -> None:
        """All files that a build left belong to the site."""
        self.add(
            FileEntry(path=path, mark=mark, size=size, changed=changed, written=False)
            for path, (mark, size, changed) in self._remembered.items()
        )

    def add(self, puts: Iterable[FileEntry]) -> None:
        """These files belong to the site."""
        self._puts |= {put.path: put for put in puts}

    def clear(self) -> int:
        """Removes what is not the site's any more, and folders that are empty then; says how many files."""
        there = self._remembered if self._stands else (path for path, _, _ in _seen(str(self._out)))
        stale = [self._out / path for path in there if path not in self._puts]
        for file in stale:
            file.unlink(missing_ok=True)
            with suppress(OSError):  # up to the first that is not empty
                for folder in file.parents:
                    folder.rmdir()
        return len(stale)

    def close(self, stamp: Sequence[str] = ()) -> None:
        """Remembers the files. `stamp` is of what all was made of, where that is to be known by it again."""
        self._table.path.parent.mkdir(parents=True, exist_ok=True)
        rows = ((put.path, (put.mark, put.size, put.changed)) for put in self._puts.values())
        left = _listing((put.path, put.size, put.changed) for put in self._puts.values())
        self._table.save(rows, stamp=stamp, left=left, many=len(self._puts))


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
