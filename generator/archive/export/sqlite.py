"""Write a planet and its posts as an SQLite database (`write`): a table for each noun, and for each of its lists."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

from generator.archive.post_file import FIELDS, FieldKind
from generator.models import Planet, Post, to_iso

_OTHERS = """
CREATE TABLE editions (key TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT NOT NULL);
CREATE TABLE authors (nick TEXT PRIMARY KEY, name TEXT NOT NULL, homepage TEXT, language TEXT, status TEXT NOT NULL);
CREATE TABLE feeds (nick TEXT NOT NULL REFERENCES authors, url TEXT NOT NULL, PRIMARY KEY (nick, url));
CREATE TABLE feed_editions (
  nick TEXT NOT NULL, feed TEXT NOT NULL, edition TEXT NOT NULL REFERENCES editions,
  FOREIGN KEY (nick, feed) REFERENCES feeds (nick, url)
);
"""
_COLUMNS = [field for field in FIELDS if field.kind not in (FieldKind.TEXTS, FieldKind.ENCLOSURES)]
_LISTS = [field.name for field in FIELDS if field.kind is FieldKind.TEXTS]
_TYPES = {FieldKind.FLAG: "INTEGER NOT NULL"}
_ITEMS = {"tags": "tag", "editions": "edition", "former_guids": "guid", "also_at": "url"}
"""What an item of a list is called, as a column."""
_PRESENT = frozenset(["nick", "author", "title", "date"])
_POSTS = ", ".join(
    f"{field.name} {_TYPES.get(field.kind, 'TEXT')}{' NOT NULL' if field.name in _PRESENT else ''}"
    for field in _COLUMNS
)
SCHEMA = (
    _OTHERS
    + f"CREATE TABLE posts (path TEXT PRIMARY KEY, {_POSTS}, body TEXT NOT NULL);\n"
    + "".join(
        f"CREATE TABLE post_{name} (post TEXT NOT NULL REFERENCES posts, {_ITEMS[name]} TEXT NOT NULL);\n"
        for name in _LISTS
    )
    + """CREATE TABLE post_enclosures (
  post TEXT NOT NULL REFERENCES posts, url TEXT NOT NULL, type TEXT NOT NULL, length INTEGER NOT NULL,
  text TEXT NOT NULL, thumbnail TEXT NOT NULL
);
CREATE INDEX posts_by_nick ON posts (nick, date);
CREATE INDEX posts_by_date ON posts (date);
CREATE INDEX post_tags_by_tag ON post_tags (tag);
"""
)
"""Moments are ISO 8601 in UTC, days without a time are days. A post that names no edition is in all.

Members may share the address of a feed."""


def write(planet: Planet, posts: Sequence[Post], path: Path) -> None:
    """The database in the file `path`, which is replaced once the new one is whole."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    connection = sqlite3.connect(new)
    try:
        connection.executescript(SCHEMA)
        _fill(connection, planet, posts)
        connection.commit()
    finally:
        connection.close()
    new.replace(path)


def _fill(connection: sqlite3.Connection, planet: Planet, posts: Sequence[Post]) -> None:
    feeds = [(author.nick, feed) for author in planet.authors for feed in author.feeds]
    _insert(connection, "editions", ((edition.key, edition.title, edition.path) for edition in planet.editions))
    authors = ((author.nick, author.name, author.homepage, author.language, author.status) for author in planet.authors)
    _insert(connection, "authors", authors)
    _insert(connection, "feeds", ((nick, feed.url) for nick, feed in feeds))
    _insert(connection, "feed_editions", ((nick, feed.url, key) for nick, feed in feeds for key in feed.editions))
    names = ["path", *(field.name for field in _COLUMNS), "body"]
    _insert(connection, "posts", (tuple(_value(getattr(post, name)) for name in names) for post in posts))
    for name in _LISTS:
        _insert(connection, f"post_{name}", ((post.path, item) for post in posts for item in getattr(post, name)))
    files = ((post.path, *astuple(file)) for post in posts for file in post.enclosures)
    _insert(connection, "post_enclosures", files)


def _value(value: Any) -> str | int | None:
    return to_iso(value) if isinstance(value, date) else value


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[str | int | None, ...]]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608  the names are this file's
