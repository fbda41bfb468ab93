"""What the log tells of files: every text that they had."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from generator.git.repository import Repository


@dataclass(frozen=True, kw_only=True)
class Version:
    """A text that a file had, and the moment of the commit that gave it, or took it away."""

    path: str
    when: datetime
    text: str
    by_planet: bool = True
    """False where a person made the commit."""


def versions(repository: Repository, paths: Iterable[str], *, kinds: str = "AM") -> list[Version]:
    """The texts that files at `paths` ever got, newest first; with `kinds="D"` those that were removed. One pass."""
    git = repository.git
    shown = f"--diff-filter={kinds}", "--format=%x01%ct %(trailers:key=Post-Guid,keyonly,separator=)"
    told = git.ask("log", "--raw", "-z", "--no-renames", "--no-abbrev", *shown, "--", *paths)
    found: list[tuple[str, str, datetime, bool]] = []
    words = iter(told.split("\0"))
    when, trailer = "0", ""
    for word in words:
        if word.startswith("\x01"):
            when, _, trailer = word[1:].partition(" ")
        elif word.strip():
            old, new = word.split(" ")[2:4]
            moment = datetime.fromtimestamp(int(when), UTC)
            found.append((old if kinds == "D" else new, next(words), moment, bool(trailer)))
    texts = git.contents(blob for blob, *_ in found)
    return [
        Version(path=path, when=moment, text=texts[blob].decode("utf-8", "replace"), by_planet=by_planet)
        for blob, path, moment, by_planet in found
    ]


def last_changed(repository: Repository, *paths: str) -> set[str]:
    """What the newest commit that changed anything at `paths` changed there."""
    return set(repository.git.ask("log", "-1", "--format=", "--name-only", "--", *paths).splitlines())
