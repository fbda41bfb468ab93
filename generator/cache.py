"""What may be lost: each feed's validators, the hash of its last body and how it went, in `.cache/feeds.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from generator.errors import PlanetError
from generator.model import Validators

FILE = Path(".cache") / "feeds.json"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What the last runs knew of one feed."""

    etag: str = ""
    last_modified: str = ""
    origin: str = ""
    """The address that gave the validators, after redirects: they mean nothing to another."""
    body: str = ""
    """SHA-256 of the decoded body, in hex."""
    outcome: str = ""
    """Why the last run took nothing from it; empty where all was well."""
    settings: str = ""
    """Hash of what the author file said of it: other filters make other posts."""
    pending: bool = False
    """True where a change waits for a person to revert an edit: to be read again when posts/ has changed."""
    title: str = ""
    """What the feed said of itself when it was last believed; so are the next four."""
    generator: str = ""
    language: str = ""
    hosts: tuple[str, ...] = ()
    entries: str = ""

    @property
    def validators(self) -> Validators:
        """What to send back to the server."""
        return Validators(etag=self.etag, last_modified=self.last_modified)

    def unread(self) -> "Remembered":
        """The same, to be asked for and read as if it were new."""
        return replace(self, etag="", last_modified="", body="", entries="", pending=False)


@dataclass(frozen=True, kw_only=True)
class Cache:
    """Feeds by address, and the commit in which their posts were recorded.

    A history that does not hold that commit has not got those posts: the cache must then be ignored, or a server's
    "nothing new" would hide them for ever.
    """

    commit: str = ""
    feeds: Mapping[str, Remembered]


def load(root: Path) -> Cache:
    """The cache of the planet in `root`; empty where there is none or it cannot be read."""
    try:
        data = json.loads((root / FILE).read_text("utf-8"))
        if data["version"] != VERSION:
            return Cache(feeds={})
        return Cache(commit=data["commit"], feeds={url: _remembered(feed) for url, feed in data["feeds"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Cache(feeds={})


def _remembered(feed: dict[str, Any]) -> Remembered:
    """What this version knows of it: an older or newer one may have written less or more."""
    known = {field.name for field in fields(Remembered)}
    told = {name: value for name, value in feed.items() if name in known}
    return Remembered(**told | {"hosts": tuple(feed.get("hosts", ()))})


def save(root: Path, cache: Cache) -> None:
    """Replaces the cache at once, so that a killed run leaves the old one or the new one. Raises PlanetError."""
    path = root / FILE
    feeds = {url: asdict(feed) for url, feed in cache.feeds.items()}
    data = {"version": VERSION, "commit": cache.commit, "feeds": feeds}
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_text(json.dumps(data, indent=1, sort_keys=True), "utf-8")
        draft.replace(path)
    except OSError as error:
        raise PlanetError(f"{FILE} cannot be written ({error.strerror}); the posts are committed") from error
