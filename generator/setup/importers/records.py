"""Read members from YAML, JSON or CSV, or from a plain list of addresses: `structured`, `table`, `plain`. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator import strict_yaml
from generator.setup.importers.member import ListedMember, address
from generator.setup.importers.models import FeedList, ImportNote, ListError
from generator.setup.importers.nested import Item, members, members_within
from generator.setup.importers.tables import rows

_LISTS = ("feeds", "sources", "blogs", "bloggers", "subscribers", "planets", "authors", "members")
_SHAPES = {
    "sources": "an osmosfeed.yaml",
    "blogs": "a planet.rb list",
}
_TITLE, _URL = ("sitetitle", "title", "name"), ("link", "url", "site")
_OTHERS = "it is the other program's"


def structured(value: Any, kind: str) -> FeedList:
    """Return the list in what a YAML or JSON file says: at its top, under one of the usual keys, or a group a
    member.
    """
    if isinstance(value, list):
        return _roll(members(value), f"a {kind} list", {})
    if not isinstance(value, Mapping):
        raise ListError(f"this {kind} file holds no list")
    fields = {str(key).lower(): item for key, item in value.items()}
    key = next((key for key in _LISTS if isinstance(fields.get(key), list | Mapping)), "")
    if key:
        listed = fields.pop(key)
        return _roll(members(listed), _SHAPES.get(key, f"a {kind} list"), fields)
    groups = {str(name): item for name, item in value.items() if members_within(item, str(name))}
    if not groups:
        raise ListError(f"this {kind} file has none of the keys {', '.join(_LISTS)}")
    names = {name.lower() for name in groups}
    return _roll(members(groups), f"a {kind} list", {name: item for name, item in fields.items() if name not in names})


def _roll(items: Iterable[Item], shape: str, settings: Mapping[str, Any]) -> FeedList:
    authors, notes = [], []
    for who, words in items:
        member = ListedMember({str(key): value for key, value in words.items()}, who)
        author = member.author()
        authors += [author] if author else []
        notes += member.notes
    left = {key: value for key, value in settings.items() if value not in (None, "")}
    title = _pop(left, _TITLE)
    url = address(_pop(left, _URL))
    notes += [ImportNote(what="setting", who=key, why=_OTHERS) for key in left]
    return FeedList(shape=shape, authors=tuple(authors), title=title, url=url, notes=tuple(notes))


def _pop(fields: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        if isinstance(fields.get(key), str):
            return str(fields.pop(key))
    return ""


def yaml(text: str, file: str) -> FeedList:
    """Raises FileError where the text is not the YAML that we read."""
    return structured(strict_yaml.read_yaml(text, file).value, "YAML")


def as_json(text: str) -> FeedList:
    """Raises ListError where it is no JSON."""
    try:
        return structured(json.loads(text), "JSON")
    except (ValueError, RecursionError) as error:
        raise ListError(f"this is not JSON: {error}") from error


def table(text: str) -> FeedList:
    """Return a CSV file whose first line names its columns."""
    listed = rows(text)
    names = (row.get("name") or row.get("url") or f"line {number}" for number, row in enumerate(listed, 2))
    return _roll(zip(names, listed, strict=True), "a CSV table", {})


def plain(text: str) -> FeedList:
    """Return a line is an address, after which a name may stand; `#` begins a remark."""
    authors, notes = [], []
    for number, line in enumerate(text.splitlines(), 1):
        entry = re.split(r"(?:^|\s)#", line.strip(), maxsplit=1)[0].strip()
        if entry:
            feed, _, name = entry.partition(" ")
            member = ListedMember({"feed": feed, "name": name.strip()}, f"line {number}")
            author = member.author()
            authors += [author] if author else []
            notes += member.notes
    return FeedList(shape="a plain list", authors=tuple(authors), notes=tuple(notes))
