"""Print lines (`print_line`) and progress bars (`ProgressBar`). The only print."""

import sys
from collections.abc import Sized
from pathlib import Path
from typing import Any


class ProgressBar:
    """Shows a stage as a progress bar on a terminal, and as lines elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None

    def begin(self, what: str, total: int) -> None:
        """A stage begins; the one before is over."""
        self._end()
        if sys.stderr.isatty() and total:
            from tqdm import tqdm  # only where somebody looks

            self._bar = tqdm(total=total, desc=what, leave=False, unit="")

    def step(self, line: str = "") -> None:
        """One step of the stage is done."""
        if self._bar is not None:
            self._bar.update()
        if line:
            print_line(line)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar = None

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()


def print_line(text: str) -> None:
    """Print lines in which no stranger's text can act: on a terminal, or on a CI service that obeys its log."""
    for line in text.split("\n"):
        shown = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in line)
        _print(shown.replace("::", ": :").replace("##[", "# #["))


def annotate(level: str, file: str, line: int, title: str, text: str) -> None:
    """Print a line by which GitHub Actions shows a text at a place: `level` is `error`, `warning` or `notice`.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    place = {"file": file, "line": str(line or 1), "title": title}
    properties = ",".join(
        f"{key}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in place.items()
    )
    _print(f"::{level} {properties}::{_escaped(text)}".replace("##[", "# #["))


def _print(line: str) -> None:
    """Above the progress bar, where there is one."""
    if bars := sys.modules.get("tqdm"):
        bars.tqdm.write(line, file=sys.stdout)
    else:
        print(line)


def _escaped(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)
    return shown.replace("%", "%25")


def add_to(path: Path, text: str) -> None:
    """Add a text at the end of a file: the summary of a job, to which other steps add too."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text + "\n")


def count(things: Sized, name: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"
