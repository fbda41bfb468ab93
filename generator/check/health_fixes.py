"""Edit author files, comments untouched, where a feed has moved or its author is gone: `mend`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.check.health import UNREACHABLE_AFTER, Health
from generator.config import edit
from generator.errors import PlanetError


@dataclass(frozen=True, kw_only=True)
class Mended:
    """Texts of author files by path, what was done to them, and what could not be done."""

    files: Mapping[str, str]
    done: tuple[str, ...]
    left: tuple[str, ...]


def mend(report: Health, texts: Mapping[str, str]) -> Mended:
    """Follow what has moved and pause who is gone; `texts` are the author files by path."""
    files: dict[str, str] = {}
    done: list[str] = []
    left: list[str] = []
    wishes = [(moved.nick, f"{moved.url} has moved to {moved.to}", moved.url, moved.to) for moved in report.moved]
    wishes += [
        (author.nick, f"no feed could be read for {UNREACHABLE_AFTER.days} days: paused", "", "")
        for author in report.unreachable
    ]
    for nick, says, old, new in wishes:
        file = f"authors/{nick}.yaml"
        text = files.get(file, texts.get(file, ""))
        try:
            files[file] = edit.moved(text, old, new, file) if old else edit.paused(text, file)
            done.append(f"{nick}: {says}")
        except PlanetError as error:
            left.append(str(error))
    return Mended(files=files, done=tuple(done), left=tuple(left))
