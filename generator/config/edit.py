"""Change one line in the text of an author file. Pure.

A feed's address (`moved`), the picture (`pictured`) or the status (`paused`).
"""

from collections.abc import Mapping
from typing import Any

from generator import strict_yaml
from generator.errors import FileError, PlanetError


def moved(text: str, old: str, new: str, file: str) -> str:
    """Return the text with the address of one feed replaced.

    Raises PlanetError where that cannot be done by one line.
    """
    document = _read(text, file)
    places = [index for index, feed in enumerate(document.value["feeds"]) if feed.get("url") == old]
    if len(places) != 1:
        raise PlanetError(f"{file} lists no feed {old}; see which it lists")
    line = document.line(("feeds", places[0], "url"))
    wanted = {**document.value, "feeds": [{**feed} for feed in document.value["feeds"]]}
    wanted["feeds"][places[0]]["url"] = new
    lines = text.splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return _proven("".join(lines), wanted, file)


def pictured(text: str, picture: str, file: str) -> str:
    """Return the text with another file for the picture. Raises PlanetError where that cannot be done by one line."""
    document = _read(text, file)
    old = document.value.get("hackergotchi")
    if not isinstance(old, str):
        raise PlanetError(f"{file} names no picture; see what it says")
    line = document.line(("hackergotchi",))
    lines = text.splitlines(keepends=True)
    key, colon, value = lines[line - 1].partition(":")
    lines[line - 1] = key + colon + value.replace(old, picture, 1)
    return _proven("".join(lines), {**document.value, "hackergotchi": picture}, file)


def paused(text: str, file: str) -> str:
    """Return the text with the author paused. Raises PlanetError where that cannot be done by one line."""
    document = _read(text, file)
    lines = text.splitlines(keepends=True)
    if "status" in document.value:
        lines[document.line(("status",)) - 1] = "status: paused\n"
    else:
        lines.insert(document.line(("feeds",)) - 1, "status: paused\n")
    return _proven("".join(lines), {**document.value, "status": "paused"}, file)


def _read(text: str, file: str) -> strict_yaml.Document:
    document = strict_yaml.read_yaml(text.removeprefix("\ufeff"), file)
    if not isinstance(document.value, dict) or not isinstance(document.value.get("feeds"), list):
        raise PlanetError(f"{file} lists no feeds; mend it first")
    return document


def _proven(text: str, wanted: Mapping[str, Any], file: str) -> str:
    """Return the text, if it says what is wanted and nothing else has changed."""
    try:
        if strict_yaml.read_yaml(text.removeprefix("\ufeff"), file).value == wanted:
            return text
    except FileError:
        pass
    raise PlanetError(f"{file} is written in a way that cannot be changed by itself; edit it by hand")
