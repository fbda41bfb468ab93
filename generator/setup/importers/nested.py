"""Find the members of a list in what YAML or JSON say, however deep they lie: `members`. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.setup.importers.member import FEED, HOME, NAME, NICK, OWN_FEED, squeezed

Item = tuple[str, Mapping[str, Any]]
"""What a member is called in notes, and the list's words for it."""
_FEEDS = {"feeds", *OWN_FEED}
"""What a list calls one or several feeds of a member."""
_PERSON = {*NAME, *NICK, *HOME} - {*FEED}


def members(listed: list[Any] | Mapping[str, Any]) -> Iterator[Item]:
    """Yield what the entries of a list or the groups of a mapping are: members, or what holds members."""
    pairs = listed.items() if isinstance(listed, Mapping) else (("", item) for item in listed)
    for number, (key, item) in enumerate(pairs, 1):
        words = item if isinstance(item, Mapping) else {"feed": item}
        yield from members_within(item, str(key)) or [(str(key) or _called(words, str(number)), words)]


def members_within(value: Any, key: str) -> list[Item]:
    """Return the members with a feed that lie in `value`, which the list calls `key`."""
    if isinstance(value, list):
        return [item for part in value for item in _of_list(part, key)]
    if not isinstance(value, Mapping):
        return []
    fields = {squeezed(str(name)): part for name, part in value.items()}
    if fields.keys().isdisjoint(OWN_FEED) and (inner := [*_inner(value)]):
        return inner
    if fields.keys().isdisjoint(FEED):
        return []
    own_key = "" if squeezed(key) in _FEEDS else key
    return [(own_key or _called(value, "a member"), {"id": own_key, **value} if own_key else value)]


def _of_list(part: Any, key: str) -> list[Item]:
    if isinstance(part, str) and squeezed(key) in _FEEDS:
        return [(part, {"feed": part})]
    return members_within(part, "")


def _inner(value: Mapping[str, Any]) -> Iterator[Item]:
    """Yield the members below a mapping; several feeds that it has are all of the person that it names."""
    person = {name: part for name, part in value.items() if squeezed(str(name)) in _PERSON and isinstance(part, str)}
    for name, part in value.items():
        for who, words in members_within(part, str(name)):
            yield (who, {**person, **words} if squeezed(str(name)) in _FEEDS else words)


def _called(words: Mapping[str, Any], otherwise: str) -> str:
    said = {squeezed(str(name)): part for name, part in words.items()}
    return str(next((said[name] for name in ("id", "name", "author", "title", *FEED) if said.get(name)), otherwise))
