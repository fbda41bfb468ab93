"""Read the heads of all posts below posts/ (`read`).

The head of a file that has not changed since an earlier run comes from the cache.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from functools import partial
from hashlib import sha1
from pathlib import Path
from sys import intern
from typing import Any

from generator import cache
from generator.archive import post_file, tree
from generator.archive.post_file import FIELDS, FieldKind
from generator.cache import batches
from generator.errors import FileError, Problem, RepositoryError
from generator.git import Log
from generator.models import Enclosure, PostHead, When
from generator.parallel import fork_map, processors

FILE = cache.FOLDER / "heads.jsonl"
_TOGETHER = 250
"""Files that one process reads before it asks for more."""
_FEW = 6
"""So many times these, from which on a second process pays."""
_DEFAULTS = {field.name: field.default for field in fields(PostHead)}
_OF_ENCLOSURE = tuple(field.name for field in fields(Enclosure))


@dataclass(frozen=True, kw_only=True)
class Heads:
    """The heads of all posts, sorted by path, and the faults of the files that are none."""

    heads: tuple[PostHead, ...]
    versions: Mapping[str, str]
    """By path the name that git gives to the content of the file."""
    problems: tuple[Problem, ...] = ()


def read(root: Path, *, processes: int | None = None) -> Heads:
    """Return the heads of the posts in `root`. A file that cannot be read costs itself: it is among the problems."""
    table = cache.Table(root / FILE)
    with ThreadPoolExecutor(1) as helper:  # git is asked meanwhile
        standing = helper.submit(_standing, root)
        paths, cached = tree.paths(root), table.load(_read_row)
        clean = standing.result()
    by_path: dict[str, PostHead] = {}
    versions: dict[str, str] = {}
    left: list[str] = []
    for path in paths:
        version, head = cached.get(path, ("", None))
        if head and version == clean.get(path):
            by_path[path], versions[path] = head, version
        else:
            left.append(path)
    problems: list[Problem] = []
    sheets = list(batches(left, _TOGETHER))
    jobs = processes or (processors() if len(sheets) >= _FEW else 1)
    for heads, blobs, faults in fork_map(partial(_read, root), sheets, jobs=jobs):
        by_path |= heads
        versions |= blobs
        problems += faults
    if cache.is_stale(many=len(paths), other=len(left) + max(0, len(cached) - len(by_path))):
        table.save((path, (versions[path], dict(_to_json(head)))) for path, head in by_path.items())
    ordered = tuple(by_path[path] for path in paths if path in by_path)
    return Heads(heads=ordered, versions=versions, problems=tuple(problems))


def again(root: Path, before: Heads, changed: Collection[str]) -> Heads:
    """Return the heads after these files, relative to `root`, have changed, came or went."""
    changed = set(changed)
    by_path = {head.path: head for head in before.heads if head.path not in changed}
    faults = [problem for problem in before.problems if problem.file not in changed]
    paths = tree.paths(root)
    heads, versions, problems = _read(root, [path for path in paths if path in changed])
    by_path |= heads
    return Heads(
        heads=tuple(by_path[path] for path in paths if path in by_path),
        versions={**before.versions, **versions},
        problems=(*faults, *problems),
    )


def _standing(root: Path) -> Mapping[str, str]:
    """Return by path the version of each file that is as it was committed; none where the repository does not tell."""
    try:
        with Log(root) as log:
            return log.standing()
    except RepositoryError:
        return {}


def _read(root: Path, paths: Iterable[str]) -> tuple[dict[str, PostHead], dict[str, str], list[Problem]]:
    heads: dict[str, PostHead] = {}
    versions: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        content = (root / path).read_bytes()
        try:
            heads[path] = post_file.head_from_text(tree.decoded(content, path), path)
        except FileError as error:
            problems.extend(error.problems)
        else:
            versions[path] = sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    return heads, versions, problems


def _to_json(head: PostHead) -> Iterator[tuple[str, Any]]:
    """Yield what differs from nothing, as JSON has it."""
    for name, default in _DEFAULTS.items():
        value = getattr(head, name)
        if value != default and name != "path":
            if isinstance(value, date):
                value = value.isoformat()
            elif name == "enclosures":
                value = [astuple(enclosure) for enclosure in value]
            yield name, value


def _read_row(path: str, row: Any) -> tuple[str, PostHead]:
    """Make the version and the head of what JSON has."""
    version, values = row
    for name, value in values.items():
        if read := _READ.get(name):
            values[name] = read(value)
    return version, PostHead(path=path, **values)


def _time(text: str) -> When:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _enclosures(rows: Iterable[Iterable[Any]]) -> tuple[Enclosure, ...]:
    return tuple(Enclosure(**dict(zip(_OF_ENCLOSURE, row, strict=False))) for row in rows)


_READERS: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.TEXTS: tuple,
    FieldKind.WHEN: _time,
    FieldKind.MOMENT: _time,
    FieldKind.ENCLOSURES: _enclosures,
}
_READ = {field.name: intern if field.shared else _READERS.get(field.kind) for field in FIELDS}
"""By field what makes its value of what JSON has; None where it is that."""
