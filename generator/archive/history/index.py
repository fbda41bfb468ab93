"""Read the history of all posts from the repository's log (`lives`).

What an earlier run read of the log comes from the cache.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator import cache
from generator.archive import history
from generator.archive.history.timeline import HistoryStep, PostHistory
from generator.git import Log

FILE = cache.FOLDER / "past.jsonl"
_HASH = re.compile("(?:[0-9a-f]{2})+")


def lives(root: Path, commit: str) -> Mapping[str, PostHistory]:
    """Return what happened to each post up to a commit, by path.

    Raises RepositoryError where the repository cannot tell.
    """
    with Log(root, commit) as log:
        return history.Timelines(_chains(root, log), log.texts)


def removed(root: Path, commit: str) -> list[str]:
    """Return the files that were ever taken away up to a commit.

    Raises RepositoryError where the repository cannot tell.
    """
    with Log(root, commit) as log:
        return [path for path, steps in _chains(root, log).items() if not all(step.after for step in steps)]


def _chains(root: Path, log: Log) -> dict[str, list[HistoryStep]]:
    table = cache.Table(root / FILE)
    since = str(table.metadata().get("commit", ""))
    cached = table.load(_steps)
    if not (
        _HASH.fullmatch(since) and cached and log.goes_straight_on(since)
    ):  # else the order of branches could differ
        since, cached = "", {}
    chains = history.chains(log.records(since), log.texts, cached)
    other = sum(steps is not cached.get(path) for path, steps in chains.items())
    if cache.is_stale(many=len(chains), other=other):
        rows = ((path, [_row(step, path) for step in steps]) for path, steps in chains.items())
        table.save(rows, commit=log.at)
    return chains


def _row(step: HistoryStep, path: str) -> list[Any]:
    there, when = "" if step.path == path else step.path, int(step.when.timestamp())
    return [there, step.former, step.commit, when, step.by, step.robot, step.placed, step.repair, step.after]


def _steps(path: str, rows: Any) -> list[HistoryStep]:
    return [_step(path, *row) for row in rows]


def _step(path: str, *row: Any) -> HistoryStep:
    there, former, commit, when, by, robot, placed, repair, after = row
    return HistoryStep(
        path=there or path,
        former=former,
        commit=commit,
        when=datetime.fromtimestamp(when, UTC),
        by=by,
        robot=robot,
        placed=placed,
        repair=repair,
        after=after,
    )
