"""Watch the files that a site is made of (`watch_files`), and signal a new site to whoever waits (`Changes`)."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

WATCHED = ("pyproject.toml", "authors", "posts", "theme", ".cache/feeds.json", ".git/HEAD", ".git/logs/HEAD")
OFTEN = 0.3
"""Seconds from one look to the next."""


class Changes:
    """Counts the builds that changed the site. Pages wait for the next."""

    def __init__(self) -> None:
        self._news, self.count = threading.Condition(), 0

    def notify(self) -> None:
        """There is another site now."""
        with self._news:
            self.count += 1
            self._news.notify_all()

    def wait(self, seconds: float) -> bool:
        """Whether there was another site within that time."""
        with self._news:
            before = self.count
            return self._news.wait_for(lambda: self.count > before, seconds)


FileStates: TypeAlias = dict[str, tuple[int, int]]


def watch_files(
    root: Path, before: FileStates, act: Callable[[set[str]], None], end: threading.Event, *, often: float = OFTEN
) -> None:
    """Calls `act` with the files that changed below `root` since the look `before`, until `end` is set."""
    while not end.wait(often):
        now = file_states(root)
        if now != before:
            changed = {path for path, _ in before.items() ^ now.items()}
            before = now
            act(changed)


def file_states(root: Path) -> FileStates:
    """Size and time of change of each file, by path relative to `root`."""
    return {path: (seen.st_size, seen.st_mtime_ns) for name in WATCHED for path, seen in _seen(root / name, name)}


def _seen(path: Path, name: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        if path.is_file():
            yield name, path.stat()
        elif path.is_dir():
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        yield from _seen(Path(entry.path), f"{name}/{entry.name}")
                    else:
                        yield f"{name}/{entry.name}", entry.stat()
    except OSError:  # gone while we looked: the next look will tell
        return
