"""What may be lost: each feed's validators and the hash of its last body, in `.cache/feeds.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.model import Validators

FILE = Path(".cache") / "feeds.json"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What the last successful run knew of one feed."""

    etag: str = ""
    last_modified: str = ""
    origin: str = ""
    """The address that gave the validators, after redirects: they mean nothing to another."""
    body: str = ""
    """SHA-256 of the decoded body, in hex."""

    @property
    def validators(self) -> Validators:
        """What to send back to the server."""
        return Validators(etag=self.etag, last_modified=self.last_modified)


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
        return Cache(commit=data["commit"], feeds={url: Remembered(**feed) for url, feed in data["feeds"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Cache(feeds={})


def save(root: Path, cache: Cache) -> None:
    """Replaces the cache at once, so that a killed run leaves the old one or the new one."""
    path = root / FILE
    path.parent.mkdir(exist_ok=True)
    feeds = {url: asdict(feed) for url, feed in cache.feeds.items()}
    data = {"version": VERSION, "commit": cache.commit, "feeds": feeds}
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(data, indent=1, sort_keys=True), "utf-8")
    draft.replace(path)
