"""Convert a post to the text of its file (`to_text`) and back (`from_text`). Pure."""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from sys import intern
from typing import Any

from generator.archive import frontmatter
from generator.errors import FileError, Problem
from generator.models import Enclosure, Post, PostHead, When, from_iso, moment, to_iso
from generator.strict_yaml import Document, quoted

_HEAD = [field.name for field in fields(PostHead)]


def to_text(post: Post) -> str:
    """The text of the post's file: one field a line in a fixed order, so that a diff shows one line per change."""
    return frontmatter.join(_fields(post), post.body)


def _fields(post: Post) -> dict[str, str]:
    fields: dict[str, str | list[str] | When | bool | None] = {
        "title": post.title,
        "date": post.date,
        "updated": post.updated,
        "author": post.author,
        "nick": post.nick,
        "canonical_url": post.canonical_url,
        "guid": post.guid,
        "former_guids": list(post.former_guids),
        "also_at": list(post.also_at),
        "tags": list(post.tags),
        "lang": post.lang,
        "description": post.description,
        "excerpt": post.excerpt,
        "editions": list(post.editions),
        "feed": post.feed,
        "rights": post.rights,
        "enclosures": [f"{file.url} {file.type or '-'} {file.length}" for file in post.enclosures],
        "first_seen": post.first_seen,
        "digest": post.digest,
        "withdrawn": post.withdrawn,
        "reason": post.reason,
    }
    return {key: _scalar(value) for key, value in fields.items() if value or key == "title"}


def _scalar(value: str | list[str] | When | bool | None) -> str:
    if isinstance(value, bool):
        return "true"
    return to_iso(value) if isinstance(value, date) else quoted(value or "")


def from_text(text: str, path: str) -> Post:
    """The post in the text of the file `path`. Raises FileError with line and remedy.

    A person may write a file with no more than a title: the nick and the date are then read from the path.
    """
    head, body = _parted(text)
    return Post(**_fields_of(head, path), body=body)


def head_from_text(text: str, path: str) -> PostHead:
    """The same without the body."""
    return PostHead(**_fields_of(_parted(text)[0], path))


def whole(head: PostHead, text: str) -> Post:
    """The post of a head that was read from that text."""
    return Post(**{name: getattr(head, name) for name in _HEAD}, body=body_from_text(text))


def body_from_text(text: str) -> str:
    """The body alone."""
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

    def often(self, key: str) -> str:
        """A text that many posts have: it is held but once."""
        return intern(self.text(key))

    def list(self, key: str) -> tuple[str, ...]:
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

    def fields(self) -> dict[str, Any]:
        """All but the body."""
        return {
            "path": self.path,
            "nick": self.often("nick") or _nick(self.path),
            "author": self.often("author"),
            "title": self.text("title"),
            "date": self.when("date") or self._day_of_path(),
            "updated": self.when("updated"),
            "canonical_url": self.text("canonical_url"),
            "guid": self.text("guid"),
            "former_guids": self.list("former_guids"),
            "also_at": self.list("also_at"),
            "tags": self.list("tags"),
            "lang": self.often("lang"),
            "description": self.text("description"),
            "excerpt": self.flag("excerpt"),
            "editions": self.list("editions"),
            "feed": self.often("feed"),
            "rights": self.often("rights"),
            "enclosures": tuple(self._enclosure(text) for text in self.list("enclosures")),
            "first_seen": self.moment("first_seen"),
            "digest": self.text("digest"),
            "withdrawn": self.moment("withdrawn"),
            "reason": self.text("reason"),
        }

    def _enclosure(self, text: str) -> Enclosure:
        url, _, rest = text.partition(" ")
        kind, _, length = rest.partition(" ")
        return Enclosure(url=url, type="" if kind == "-" else kind, length=int(length) if length.isdecimal() else 0)

    def _day_of_path(self) -> date:
        match = re.search(r"/(\d{4}-\d\d-\d\d)[^/]*$", self.path)
        try:
            return date.fromisoformat(match[1] if match else "")
        except ValueError as error:
            raise _fault(self.path, 1, "the post has no date", "add `date: 2019-10-13T14:34:00Z`") from error


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str | int) for item in value)


def _nick(path: str) -> str:
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""
