"""Turn the commits that touched posts/ into each post's history (`chains`, `Timelines`). Pure.

A history says when a post was added, edited, renamed or withdrawn.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from generator import markup
from generator.archive import post_file
from generator.archive.history.diff import Passage, compare
from generator.errors import FileError
from generator.models import RENAME, ROBOT, FileChange, Kind, LogCommit, Post

PostTexts = Callable[[Iterable[str]], Mapping[str, str]]
"""Gives the texts of versions by name."""


class EventKind(StrEnum):
    """What happened to a post in one commit."""

    ADDED = "added"
    REVISED = "revised"
    REPAIRED = "repaired"
    """Converted again by the planet: its author changed nothing."""
    RENAMED = "renamed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryStep:
    """What one commit did to the file of one post. All that there are may be held at once, so they are small."""

    path: str
    former: str
    """The path before, where the commit renamed the file; else empty."""
    commit: str
    when: datetime
    """When it came into the archive."""
    by: str
    """The person who did it, by hand or through a command; empty where the planet did it."""
    robot: bool
    """Whether the planet's robot made the commit."""
    placed: bool
    """Whether no version of the file stood there before."""
    repair: bool
    """Whether the planet converted the post again."""
    after: str
    """The version that it made, by the name of its blob; empty where the file went."""
    trailers: Mapping[str, str] | None = None
    """Of the commit; None where nobody asked for them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PostVersion:
    """A text that the file of a post had. It is read when somebody asks for the post: most are never asked for."""

    path: str
    name: str
    """Of its blob."""
    texts: Mapping[str, str]

    @property
    def post(self) -> Post | None:
        """The post that it is; None where it is none, or nobody has the text."""
        return read_post(self.texts.get(self.name, ""), self.path)


@dataclass(frozen=True, kw_only=True)
class HistoryEvent:
    """One commit in the life of a post."""

    act: EventKind
    commit: str
    when: datetime
    """When it came into the archive."""
    by: str
    """The person who did it, by hand or through a command; empty where the planet did it."""
    path: str
    edited: bool
    """Whether a reader would notice: the title, or words, links or pictures of the text became others."""
    after: PostVersion = field(metadata={"tool": True})
    """What it made of the file. The commit tells it, so it needs no mark."""
    stood: PostVersion | None = field(metadata={"tool": True})
    """The last text that stood before."""

    @property
    def post(self) -> Post | None:
        """The post as it was then; None where the file was gone or no post."""
        return self.after.post

    @property
    def before(self) -> Post | None:
        """The post as it stood before."""
        return self.stood.post if self.stood else None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What changed in the text."""
        before, post = self.before, self.post
        return compare(before.body if before else "", post.body if post else "")


@dataclass(frozen=True, kw_only=True)
class PostHistory:
    """All that happened to a post, the oldest first."""

    path: str
    """Where it is now, or was at last."""
    steps: Sequence[HistoryStep]
    """What commits did to it: of most posts there is but one, and nothing more is ever asked of that."""
    texts: Mapping[str, str] = field(repr=False)
    """Of its versions by name, as far as they are of interest."""

    @property
    def first(self) -> datetime:
        """When it came into the archive."""
        return self.steps[0].when

    @cached_property
    def events(self) -> tuple[HistoryEvent, ...]:
        """All, the oldest first."""
        return tuple(_events(self.steps, self.texts))

    @property
    def edits(self) -> tuple[HistoryEvent, ...]:
        """The events that a reader would notice in the text."""
        return tuple(event for event in self.events if event.edited) if len(self.steps) > 1 else ()


def by_robot(record: LogCommit) -> bool:
    """Return whether the planet's robot made the commit."""
    return record.email == ROBOT


def person(record: LogCommit) -> str:
    """Return who made a commit that is not the robot's: of a commit that it made and a person rewrote, that person."""
    rewritten = any(key.startswith("Post-") for key in record.trailers)
    return record.committer if rewritten else record.author


def chains(
    records: Iterable[LogCommit],
    texts: PostTexts,
    earlier: Mapping[str, list[HistoryStep]] | None = None,
    *,
    named: bool = False,
) -> dict[str, list[HistoryStep]]:
    """Return the steps of each post by the path where it is now, or was at last; a file that was renamed keeps its
    past.

    `earlier` are those of all commits before. Where they are to be `named`, the steps have their commits' trailers,
    which name posts.
    """
    steps_by_path = dict(earlier or {})
    for record in records:
        touches = [touch for touch in record.touches if touch.path.endswith(".md")]
        moved = moves(touches, texts)
        left = set(moved.values())
        for touch in touches:
            former = moved.get(touch.path, "")
            steps = (
                [*steps_by_path.pop(former, []), *steps_by_path.get(touch.path, [])]
                if former
                else steps_by_path.get(touch.path, [])
            )
            if touch.path not in left:
                steps_by_path[touch.path] = [*steps, _step(record, touch, former, named)]
    return steps_by_path


def _step(record: LogCommit, touch: FileChange, former: str, named: bool) -> HistoryStep:
    return HistoryStep(
        path=touch.path,
        former=former,
        commit=record.commit,
        when=record.recorded,
        by=_by(record),
        robot=by_robot(record),
        placed=not any(touch.before),
        repair=by_robot(record) and record.subject.startswith(f"{Kind.REPAIR} "),
        after=touch.after,
        trailers=record.trailers if named else None,
    )


def _by(record: LogCommit) -> str:
    """Return what a person does through a command, the robot commits in that name."""
    if not by_robot(record):
        return person(record)
    command = record.subject.partition(" ")[0] in (Kind.WITHDRAW, RENAME)
    return record.author if command and record.author != record.committer else ""


def moves(touches: Sequence[FileChange], texts: PostTexts) -> dict[str, str]:
    """Return by new path the old one, of files that a commit renamed: the same post, or else the same text."""
    added = [touch for touch in touches if not any(touch.before)]
    removed = [touch for touch in touches if not touch.after]
    if not (added and removed):
        return {}
    read = texts(version for touch in (*added, *removed) for version in (*touch.before, touch.after) if version)
    left = {key: touch.path for touch in removed for key in _identity(read, touch.path, touch.before[0])}
    moved: dict[str, str] = {}
    claimed: set[str] = set()
    for touch in added:
        formers = (left.get(key, "") for key in _identity(read, touch.path, touch.after))
        former = next((path for path in formers if path and path not in claimed), "")
        if former:
            moved[touch.path] = former
            claimed.add(former)
    return moved


def _identity(read: Mapping[str, str], path: str, version: str) -> tuple[str, ...]:
    """Return what a renamed file has in common with the one that it was; a member may have been renamed with it."""
    post = read_post(read.get(version, ""), path)
    if post and post.guid:
        return (f"{post.first_nick} {post.guid}",)
    return (version, post.first_path) if post else (version,)


def read_post(text: str, path: str) -> Post | None:
    """Return the post in that text, or None where it is none."""
    if not text:
        return None
    try:
        return post_file.from_text(text, path)
    except FileError:
        return None


class Timelines(Mapping[str, PostHistory]):
    """The life of each post by its path, told when somebody asks for it."""

    def __init__(self, steps_by_path: Mapping[str, Sequence[HistoryStep]], texts: PostTexts) -> None:
        """Only posts with more than one commit are read: the others are as they came."""
        wanted = [step for steps in steps_by_path.values() if len(steps) > 1 for step in steps]
        self._steps_by_path, self._read = steps_by_path, texts(step.after for step in wanted if step.after)

    def __getitem__(self, path: str) -> PostHistory:
        return PostHistory(path=path, steps=self._steps_by_path[path], texts=self._read)

    def __iter__(self) -> Iterator[str]:
        return iter(self._steps_by_path)

    def __len__(self) -> int:
        return len(self._steps_by_path)


def _events(steps: Sequence[HistoryStep], texts: Mapping[str, str]) -> Iterator[HistoryEvent]:
    last: EventKind | None = None
    standing: tuple[PostVersion, Post] | None = None
    for step in steps:
        after = PostVersion(path=step.path, name=step.after, texts=texts)
        post = after.post
        act = _act(step, post, last)
        last = last if last is EventKind.WITHDRAWN and act is EventKind.RENAMED else act
        yield HistoryEvent(
            act=act,
            commit=step.commit,
            when=step.when,
            by=step.by,
            path=step.path,
            edited=_is_edited(act, step.by, standing[1] if standing else None, post),
            after=after,
            stood=standing[0] if standing else None,
        )
        standing = (after, post) if post and not post.withdrawn else standing


def _is_edited(act: EventKind, by: str, before: Post | None, post: Post | None) -> bool:
    """Compare texts: the robot writes one anew only where a reader would notice; a person may have mended Markdown."""
    if act not in (EventKind.REVISED, EventKind.RENAMED, EventKind.RESTORED) or not (before and post) or post.withdrawn:
        return False
    if before.title != post.title:
        return True
    return before.body.split() != post.body.split() and (not by or _noticed(before.body) != _noticed(post.body))


def _act(step: HistoryStep, post: Post | None, last: EventKind | None) -> EventKind:
    if not step.after:
        return EventKind.REMOVED
    if post and post.withdrawn:
        return EventKind.RENAMED if step.former and last is EventKind.WITHDRAWN else EventKind.WITHDRAWN
    if last in (EventKind.REMOVED, EventKind.WITHDRAWN):
        return EventKind.RESTORED
    if last is None:
        return EventKind.ADDED
    if step.repair:
        return EventKind.REPAIRED
    return EventKind.RENAMED if step.former else EventKind.REVISED


def _noticed(markdown: str) -> str:
    return markup.signature(markup.to_html(markdown))
