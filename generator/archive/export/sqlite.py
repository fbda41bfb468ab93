"""Write a planet and its posts as an SQLite database (`write`): a table for each noun, and for each of its lists."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.models import Planet, Post, to_iso

SCHEMA = """
CREATE TABLE editions (key TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT NOT NULL);
CREATE TABLE authors (nick TEXT PRIMARY KEY, name TEXT NOT NULL, homepage TEXT, language TEXT, status TEXT NOT NULL);
CREATE TABLE feeds (url TEXT PRIMARY KEY, nick TEXT NOT NULL REFERENCES authors);
CREATE TABLE feed_editions (feed TEXT NOT NULL REFERENCES feeds, edition TEXT NOT NULL REFERENCES editions);
CREATE TABLE posts (
  path TEXT PRIMARY KEY, nick TEXT NOT NULL, author TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
  updated TEXT, canonical_url TEXT, guid TEXT, lang TEXT, description TEXT, feed TEXT, first_seen TEXT, digest TEXT,
  withdrawn TEXT, reason TEXT, body TEXT NOT NULL
);
CREATE TABLE post_tags (post TEXT NOT NULL REFERENCES posts, tag TEXT NOT NULL);
CREATE TABLE post_editions (post TEXT NOT NULL REFERENCES posts, edition TEXT NOT NULL);
CREATE INDEX posts_by_nick ON posts (nick, date);
CREATE INDEX posts_by_date ON posts (date);
CREATE INDEX post_tags_by_tag ON post_tags (tag);
"""
"""Moments are ISO 8601 in UTC, days without a time are days. A post that names no edition is in all."""
_POST = (
    "path nick author title date updated canonical_url guid lang description feed first_seen digest withdrawn reason"
    " body"
).split()


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
    _insert(connection, "feeds", ((feed.url, nick) for nick, feed in feeds))
    _insert(connection, "feed_editions", ((feed.url, key) for _nick, feed in feeds for key in feed.editions))
    _insert(connection, "posts", (tuple(_value(getattr(post, name)) for name in _POST) for post in posts))
    _insert(connection, "post_tags", ((post.path, tag) for post in posts for tag in post.tags))
    _insert(connection, "post_editions", ((post.path, key) for post in posts for key in post.editions))


def _value(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else to_iso(value)


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[str | None, ...]]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608  the names are this file's
