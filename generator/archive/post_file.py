"""Convert a post to the text of its file (`to_text`) and back (`from_text`). Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from sys import intern
from typing import Any

from generator.archive import frontmatter
from generator.errors import FileError, Problem
from generator.models import Enclosure, Post, PostHead, When, from_iso, moment, to_iso
from generator.strict_yaml import Document, quoted

_NICK_LINE = re.compile(r"(?:former_)?nick\s*:")
_HEAD = [field.name for field in fields(PostHead)]
_EMPTY = {field.name: field.default for field in fields(Post)}


class FieldKind(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    TEXTS = "texts"
    WHEN = "when"
    """A moment, or a day where the feed gave no time."""
    MOMENT = "moment"
    FLAG = "flag"
    ENCLOSURES = "enclosures"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of front matter, by which files, index, exports, history and tombstones know it."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    lasts: bool = False
    """Whether a tombstone keeps it: it takes it to recognise the post, and it is no word of the text."""
    shared: bool = False
    """Whether many posts have the same value, which is then held in memory once."""


def _field(name: str, kind: FieldKind = FieldKind.TEXT, *, lasts: bool = False, shared: bool = False) -> Field:
    return Field(name=name, kind=kind, lasts=lasts, shared=shared)


FIELDS = (
    _field("title"),
    _field("date", FieldKind.WHEN, lasts=True),
    _field("date_from", lasts=True, shared=True),
    _field("updated", FieldKind.WHEN),
    _field("author", lasts=True, shared=True),
    _field("byline", lasts=True, shared=True),
    _field("nick", lasts=True, shared=True),
    _field("former_nick", lasts=True, shared=True),
    _field("canonical_url", lasts=True),
    _field("comments"),
    _field("guid", lasts=True),
    _field("former_guids", FieldKind.TEXTS, lasts=True),
    _field("also_at", FieldKind.TEXTS, lasts=True),
    _field("tags", FieldKind.TEXTS),
    _field("lang", shared=True),
    _field("description"),
    _field("excerpt", FieldKind.FLAG),
    _field("editions", FieldKind.TEXTS, lasts=True),
    _field("feed", lasts=True, shared=True),
    _field("rights", shared=True),
    _field("enclosures", FieldKind.ENCLOSURES),
    _field("first_seen", FieldKind.MOMENT, lasts=True),
    _field("first_reading", FieldKind.FLAG, lasts=True),
    _field("digest", lasts=True),
    _field("original"),
    _field("withdrawn", FieldKind.MOMENT, lasts=True),
    _field("reason", lasts=True),
)
"""Every field of a post but `path` and `body`, in the order of its file. The only list of them beside `PostHead`."""


def to_text(post: Post) -> str:
    """Write the text of the post's file: one field a line in the order of FIELDS, so that a diff shows every change.

    A field that says nothing is left out; only the title of a post that stands is always there.
    """
    values = {field.name: getattr(post, field.name) for field in FIELDS}
    always = "" if post.withdrawn else "title"
    return frontmatter.join(
        {name: _scalar(value) for name, value in values.items() if value or name == always}, post.body
    )


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true"
    if isinstance(value, date):
        return to_iso(value)
    if isinstance(value, tuple):
        return quoted([_enclosure_text(part) if isinstance(part, Enclosure) else part for part in value])
    return quoted(value or "")


def _enclosure_text(file: Enclosure) -> str:
    """Write `url type length`, then `thumbnail text` where there is one of them; `-` stands for what is empty."""
    line = f"{file.url} {file.type or '-'} {file.length}"
    if not (file.thumbnail or file.text):
        return line
    return f"{line} {file.thumbnail or '-'}" + (f" {file.text}" if file.text else "")


def from_text(text: str, path: str) -> Post:
    """Return the post in the text of the file `path`. Raises FileError with line and remedy.

    A person may write a file with no more than a title: the nick and the date are then read from the path. Of a
    withdrawn post nothing is read but what a tombstone keeps, whatever else the file holds.
    """
    head, body = _parted(text)
    values = _fields_of(head, path)
    return Post(**values, body="" if values["withdrawn"] else body)


def head_from_text(text: str, path: str) -> PostHead:
    """Return the same without the body."""
    return PostHead(**_fields_of(_parted(text)[0], path))


def under_nick(text: str, post: Post) -> str:
    """Return the text of a post's file as that of `post`, which is the same post of a member who has another nick now.

    Only the lines of the nicks change, and what a person has written besides stays as it is.
    """
    lines = text.splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    head = [line for line in lines[:end] if not _NICK_LINE.match(line)]
    place = next((number for number, line in enumerate(lines[:end]) if _NICK_LINE.match(line)), end)
    names = {"nick": post.nick, "former_nick": post.former_nick}
    own = [f"{name}: {quoted(nick)}\n" for name, nick in names.items() if nick]
    draft = "".join([*head[:place], *own, *head[place:], *lines[end:]])
    try:
        if from_text(draft, post.path) == post:
            return draft
    except FileError:
        pass
    return to_text(post)


def whole(head: PostHead, text: str) -> Post:
    """Return the post of a head that was read from that text."""
    body = "" if head.withdrawn else body_from_text(text)
    return Post(**{name: getattr(head, name) for name in _HEAD}, body=body)


def body_from_text(text: str) -> str:
    """Return the body alone."""
    return _parted(text)[1]


def _parted(text: str) -> tuple[str, str]:
    head, body = frontmatter.split(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    return head, body.strip("\n")


def _fields_of(head: str, path: str) -> dict[str, Any]:
    if not head:
        raise _fault(path, 1, "the file does not begin with front matter", "begin with `---`, `title: …` and `---`")
    document = frontmatter.read_head(head, path)
    if not isinstance(document.value, dict):
        raise _fault(path, 2, "the front matter is not `key: value` lines", "write `title: …`")
    return _Reader(document, path).fields()


def _fault(path: str, line: int, reason: str, remedy: str) -> FileError:
    return FileError((Problem(file=path, line=line, reason=reason, remedy=remedy),))


class _Reader:
    """The fields of one document, each with its type checked. Unknown keys are a person's own and are ignored."""

    def __init__(self, document: Document, path: str) -> None:
        self.document, self.path = document, path

    def _get(self, key: str, fits: Callable[[Any], bool], kind: str, example: str) -> Any:
        value = self.document.value.get(key)
        if value is None or fits(value):
            return value
        raise _fault(self.path, self.document.line((key,)), f"{key} is not {kind}", f"write it like `{key}: {example}`")

    def text(self, key: str) -> str:
        value = self._get(key, lambda value: isinstance(value, str | int), "text", '"words"')
        return "" if value is None else str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key, _is_texts, "a list of texts", '["one", "two"]')
        return tuple(str(item) for item in value or ())

    def flag(self, key: str) -> bool:
        return bool(self._get(key, lambda value: isinstance(value, bool), "true or false", "true"))

    def when(self, key: str) -> When | None:
        text = self.text(key)
        try:
            return from_iso(text) if text else None
        except ValueError as error:
            line = self.document.line((key,))
            raise _fault(
                self.path, line, f"{key} is not a date", f"write it like `{key}: 2019-10-13T14:34:00Z`"
            ) from error

    def moment(self, key: str) -> datetime | None:
        when = self.when(key)
        return None if when is None else moment(when)

    def enclosures(self, key: str) -> tuple[Enclosure, ...]:
        return tuple(_enclosure(text) for text in self.texts(key))

    def fields(self) -> dict[str, Any]:
        """Return all but the body."""
        values = {field.name: getattr(self, field.kind.value)(field.name) for field in FIELDS}
        values["nick"] = values["nick"] or _nick(self.path)
        values["date"] = values["date"] or self._day_of_path()
        values |= {field.name: intern(values[field.name]) for field in FIELDS if field.shared}
        if values["withdrawn"]:
            values |= {field.name: _EMPTY[field.name] for field in FIELDS if not field.lasts}
        return {"path": self.path, **values}

    def _day_of_path(self) -> date:
        match = re.search(r"/(\d{4}-\d\d-\d\d)[^/]*$", self.path)
        try:
            return date.fromisoformat(match[1] if match else "")
        except ValueError as error:
            raise _fault(self.path, 1, "the post has no date", "add `date: 2019-10-13T14:34:00Z`") from error


def _enclosure(text: str) -> Enclosure:
    url, kind, length, thumbnail, words = (*text.split(" ", 4), "", "", "", "", "")[:5]
    return Enclosure(
        url=url,
        type="" if kind == "-" else kind,
        length=int(length) if length.isdecimal() else 0,
        text=words,
        thumbnail="" if thumbnail == "-" else thumbnail,
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str | int) for item in value)


def _nick(path: str) -> str:
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""
