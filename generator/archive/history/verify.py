"""Check the archive against its own history (`verify`): every post and every commit that touched one, and who wrote."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from generator.archive import history, paths, post_file
from generator.archive.history.timeline import HistoryStep
from generator.errors import FileError
from generator.git import Log
from generator.models import RENAME, FileChange, Kind, LogCommit, Post

REGULAR = ("100644", "100755")
_TRAILERS = {"Post-Guid": "guid", "Post-Link": "canonical_url", "Post-Feed": "feed"}


@dataclass(frozen=True, kw_only=True)
class ArchiveReport:
    """What was found. The archive is sound where there are no faults."""

    posts: int
    commits: int
    """Commits that touched posts/."""
    faults: tuple[str, ...]
    """One line each, in the order of the log, then of the paths."""
    people: tuple[str, ...]
    """A line for each person who changed posts by hand: nothing is wrong with that, but it is told."""


def verify(root: Path) -> ArchiveReport:
    """Read all of the history of posts/. Raises RepositoryError where there is none, or only a part of it."""
    with Log(root) as log:
        records = list(log.records())
        tree = log.tree()
        touched = (touch for record in records for touch in record.touches)
        versions = {name for touch in touched for name in (*touch.before, touch.after) if name}
        texts = log.texts(versions | {name for _, name in tree.values()})
        read = _Readings(texts)
        chains = history.chains(records, lambda names: {name: texts[name] for name in names})
        faults = [
            *(f"{path}: is not as committed; commit or revert it" for path in log.uncommitted()),
            *(fault for record in records for fault in _record_faults(record, read)),
            *_replay(records, tree),
            *_tree_faults(tree, read, chains),
        ]
    return ArchiveReport(
        posts=len(read.standing(tree)), commits=len(records), faults=tuple(faults), people=_people(records)
    )


class _Readings:
    """The posts of all versions, each read once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._read: dict[tuple[str, str], Post | FileError] = {}

    def read(self, version: str, path: str) -> Post | FileError:
        """Return the post, or what is wrong with it."""
        key = version, path
        if key not in self._read:
            try:
                self._read[key] = post_file.from_text(self.texts[version], path)
            except FileError as error:
                self._read[key] = error
        return self._read[key]

    def post(self, version: str, path: str) -> Post | None:
        """Return the post, or None where there is none."""
        reading = self.read(version, path) if version else None
        return None if isinstance(reading, FileError) else reading

    def standing(self, tree: Mapping[str, tuple[str, str]]) -> dict[str, Post]:
        """Return the posts of a tree by path."""
        posts = {path: self.post(version, path) for path, (_, version) in tree.items() if path.endswith(".md")}
        return {path: post for path, post in posts.items() if post}


# what each commit did --------------------------------------------------------


def _record_faults(record: LogCommit, read: _Readings) -> Iterator[str]:
    """Yield what is wrong with a commit of the robot's; people may write what they like."""
    if not history.by_robot(record):
        return
    place = f"commit {record.commit[:12]}"
    formers = history.moves(record.touches, lambda names: {name: read.texts[name] for name in names})
    left = set(formers.values())
    removed = {touch.path: touch.before[0] for touch in record.touches if touch.path in left}
    written = [touch for touch in record.touches if touch.path not in left]
    renames = record.subject.startswith(f"{RENAME} ")
    if len(written) != 1 and not renames:
        yield f"{place}: touches {len(written)} files of posts/, where the robot touches one"
        return
    for touch in written:
        former = formers.get(touch.path, "")
        after = read.post(touch.after, touch.path)
        before = read.post(removed[former], former) if former else read.post(touch.before[0], touch.path)
        faults = [*(_rename_faults(before, after) if renames else _touch_faults(record, touch, before, after))]
        if former and not renames and after and not after.withdrawn:
            faults.append(f"moved the file from {former}, which the robot does only where a post is withdrawn")
        yield from (f"{place}, {touch.path}: {fault}" for fault in faults)


def _rename_faults(before: Post | None, after: Post | None) -> Iterator[str]:
    """Yield a member's new nick changes nothing else of a post."""
    if before is None or after is None:
        yield "the robot wrote what is no post under another nick"
    elif after != replace(before, path=after.path, nick=after.nick, former_nick=after.former_nick):
        yield "changed more of the post than whose it is"


def _touch_faults(record: LogCommit, touch: FileChange, before: Post | None, after: Post | None) -> Iterator[str]:
    if after is None:
        yield f"the robot {'wrote what is no post' if touch.after else 'removed a file'}"
        return
    kinds = _kinds(before, after, new=before is None and not any(touch.before))
    if record.subject.partition(" ")[0] not in kinds:
        yield f"its subject does not begin with {kinds[0]!r}, which is what it does"
    if before and before.first_seen != after.first_seen:
        yield "changed when the post was first seen"
    yield from _trailer_faults(record, after, before or after)


def _kinds(before: Post | None, after: Post, *, new: bool) -> tuple[str, ...]:
    if after.withdrawn:  # whose feed may give it another GUID
        return (Kind.WITHDRAW.value, *((Kind.REVISE.value,) if before and before.withdrawn else ()))
    return (Kind.ADD.value,) if new else (Kind.REVISE.value, Kind.REPAIR.value)


def _trailer_faults(record: LogCommit, after: Post, before: Post) -> Iterator[str]:
    """Trailers name GUID, link and feed as the file has them; a tombstone may have less of them than the post had."""
    for key, field in _TRAILERS.items():
        value = unquote(record.trailers.get(key, ""))
        accepted = [_spelled(getattr(after, field))] + (
            [_spelled(getattr(before, field)), ""] if after.withdrawn else []
        )
        if value not in accepted:
            yield f"the trailer {key} is {value!r}, but the file has {accepted[0]!r}"


def _spelled(text: str) -> str:
    """Return the text as it comes out of a trailer, where what cannot be written is a question mark."""
    return unquote(text.encode("utf-8", "replace").decode()).strip()


def _people(records: Sequence[LogCommit]) -> tuple[str, ...]:
    count: Counter[str] = Counter()
    files: dict[str, set[str]] = defaultdict(set)
    for record in records:
        touched = {touch.path for touch in record.touches if touch.path.endswith(".md")}
        if touched and not history.by_robot(record):
            count[history.person(record)] += 1
            files[history.person(record)] |= touched
    return tuple(
        f"{name}: {number} commit{'' if number == 1 else 's'} by hand, of {', '.join(sorted(files[name])[:3])}"
        + (f" and {len(files[name]) - 3} more" if len(files[name]) > 3 else "")
        for name, number in sorted(count.items())
    )


# the tree --------------------------------------------------------------------


def _replay(records: Sequence[LogCommit], tree: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Does the log lead to the tree? Each change must begin where an earlier one ended, and the last must stand.

    Where branches were merged, the one that the merge took stands, which need not be the last.
    """
    versions: dict[str, list[str]] = defaultdict(lambda: [""])
    for record in records:
        for touch in record.touches:
            if not set(touch.before) <= set(versions[touch.path]):
                yield f"commit {record.commit[:12]}, {touch.path}: changes a version that the log does not tell of"
            versions[touch.path].append(touch.after)
    for path in sorted({*versions, *tree}):
        stands = tree[path][1] if path in tree else ""
        if stands not in versions[path]:
            yield f"{path}: the tree has a version that the log does not tell of"
        elif stands != versions[path][-1] and not _branched(records, path):
            yield f"{path}: the tree does not have the version that the log ends with"


def _branched(records: Sequence[LogCommit], path: str) -> bool:
    """Return whether two commits began from the same version of a file."""
    begun = Counter(
        name for record in records for touch in record.touches if touch.path == path for name in touch.before
    )
    return max(begun.values(), default=0) > 1


def _tree_faults(
    tree: Mapping[str, tuple[str, str]], read: _Readings, chains: Mapping[str, Sequence[HistoryStep]]
) -> Iterator[str]:
    """Does every file hold a post, where it belongs, and no other the same?"""
    identities: dict[tuple[str, str], str] = {}
    for path, (mode, version) in sorted(tree.items()):
        if mode not in REGULAR:
            yield f"{path}: is no regular file (mode {mode}); remove it"
            continue
        if not path.endswith(".md"):
            continue
        post = read.read(version, path)
        if isinstance(post, FileError):
            yield from map(str, post.problems)
            continue
        yield from _path_faults(post, chains.get(path, ()))
        first = identities.setdefault((post.nick, post.guid or path), path)
        if first != path:
            yield f"{path}: is the same post as {first} (GUID {post.guid}); remove one of them"


def _path_faults(post: Post, steps: Sequence[HistoryStep]) -> Iterator[str]:
    """Yield a person may put a post where they like; the robot's path is made of what the post is.

    Where the robot moves a member's posts, their files keep the names that they have.
    """
    placed = [step for step in steps if (step.former or step.placed) and not _moves_member(step)]
    if not placed or not placed[-1].robot or not post.guid:
        return
    names = {f"{paths.digits(post.first_nick, guid)}.md" for guid in (post.guid, *post.former_guids)}
    if not paths.PATH.fullmatch(post.path):
        yield f"{post.path}: is no path that the robot gives"
    elif post.path.split("/")[1] != post.nick:
        yield f"{post.path}: stands in the folder of another author than {post.nick}"
    elif post.path[-11:] not in names:
        yield f"{post.path}: does not end in the digits of its GUID {post.guid}"


def _moves_member(step: HistoryStep) -> bool:
    return step.robot and step.former.rpartition("/")[2] == step.path.rpartition("/")[2]
