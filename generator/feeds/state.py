"""What may be lost: what is known of each feed (`.cache/feeds.json`), and how it went (`.cache/harvests.jsonl`)."""

import json
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.cache import FOLDER
from generator.errors import PlanetError
from generator.feeds.schedule import Standing
from generator.models import Doubt, Harvest, Hints, Validators

FILE = FOLDER / "feeds.json"
HARVESTS = FOLDER / "harvests.jsonl"
KEPT = 50
"""Harvests of one feed that are kept."""
VERSION = 1
HEADERS = ("etag", "last-modified", "cache-control", "expires")
"""Fields of a response that hold until another response replaces them."""


NO_HINTS, AT_ONCE = Hints(), Standing()


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What the last runs knew of one feed."""

    etag: str = ""
    last_modified: str = ""
    cache_control: str = ""
    expires: str = ""
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
    hints: Hints = NO_HINTS
    doubts: tuple[Doubt, ...] = ()
    """Posts whose loss of text waits for a later reading to confirm it."""
    read: datetime | None = None
    """When all was well last."""
    standing: Standing = AT_ONCE

    @property
    def validators(self) -> Validators:
        """What to send back to the server."""
        return Validators(etag=self.etag, last_modified=self.last_modified)

    def ready_to_confirm(self, now: datetime) -> "Remembered":
        """The same without validators where a doubt is old enough to be confirmed: a 304 confirms nothing."""
        if not any(now >= doubt.until for doubt in self.doubts):
            return self
        return replace(self, etag="", last_modified="", body="", entries="")

    def unread(self) -> "Remembered":
        """The same, to be asked for at once and read as if it were new."""
        standing = self.standing.at_once()
        return replace(self, etag="", last_modified="", body="", entries="", pending=False, standing=standing)


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
    told = _known(Remembered, feed) | {"read": _moment(feed.get("read"))}
    hints, standing = _known(Hints, feed.get("hints", {})), _known(Standing, feed.get("standing", {}))
    hints["dates"] = [datetime.fromisoformat(date) for date in hints.get("dates", ())]
    lists = {name: tuple(value) for name, value in hints.items() if isinstance(value, list)}
    times = {name: _moment(standing.get(name)) for name in ("due", "failing_since", "moved_since")}
    told["hints"] = Hints(**hints | lists)
    told["standing"] = Standing(**standing | times | {"gone": tuple(standing.get("gone", ()))})
    doubts = [_known(Doubt, each) for each in feed.get("doubts", ())]
    told["doubts"] = tuple(Doubt(**each | {"since": datetime.fromisoformat(each["since"])}) for each in doubts)
    return Remembered(**told | {"hosts": tuple(feed.get("hosts", ()))})


def _known(noun: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What this version knows of it: an older or newer one may have written less or more."""
    names = {field.name for field in fields(noun)}
    return {name: value for name, value in data.items() if name in names}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def save(root: Path, cache: Cache) -> None:
    """Replaces what is known of feeds at once: a killed run leaves the old file or the new one. Raises PlanetError."""
    data = {"version": VERSION, "commit": cache.commit, "feeds": cache.feeds}
    _replace(root / FILE, json.dumps(data, sort_keys=True, default=_plain))


def _plain(noun: Any) -> Any:
    """What JSON knows no way to write: a moment or a dataclass. `asdict` would copy all that is in it."""
    return noun.isoformat() if isinstance(noun, datetime) else vars(noun)


def _replace(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_text(text, "utf-8")
        draft.replace(path)
    except OSError as error:
        name = f"{FOLDER}/{path.name}"
        raise PlanetError(f"{name} cannot be written ({error.strerror}); the posts are committed") from error


def harvests(root: Path) -> dict[str, tuple[Harvest, ...]]:
    """How it went with each feed lately, by address: at most `KEPT` each, oldest first."""
    found: defaultdict[str, deque[Harvest]] = defaultdict(lambda: deque(maxlen=KEPT))
    for line in _lines(root):
        try:
            data = json.loads(line)
            told = _known(Harvest, data)
            when = datetime.fromisoformat(told["when"])
            found[data["feed"]].append(Harvest(**told | {"when": when, "notes": tuple(told.get("notes", ()))}))
        except (ValueError, KeyError, TypeError):
            continue  # half a line, of a run that was killed
    return {url: tuple(each) for url, each in found.items()}


def add_harvests(root: Path, new: Mapping[str, Harvest], *, keep: Collection[str]) -> None:
    """Appends a run's harvests. The file is cut to `KEPT` of each feed in `keep` when half of it is older."""
    lines = [_line(url, harvest) for url, harvest in new.items()]
    path = root / HARVESTS
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError as error:
        raise PlanetError(f"{HARVESTS} cannot be written ({error.strerror}); the posts are committed") from error
    if sum(1 for _ in _lines(root)) > 2 * KEPT * max(1, len(keep)):
        told = harvests(root)
        _replace(path, "".join(_line(url, each) for url in keep for each in told.get(url, ())))


def _line(url: str, harvest: Harvest) -> str:
    told = {name: value for name, value in vars(harvest).items() if value}
    return json.dumps({"feed": url, **told}, ensure_ascii=False, default=_plain) + "\n"


def _lines(root: Path) -> Iterator[str]:
    try:
        with (root / HARVESTS).open(encoding="utf-8", errors="replace") as file:
            yield from file
    except OSError:
        return
