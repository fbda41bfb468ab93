"""Feeds that moved and authors who are gone → author files with those lines changed, comments kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.check.health import GONE_AFTER, Health
from generator.config import edit
from generator.errors import PlanetError


@dataclass(frozen=True, kw_only=True)
class Mended:
    """Texts of author files by path, what was done to them, and what could not be done."""

    files: Mapping[str, str]
    done: tuple[str, ...]
    left: tuple[str, ...]


def mend(found: Health, texts: Mapping[str, str]) -> Mended:
    """Follows what has moved and pauses who is gone; `texts` are the author files by path."""
    files: dict[str, str] = {}
    done: list[str] = []
    left: list[str] = []
    wishes = [(each.nick, f"{each.url} has moved to {each.to}", each.url, each.to) for each in found.moved]
    wishes += [(each.nick, f"no feed could be read for {GONE_AFTER.days} days: paused", "", "") for each in found.gone]
    for nick, says, old, new in wishes:
        file = f"authors/{nick}.yaml"
        text = files.get(file, texts.get(file, ""))
        try:
            files[file] = edit.moved(text, old, new, file) if old else edit.paused(text, file)
            done.append(f"{nick}: {says}")
        except PlanetError as error:
            left.append(str(error))
    return Mended(files=files, done=tuple(done), left=tuple(left))
