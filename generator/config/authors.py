"""Read authors/<nick>.yaml (`read_authors`) and check the authors alone and against one another."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import models, strict_yaml
from generator.config import schema
from generator.config.settings import Settings, is_timezone
from generator.config.sharing import sharing_faults
from generator.errors import FileError, Problem
from generator.models import Author, EntryPattern, FeedSource, Planet, name_key, pattern_fault, safe_url
from generator.strict_yaml import Document

NICK = re.compile(models.NICK)
RESERVED = frozenset(["aux", "con", "index", "nul", "prn", "feeds", "tags", "planet", "universe", "posts", "authors"])
MAX_BYTES = 8 * 1024
PICTURE, PATTERNS = "picture", "patterns"


def read_authors(folder: Path, settings: Settings) -> Planet:
    """Return the planet with the authors in `folder`. Raises FileError with the faults of all files."""
    authors, faults = read_each(folder, settings)
    problems = [problem for own in faults.values() for problem in own]
    problems += (
        Problem(file=f"authors/{fault.nick}.yaml", line=0, reason=fault.reason, remedy=fault.remedy)
        for fault in sharing_faults(authors.values())
    )
    if problems:
        raise FileError(tuple(problems))
    return replace(settings.planet, authors=tuple(authors.values()))


def read_each(folder: Path, settings: Settings) -> tuple[dict[str, Author], dict[str, tuple[Problem, ...]]]:
    """Return the authors whose files in `folder` are right, and what is wrong with the others, both by nick."""
    authors: dict[str, Author] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
        try:
            authors[path.stem] = read_author(path, settings)
        except FileError as error:
            problems[path.stem] = (*problems.get(path.stem, ()), *error.problems)
    return authors, problems


def read_author(path: Path, settings: Settings) -> Author:
    """Return one author from one file. Raises FileError."""
    return author_of(text_of(path), path, settings)


def author_of(text: str, path: Path, settings: Settings, *, tolerates: Collection[str] = ()) -> Author:
    """Return the author that `text` says, as that of the file `path`. Raises FileError.

    `tolerates` names what else may be wrong: `PICTURE`, one that is missing is left out then; `PATTERNS`, a feed with
    one that cannot be used has a `fault`.
    """
    file = f"{path.parent.name}/{path.name}"
    document = strict_yaml.read_yaml(text, file)
    problems = list(_name_faults(path, file))
    problems += schema.problems(document.value, "author", file, document.line)
    if not problems:
        if PICTURE in tolerates and not (path.parent / document.value.get("hackergotchi", "")).is_file():
            document.value.pop("hackergotchi", None)
        problems += _faults(document, file, path, settings.planet)
        problems += () if PATTERNS in tolerates else _all_pattern_faults(document, file)
    if problems:
        raise FileError(tuple(problems))
    return _author(path.stem, document.value, settings)


def text_of(path: Path) -> str:
    """Return the text of an author file. Raises FileError where the file is none, or too long."""
    file = f"{path.parent.name}/{path.name}"
    if path.is_symlink() or not path.is_file():
        raise _fault(file, "this is not a regular file", "commit the text itself, not a link to it")
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise _fault(file, f"this is {len(data)} bytes long", f"keep it below {MAX_BYTES}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(file, "this is not UTF-8", "save it as UTF-8") from error


def _fault(file: str, reason: str, remedy: str) -> FileError:
    return FileError((Problem(file=file, line=0, reason=reason, remedy=remedy),))


def _name_faults(path: Path, file: str) -> Iterator[Problem]:
    if path.suffix != ".yaml":
        yield Problem(file=file, line=0, reason="the name ends in .yml", remedy=f"call it {path.stem}.yaml")
    if not NICK.fullmatch(path.stem):
        reason = f"{path.stem!r} cannot be a nick"
        yield Problem(file=file, line=0, reason=reason, remedy="use 2 to 32 of a-z, 0-9, - and _")
    if path.stem in RESERVED:
        yield Problem(file=file, line=0, reason=f"{path.stem!r} is a reserved name", remedy="choose another nick")


def _faults(document: Document, file: str, path: Path, planet: Planet) -> Iterator[Problem]:
    """Yield what a schema cannot say."""
    data = document.value
    if "timezone" in data and not is_timezone(data["timezone"]):
        reason = f"there is no time zone {data['timezone']!r}"
        yield Problem(
            file=file, line=document.line(("timezone",)), reason=reason, remedy="write an IANA name, like Europe/Warsaw"
        )
    if "hackergotchi" in data and not (path.parent / data["hackergotchi"]).is_file():
        reason = f"there is no {path.parent.name}/{data['hackergotchi']}"
        yield Problem(file=file, line=document.line(("hackergotchi",)), reason=reason, remedy="add the picture there")
    for index, feed in enumerate(data["feeds"]):
        yield from _feed_faults(feed, document, file, ("feeds", index), planet)


def _feed_faults(
    feed: dict[str, Any], document: Document, file: str, path: strict_yaml.KeyPath, planet: Planet
) -> Iterator[Problem]:
    edition_keys = [edition.key for edition in planet.editions]
    for key in feed.get("editions", ()):
        if key not in edition_keys:
            yield Problem(
                file=file,
                line=document.line((*path, "editions")),
                reason=f"there is no edition {key!r}",
                remedy=f"write one of {', '.join(edition_keys)}",
            )
    for index, name in enumerate(feed.get("authors", ())):
        if not name_key(name):
            line = document.line((*path, "authors", index))
            yield Problem(file=file, line=line, reason="this names nobody", remedy="write a name, or take it out")


def _all_pattern_faults(document: Document, file: str) -> Iterator[Problem]:
    for number, feed in enumerate(document.value["feeds"]):
        for key in ("include", "exclude"):
            for index, pattern in enumerate(feed.get(key, ())):
                yield from _pattern_faults(pattern, file, document.line(("feeds", number, key, index)))


def _pattern_faults(pattern: EntryPattern, file: str, line: int) -> Iterator[Problem]:
    for expression in _expressions(pattern):
        if why := pattern_fault(expression):
            reason = f"{expression!r} is not a regular expression that can be used: {why}"
            yield Problem(file=file, line=line, reason=reason, remedy="mend it")


def _expressions(pattern: EntryPattern) -> Iterable[str]:
    return [pattern] if isinstance(pattern, str) else pattern.values()


def _author(nick: str, data: dict[str, Any], settings: Settings) -> Author:
    editions = tuple(edition.key for edition in settings.planet.editions)
    return Author(
        nick=nick,
        name=data["name"],
        feeds=tuple(_feed(feed, editions) for feed in data["feeds"]),
        homepage=safe_url(data.get("homepage", "")) or settings.homepage.replace("{nick}", nick),
        bugs=data.get("bugs", settings.bugs.replace("{nick}", nick)),
        links=data.get("links", {}),
        hackergotchi=data.get("hackergotchi", ""),
        github=data.get("github", ""),
        github_id=data.get("github_id", 0),
        email=data.get("email", ""),
        language=data.get("language", ""),
        timezone=data.get("timezone", ""),
        about=data.get("about", ""),
        status=data.get("status", "active"),
        licence=data.get("licence", ""),
    )


def _feed(data: dict[str, Any], editions: tuple[str, ...]) -> FeedSource:
    return FeedSource(
        url=data["url"],
        authors=tuple(data.get("authors", ())),
        editions=tuple(data.get("editions", editions)),
        include=tuple(data.get("include", ())),
        exclude=tuple(data.get("exclude", ())),
        tags=tuple(data.get("tags", ())),
        language=data.get("language", ""),
        full=data.get("full", True),
        trust=tuple(data.get("trust", ())),
        fault=next(_unusable((*data.get("include", ()), *data.get("exclude", ()))), ""),
    )


def _unusable(patterns: Iterable[EntryPattern]) -> Iterator[str]:
    for pattern in patterns:
        for expression in _expressions(pattern):
            if why := pattern_fault(expression):
                yield f"its pattern {expression!r} cannot be used: {why}; mend it in the author file"
