"""Share texts among the processes of a build, in a file that nobody else sees: `SharedTexts`."""

import os
from contextlib import suppress
from mmap import mmap
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkstemp
from weakref import finalize

_PLACE = 40
"""Bits that tell where a text begins; those above tell how many bytes it has."""
_LONGEST = 1 << 64 - _PLACE


class SharedTexts:
    """Places for so many texts. Processes that are copied from this one share them."""

    def __init__(self, places: int, folder: Path) -> None:
        """The file is kept in `folder` where there is one, and is gone with the last of the processes."""
        self._file, name = mkstemp(dir=folder if folder.is_dir() else None)
        Path(name).unlink()
        finalize(self, os.close, self._file)
        self._places = memoryview(mmap(-1, 8 * places or 8)).cast("Q")
        self._end = get_context().Value("Q", 1)

    def put(self, place: int, text: str) -> None:
        """The text is there from now on, unless it is too long or the disk is full."""
        content = text.encode("utf-8", "surrogatepass")
        if len(content) < _LONGEST:
            with self._end.get_lock():
                begin = self._end.value
                self._end.value += len(content)
            with suppress(OSError):
                if os.pwrite(self._file, content, begin) == len(content):
                    self._places[place] = len(content) << _PLACE | begin  # last, and at once

    def take(self, place: int) -> str | None:
        """The text that somebody put there."""
        slot = self._places[place]
        size, begin = slot >> _PLACE, slot & (1 << _PLACE) - 1
        return os.pread(self._file, size, begin).decode("utf-8", "surrogatepass") if slot else None
