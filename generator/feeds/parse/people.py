"""Read who wrote an entry, or a feed, as names without mail addresses (`names`, `plain_names`)."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from generator.feeds.parse.values import text

MAX_NAMES, MAX_NAME = 20, 500
"""Of one entry, and characters of each: some feeds give a paper's authors in one element."""
_ADDRESS = re.compile(
    r"(?:mailto:)?(?<![@\w.+%-])[\w.+%-]{1,64}@[\w.-]+(?:\?subject=\S*)?"
    r"|https?://[^\s()<>\"]+|\[email[\s\xa0]protected\]"
    r"|(?<![\w.+%-])[\w.+%-]{1,64} ?(?:[\[({] ?at ?[\])}]| at(?= [\w-]+ dot )) ?"
    r"[\w-]+(?: ?(?:\.|[\[({ ] ?dot ?[\])} ]) ?[\w-]+)*",
    re.IGNORECASE,
)
"""Of mail and of the web, and `larry at larry dot example`; a name on a network (`@larry@larry.example`) is a name."""
_NOTHING = re.compile(r"\(\s*\)|<\s*>|\[\s*\]|\"\s*\"")
_WRAPPED = re.compile(r"\(([^()]*)\)|<([^<>]*)>|\"([^\"]*)\"")
_LITERAL = re.compile(r"\[.*\]|\{.*\}", re.DOTALL)
_NAME_VALUE = re.compile(r"\bname[\"']?\s*(?:=>|:)\s*([\"'])(.*?)\1")
_QUOTED = re.compile(r"([\"'])(.*?)\1")


def keep_whole(parser: Any, key: str = "author") -> None:
    """Take the text of an author who has no parts as it stands, where feedparser would part name and address.

    It stands in for a method of its parsers, which takes a domain to end after four letters, and makes `ne (Larry` of
    `larry@larry.online (Larry)`.
    """
    context = parser._get_context()
    people = context.get("authors") if key == "author" else None
    if people and not people[-1] and not parser.inauthor:
        people[-1]["name"] = context.get(key)


def names(item: Any) -> tuple[str, ...]:
    """Return the names of all authors; of an entry that has none, those of its source (RFC 4287 §4.2.1)."""
    return plain_names(_written(item)) or plain_names(_written(item.get("source") or {}))


def _written(item: Any) -> list[str]:
    return [text(person, "name") for person in item.get("authors") or ()]


def plain_names(written: Iterable[str]) -> tuple[str, ...]:
    """Return the names in what stands for people: without addresses, brackets around them, and a program's syntax."""
    parts = [part for name in islice(written, MAX_NAMES) for part in _parts(" ".join(name[: 4 * MAX_NAME].split()))]
    return tuple(dict.fromkeys(filter(None, map(_plain, parts))))[:MAX_NAMES]


def _parts(name: str) -> list[str]:
    """Return the texts in a list or a table that a template wrote as its program spells it: `["Ann", "Bob"]`."""
    if not _LITERAL.fullmatch(name):
        return [name]
    quoted = _NAME_VALUE.findall(name) or _QUOTED.findall(name)
    return [value for _, value in quoted] or [name]


def _plain(name: str) -> str:
    bare = _NOTHING.sub(" ", _ADDRESS.sub(" ", name[:MAX_NAME]))
    wrapped = _WRAPPED.fullmatch(bare.strip())
    if wrapped:
        bare = wrapped[wrapped.lastindex or 0]
    return " ".join(bare.split()).strip(" ,;:<>")
