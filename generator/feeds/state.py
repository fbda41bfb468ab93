"""What may be lost: what is known of each feed (`.cache/feeds.json`), and how it went (`.cache/harvests.jsonl`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.cache import FOLDER
from generator.errors import PlanetError
from generator.models import Doubt, FeedState, PollHints, PollState

FILE = FOLDER / "feeds.json"
VERSION = 1
HEADERS = ("etag", "last-modified", "cache-control", "expires")
"""Fields of a response that hold until another response replaces them."""


@dataclass(frozen=True, kw_only=True)
class Cache:
    """Feeds by address, and the commit in which their posts were recorded.

    A history that does not hold that commit has not got those posts: the cache must then be ignored, or a server's
    "nothing new" would hide them for ever.
    """

    commit: str = ""
    feeds: Mapping[str, FeedState]


def load(root: Path) -> Cache:
    """The cache of the planet in `root`; empty where there is none or it cannot be read."""
    try:
        data = json.loads((root / FILE).read_text("utf-8"))
        if data["version"] != VERSION:
            return Cache(feeds={})
        return Cache(commit=data["commit"], feeds={url: _remembered(feed) for url, feed in data["feeds"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Cache(feeds={})


def _remembered(feed: dict[str, Any]) -> FeedState:
    told = fields_of(FeedState, feed) | {"read": _moment(feed.get("read"))}
    hints, standing = fields_of(PollHints, feed.get("hints", {})), fields_of(PollState, feed.get("standing", {}))
    hints["dates"] = [datetime.fromisoformat(date) for date in hints.get("dates", ())]
    lists = {name: tuple(value) for name, value in hints.items() if isinstance(value, list)}
    times = {name: _moment(standing.get(name)) for name in ("due", "failing_since", "moved_since")}
    told["hints"] = PollHints(**hints | lists)
    told["standing"] = PollState(**standing | times | {"gone": tuple(standing.get("gone", ()))})
    doubts = [fields_of(Doubt, each) for each in feed.get("doubts", ())]
    told["doubts"] = tuple(Doubt(**each | {"since": datetime.fromisoformat(each["since"])}) for each in doubts)
    return FeedState(**told | {"hosts": tuple(feed.get("hosts", ()))})


def fields_of(noun: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What this version knows of it: an older or newer one may have written less or more."""
    names = {field.name for field in fields(noun)}
    return {name: value for name, value in data.items() if name in names}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def save(root: Path, cache: Cache) -> None:
    """Replaces what is known of feeds at once: a killed run leaves the old file or the new one. Raises PlanetError."""
    data = {"version": VERSION, "commit": cache.commit, "feeds": cache.feeds}
    replace_file(root / FILE, json.dumps(data, sort_keys=True, default=to_plain))


def to_plain(noun: Any) -> Any:
    """What JSON knows no way to write: a moment or a dataclass. `asdict` would copy all that is in it."""
    return noun.isoformat() if isinstance(noun, datetime) else vars(noun)


def replace_file(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_text(text, "utf-8")
        draft.replace(path)
    except OSError as error:
        name = f"{FOLDER}/{path.name}"
        raise PlanetError(f"{name} cannot be written ({error.strerror}); the posts are committed") from error
