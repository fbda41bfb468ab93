"""Write the text of an author file (`author_text`) or of a new planet's settings (`settings_text`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.models import Author, FeedSource
from generator.strict_yaml import quoted

_SCHEMA = "generator/schema/author.schema.json"
HINT = f"# yaml-language-server: $schema=../{_SCHEMA}\n"
"""The first line of an author file, which tells an editor the rules."""
_WORDS = ("homepage", "hackergotchi", "github", "email", "language", "timezone", "about", "licence")
_LISTS = ("authors", "editions", "include", "exclude", "tags", "trust")


@dataclass(frozen=True, kw_only=True)
class NewEdition:
    """What the settings of a new planet say of one edition."""

    title: str
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class NewPlanet:
    """What the settings of a new planet say; the rest has defaults."""

    title: str
    url: str
    contact: str = ""
    source: str = ""
    per_page: int = 0
    editions: Mapping[str, NewEdition] = field(default_factory=dict)


def hint(root: Path) -> str:
    """Return the `HINT`, where the planet holds the rules."""
    return HINT if (root / _SCHEMA).is_file() else ""


def author_text(author: Author) -> str:
    """Return the text of the author's file: `config.load` reads the same author from it. Empty fields are not
    written.
    """
    lines = [f"name: {quoted(author.name)}"]
    lines += [f"{key}: {quoted(value)}" for key in _WORDS if (value := getattr(author, key))]
    lines += [f"github_id: {author.github_id}"] if author.github_id else []
    lines += ["links:"] if author.links else []
    lines += [f"  {quoted(label)}: {quoted(url)}" for label, url in author.links.items()]
    lines += [f"status: {author.status}"] if author.status != "active" else []
    lines += ["feeds:", *(line for feed in author.feeds for line in _feed_lines(feed))]
    return "\n".join(lines) + "\n"


def _feed_lines(feed: FeedSource) -> Iterator[str]:
    yield f"  - url: {quoted(feed.url)}"
    for key in _LISTS:
        if values := getattr(feed, key):
            yield f"    {key}: {quoted(list(values))}"
    if feed.language:
        yield f"    language: {quoted(feed.language)}"
    if not feed.full:
        yield "    full: false"


def settings_text(planet: NewPlanet) -> str:
    """Return the `[tool.gitplanet]` of a new planet's pyproject.toml. A TOML string is written as a JSON one."""
    lines = ["# The planet's settings; the README of gitplanet has a table of them all.", "[tool.gitplanet]"]
    words = ("title", "url", "contact", "source")
    lines += [f"{key} = {quoted(value)}" for key in words if (value := getattr(planet, key))]
    lines += [f"per_page = {planet.per_page}"] if planet.per_page else []
    for key, edition in planet.editions.items():
        lines += ["", f"[tool.gitplanet.editions.{key}]"]
        lines += [f"title = {quoted(edition.title)}", f"path = {quoted(edition.path)}"]
    return "\n".join(lines) + "\n"
