"""Read `[tool.gitplanet]` in pyproject.toml (`read_settings`): a planet without its authors."""

import re
import tomllib
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator import strict_yaml
from generator.config import schema
from generator.errors import FileError, Problem
from generator.models import Edition, EditionFilter, FetchSettings, Planet

FILE = "pyproject.toml"
TAKEN = tuple(
    "about archives authors digest edits feeds join languages page posts search stats status tags trends".split()
)
"""Folders of every site: an edition cannot be one of them."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the settings file gives: the planet before its authors, and the patterns of their links."""

    planet: Planet
    homepage: str
    bugs: str


def read_settings(path: Path, *, version: str) -> Settings:
    """Return the settings in the file `path`. Raises FileError with all faults."""
    text = _text(path)
    table = _table(text)
    problems = list(schema.problems(table, "settings", FILE, lambda key: _line(text, key)))
    problems = problems or _faults(table, text)
    if problems:
        raise FileError(tuple(problems))
    return Settings(planet=_planet(table, version), homepage=table.get("homepage", ""), bugs=table.get("bugs", ""))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise _fault(
            0, f"there is no such file in {path.parent}", "run this in a planet's folder, or give --root"
        ) from error
    except UnicodeDecodeError as error:
        raise _fault(0, "this is not UTF-8", "save it as UTF-8") from error


def _table(text: str) -> dict[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        number = re.search(r"line (\d+)", str(error))
        raise _fault(int(number[1]) if number else 0, f"this is not TOML: {error}", "mend that line") from error
    table = document.get("tool", {}).get("gitplanet")
    if not isinstance(table, dict):
        raise _fault(0, "there is no [tool.gitplanet] in it", "add it; the README shows the shortest that works")
    return table


def _fault(line: int, reason: str, remedy: str) -> FileError:
    return FileError((Problem(file=FILE, line=line, reason=reason, remedy=remedy),))


def _line(text: str, key: strict_yaml.KeyPath) -> int:
    """Return the line on which a table of the file, or a key in it, begins. TOML's reader does not tell."""
    names = [str(part) for part in key if isinstance(part, str)]
    lines = text.split("\n")
    for depth in range(len(names), -1, -1):
        header = "[" + ".".join(["tool", "gitplanet", *names[:depth]]) + "]"
        if header in [line.strip() for line in lines]:
            start = [line.strip() for line in lines].index(header)
            rest = names[depth:]
            pattern = re.compile(rf"\s*{re.escape(rest[0])}\b.*=") if rest else None
            for number, line in enumerate(lines[start + 1 :], start + 2):
                if line.startswith("[") or pattern is None:
                    break
                if pattern.match(line):
                    return number
            return start + 1
    return 0


def _faults(table: dict[str, Any], text: str) -> list[Problem]:
    """Return what a schema cannot say."""
    faults: list[tuple[strict_yaml.KeyPath, str, str]] = []
    zone = table.get("timezone", "UTC")
    if not is_timezone(zone):
        faults.append((("timezone",), f"there is no time zone {zone!r}", "write an IANA name, like `Europe/Warsaw`"))
    for network in table.get("fetch", {}).get("allow_networks", []):
        try:
            ip_network(network)
        except ValueError as error:
            faults.append((("fetch", "allow_networks"), str(error), 'write it like `["127.0.0.0/8"]`'))
    paths = [edition.get("path", key) for key, edition in table.get("editions", {}).items()]
    if len(set(paths)) < len(paths):
        faults.append((("editions",), "two editions have the same path", "give each its own"))
    faults += [
        (("editions",), f"the path {path!r} is one of the site's own folders", "choose another")
        for path in paths
        if path in TAKEN
    ]
    if paths and "" not in paths:
        faults.append((("editions",), "no edition stands at the root", 'give one of them `path = ""`'))
    return [Problem(file=FILE, line=_line(text, key), reason=why, remedy=how) for key, why, how in faults]


def is_timezone(name: str) -> bool:
    """Return whether the IANA database has that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _planet(table: dict[str, Any], version: str) -> Planet:
    editions = table.get("editions") or {"planet": {"title": table["title"], "path": ""}}
    return Planet(
        title=table["title"],
        url=table["url"].rstrip("/") + "/",
        timezone=table.get("timezone", "UTC"),
        editions=tuple(_edition(key, edition) for key, edition in editions.items()),
        authors=(),
        disclaimer=table.get("disclaimer", ""),
        contact=table.get("contact", ""),
        source=table.get("source", "").rstrip("/"),
        licence=table.get("licence", ""),
        language=table.get("language", Planet.language),
        updates=table.get("updates", Planet.updates),
        per_page=table.get("per_page", Planet.per_page),
        fetch=_fetch(table, version),
    )


def _edition(key: str, edition: dict[str, Any]) -> Edition:
    return Edition(
        key=key,
        title=edition["title"],
        path=edition.get("path", key),
        welcome=edition.get("welcome", ""),
        language=edition.get("language", ""),
        filter=EditionFilter(languages=tuple(edition.get("languages", ()))),
    )


def _fetch(table: dict[str, Any], version: str) -> FetchSettings:
    fetch = table.get("fetch", {})
    return FetchSettings(
        user_agent=f"gitplanet/{version or '0'} (+{table['url'].rstrip('/')}/about/)",
        allow_networks=tuple(fetch.get("allow_networks", ())),
        timeout=float(fetch.get("timeout", FetchSettings.timeout)),
        parallel=fetch.get("parallel", FetchSettings.parallel),
    )
