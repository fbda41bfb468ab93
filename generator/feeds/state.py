"""The state of each feed between runs, `.cache/feeds.json`, which may be lost. Main functions: `load` and `save`."""

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
_KEYS = {"gone_dates": "gone"}  # of the file, where they are not the fields' names


@dataclass(frozen=True, kw_only=True)
class Cache:
    """Feeds by address, and the commit in which their posts were recorded.

    A history that does not hold that commit has not got those posts: the cache must then be ignored, or a server's
    "nothing new" would hide them for ever.
    """

    commit: str = ""
    feeds: Mapping[str, FeedState]


def load(root: Path) -> Cache:
    """Return the cache of the planet in `root`; empty where there is none or it cannot be read."""
    try:
        data = json.loads((root / FILE).read_text("utf-8"))
        if data["version"] != VERSION:
            return Cache(feeds={})
        return Cache(commit=data["commit"], feeds={url: _remembered(feed) for url, feed in data["feeds"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Cache(feeds={})


def _remembered(feed: dict[str, Any]) -> FeedState:
    values = fields_of(FeedState, feed) | {"read": _moment(feed.get("read"))}
    hints, standing = fields_of(PollHints, feed.get("hints", {})), feed.get("standing", {})
    hints["dates"] = [datetime.fromisoformat(date) for date in hints.get("dates", ())]
    lists = {name: tuple(value) for name, value in hints.items() if isinstance(value, list)}
    times = {name: _moment(standing.get(name)) for name in ("due", "failing_since", "moved_since")}
    values["hints"] = PollHints(**hints | lists)
    days = {"gone_dates": tuple(standing.get(_KEYS["gone_dates"], ()))}
    values["standing"] = PollState(**fields_of(PollState, standing) | times | days)
    doubts = [fields_of(Doubt, doubt) for doubt in feed.get("doubts", ())]
    values["doubts"] = tuple(Doubt(**doubt | {"since": datetime.fromisoformat(doubt["since"])}) for doubt in doubts)
    return FeedState(**values | {"hosts": tuple(feed.get("hosts", ()))})


def fields_of(noun: Any, data: dict[str, Any]) -> dict[str, Any]:
    """Return what this version knows of it: an older or newer one may have written less or more."""
    names = {field.name for field in fields(noun)}
    return {name: value for name, value in data.items() if name in names}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def save(root: Path, cache: Cache) -> None:
    """Replace what is known of feeds at once: a killed run leaves the old file or the new one. Raises PlanetError."""
    data = {"version": VERSION, "commit": cache.commit, "feeds": cache.feeds}
    replace_file(root / FILE, json.dumps(data, sort_keys=True, default=to_plain))


def to_plain(noun: Any) -> Any:
    """Return what JSON knows no way to write: a moment or a dataclass. `asdict` would copy all that is in it."""
    if isinstance(noun, datetime):
        return noun.isoformat()
    return {_KEYS.get(name, name): value for name, value in vars(noun).items()}


def replace_file(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_text(text, "utf-8")
        draft.replace(path)
    except OSError as error:
        name = f"{FOLDER}/{path.name}"
        raise PlanetError(f"{name} cannot be written ({error.strerror}); the posts are committed") from error
