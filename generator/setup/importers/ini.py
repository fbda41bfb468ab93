"""Read the ini file of Planet, Venus or Pluto as a `FeedList`: `ini`. Pure.

A section is a member: Planet's is named by its feed, Pluto's names it with `feed =`. `[DEFAULT]` gives each section
what it does not say itself; `[Planet]`, or what stands above the first section, is the planet's own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from configparser import Error, ParsingError, RawConfigParser
from dataclasses import replace
from typing import Any

from generator.models import Author
from generator.setup.importers.member import WHY, ListedMember, address
from generator.setup.importers.models import FeedList, ImportNote, ListError

TOP, DEFAULT = "planet", "[DEFAULT]"
_SECTION = re.compile(r"^\s*\[(.+)\]\s*$")
_ASIDE = re.compile(r"^\s*[#;]+\s*(?P<rest>\[.+\]\s*$|\w+\s*[=:].*)")
_KEY = re.compile(r"^\s+(\w+\s*=.*|\[[^\]]+\]\s*)$")
_ALL = ("filter", "exclude", "ignore_in_feed")
"""Settings of the planet that hold for each member."""
_PLANET = {
    "owner_name": "greet with `welcome`, in Markdown",
    "new_feed_items": "a flood is held until somebody has looked at it",
    "feed_timeout": "write `timeout` below [tool.gitplanet.fetch] if 30 seconds are not right",
    "spider_threads": "write `parallel` below [tool.gitplanet.fetch] if 32 are not right",
}
_OTHERS = "it is the other program's or its theme's"
_LISTS = ("opml", "foaf", "csv", "config")


def ini(text: str) -> FeedList:
    """Sections that are commented out are its asides."""
    parser, notes = _parsed(text)
    planet = {key: value for name in parser.sections() if name.lower() == TOP for key, value in parser[name].items()}
    defaults = dict(parser.defaults())
    planet = {key: value for key, value in planet.items() if value and defaults.get(key) != value}
    common = defaults | {key: planet.pop(key) for key in _ALL if key in planet}
    authors: list[Author] = []
    for name in parser.sections():
        if name.lower() != TOP:
            authors += _members(name, common | dict(parser[name]), common, notes)
    asides = [author for name, words in _asides(text).items() for author in _members(name, common | words, common, [])]
    common_ones = dict.fromkeys(note for note in notes if note.who == DEFAULT)
    notes = [*common_ones, *(note for note in notes if note.who != DEFAULT)]
    roll = _settings(planet, notes)
    pluto = any(parser.has_option(name, "feed") for name in parser.sections())
    shape = "a Pluto ini" if pluto else "a Planet or Venus ini"
    return replace(roll, shape=shape, authors=tuple(authors), asides=tuple(asides), notes=tuple(notes))


class _Values(dict[str, Any]):
    """A key without a value has an empty one, so that the parser can add an indented line to it."""

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, [] if value is None else value)


def _parsed(text: str) -> tuple[RawConfigParser, list[ImportNote]]:
    parser = RawConfigParser(strict=False, allow_no_value=True, empty_lines_in_values=False, dict_type=_Values)
    notes = [
        ImportNote(what=f"[{name}]", who=name, why="it stands twice; of each key the last word counts")
        for name in _twice(text)
    ]
    lines = [_KEY.sub(r"\1", line) for line in text.splitlines()]
    try:
        parser.read_string(f"[{TOP}]\n" + "\n".join(re.sub(r"(?<!\s)\s+##.*$", "", line) for line in lines))
    except ParsingError as error:
        notes += [
            ImportNote(what="line", who=f"line {number - 1}", why=f"{line} cannot be read")
            for number, line in error.errors
        ]
    except Error as error:
        raise ListError(f"this ini file cannot be read: {error.message}") from error
    return parser, notes


def _twice(text: str) -> list[str]:
    names = [match[1] for line in text.splitlines() if (match := _SECTION.match(line))]
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _members(
    name: str, words: Mapping[str, str | None], common: Mapping[str, str], notes: list[ImportNote]
) -> Iterator[Author]:
    kind = words.get("content_type") or ""
    if kind in _LISTS:
        notes.append(ImportNote(what="list", who=name, why=f"another list ({kind}): import it by itself"))
        return
    if not address(name) and not words.get("feed"):
        own = words.keys() - common.keys()
        why = (
            "it has no `feed`, and its name is no web address"
            if "name" in own or not own
            else "it sets a template or filter"
        )
        notes.append(ImportNote(what=f"[{name}]", who=name, why=why))
        return
    member = ListedMember(_worded(name, words), words.get("name") or words.get("title") or name)
    author = member.author()
    shared = {key for key, value in common.items() if words.get(key) == value}
    member_notes = [replace(note, who=DEFAULT) if note.what in shared else note for note in member.notes]
    notes += member_notes
    yield from [author] if author else []


def _worded(name: str, words: Mapping[str, str | None]) -> dict[str, str | None]:
    """Pluto's section is an id and its `author` a list of tags; Planet's section is the feed."""
    if not words.get("feed"):
        return {**words, "feed": name}
    tags = dict(tag.split(":", 1) for tag in (words.get("author") or "").split() if ":" in tag)
    rest = " ".join(tag for tag in (words.get("author") or "").split() if ":" not in tag)
    profiles = {key: value for key, value in tags.items() if key in ("github", "twitter", "mastodon")}
    lost = {f"author {key}": value for key, value in tags.items() if key not in profiles}
    own = {key: value for key, value in words.items() if key not in ("author", "title", "name")}
    named = {"name": words.get("title") or words.get("name") or name, "id": "" if " " in name.strip() else name.strip()}
    return {**named, **own, **profiles, **lost, **({"author": rest} if rest else {})}


def _asides(text: str) -> dict[str, dict[str, str]]:
    """Return the sections that are commented out, with the comments that follow each and look like its keys."""
    sections: dict[str, dict[str, str]] = {}
    name = ""
    for line in text.splitlines():
        aside = _ASIDE.match(line)
        rest = aside["rest"].strip() if aside else ""
        if section := _SECTION.match(rest):
            name = section[1]
            sections.setdefault(name, {})
        elif rest and name:
            key, _, value = re.sub(r"\s*[=:]\s*", "\0", rest, count=1).partition("\0")
            sections[name][key.lower()] = value
        else:
            name = ""
    return {name: words for name, words in sections.items() if address(name) or words.get("feed")}


def _settings(planet: Mapping[str, str], notes: list[ImportNote]) -> FeedList:
    """Return what of the planet's own words has a place in ours."""
    words = dict(planet)
    title = words.pop("name", "") or words.pop("title", "")
    url = address(words.pop("link", "") or words.pop("url", ""))
    mail = words.pop("owner_email", "")
    size = words.pop("items_per_page", "")
    for key in words:
        why = _PLANET.get(key) or WHY.get(key, "")
        notes.append(
            ImportNote(what=key, who="[Planet]", why=why) if why else ImportNote(what="setting", who=key, why=_OTHERS)
        )
    return FeedList(
        shape="",
        authors=(),
        title=title,
        url=url,
        contact=f"mailto:{mail}" if "@" in mail else "",
        per_page=int(size) if size.isdecimal() and 0 < int(size) <= 500 else 0,
    )
