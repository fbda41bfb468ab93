"""The log of the last fifty fetches of each feed, `.cache/harvests.jsonl`.

Main functions: `load_records` and `add_records`.
"""

import json
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from generator.cache import FOLDER
from generator.errors import PlanetError
from generator.feeds.state import fields_of, replace_file, to_plain
from generator.models import FetchRecord

FETCH_LOG = FOLDER / "harvests.jsonl"
LOG_LENGTH = 50
"""Harvests of one feed that are kept."""


def load_records(root: Path) -> dict[str, tuple[FetchRecord, ...]]:
    """Return how it went with each feed lately, by address: at most `LOG_LENGTH` each, oldest first."""
    logs: defaultdict[str, deque[FetchRecord]] = defaultdict(lambda: deque(maxlen=LOG_LENGTH))
    for line in _lines(root):
        try:
            data = json.loads(line)
            values = fields_of(FetchRecord, data)
            when = datetime.fromisoformat(values["when"])
            logs[data["feed"]].append(FetchRecord(**values | {"when": when, "notes": tuple(values.get("notes", ()))}))
        except (ValueError, KeyError, TypeError):
            continue  # half a line, of a run that was killed
    return {url: tuple(log) for url, log in logs.items()}


def add_records(root: Path, new: Mapping[str, FetchRecord], *, keep: Collection[str]) -> None:
    """Append a run's harvests. The file is cut to `LOG_LENGTH` of each feed in `keep` when half of it is older."""
    lines = [_line(url, harvest) for url, harvest in new.items()]
    path = root / FETCH_LOG
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError as error:
        raise PlanetError(f"{FETCH_LOG} cannot be written ({error.strerror}); the posts are committed") from error
    if sum(1 for _ in _lines(root)) > 2 * LOG_LENGTH * max(1, len(keep)):
        records = load_records(root)
        replace_file(path, "".join(_line(url, record) for url in keep for record in records.get(url, ())))


def _line(url: str, harvest: FetchRecord) -> str:
    values = {name: value for name, value in vars(harvest).items() if value}
    return json.dumps({"feed": url, **values}, ensure_ascii=False, default=to_plain) + "\n"


def _lines(root: Path) -> Iterator[str]:
    try:
        with (root / FETCH_LOG).open(encoding="utf-8", errors="replace") as file:
            yield from file
    except OSError:
        return
