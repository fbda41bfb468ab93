"""Read texts out of what `git cat-file --batch` prints, when somebody asks for them. Main class: `BlobTexts`."""

import os
from collections.abc import Iterator, Mapping
from typing import IO
from weakref import finalize

from generator.errors import RepositoryError


class BlobTexts(Mapping[str, str]):
    """Texts by name, in a file that nobody else sees: they may be longer than all else that a program holds."""

    def __init__(self, output: IO[bytes]) -> None:
        """`output` has `name blob size`, the content and a line end, again and again."""
        self._file = os.dup(output.fileno())
        finalize(self, os.close, self._file)
        self._places: dict[str, tuple[int, int]] = {}
        while line := output.readline():
            name, kind, *size = line.decode().split()
            if kind != "blob":
                raise RepositoryError(f"the repository lacks {name}; run `git fsck`")
            self._places[name] = output.tell(), int(size[0])
            output.seek(int(size[0]) + 1, os.SEEK_CUR)

    def __getitem__(self, name: str) -> str:
        begin, size = self._places[name]
        return os.pread(self._file, size, begin).decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
