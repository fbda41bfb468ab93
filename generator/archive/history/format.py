"""Format the history of a post as lines of plain text for a terminal (`format_history`). Pure."""

from collections.abc import Iterator

from generator.archive.history.diff import DiffMark, DiffPiece, Passage, compare_words
from generator.archive.history.timeline import EventKind, HistoryEvent, PostHistory
from generator.archive.post_file import FIELDS
from generator.models import to_iso

_SIGNS = {DiffMark.SAME: "{}", DiffMark.DELETED: "[-{}-]", DiffMark.INSERTED: "{{+{}+}}"}
_COVERED = frozenset("title guid former_guids canonical_url digest withdrawn reason".split())
"""What is told by itself, or follows from it."""


def format_history(life: PostHistory) -> Iterator[str]:
    """Yield the whole life: what the post is now, and what each commit did to it, the oldest first."""
    yield life.path
    yield from _now(life)
    for event in life.events:
        yield ""
        yield f"{to_iso(event.when)}  {_what(event)}  {event.commit[:12]}"
        yield from (f"    {line}" for line in _details(event))


def _now(life: PostHistory) -> Iterator[str]:
    post = next((event.post for event in reversed(life.events) if event.post), None)
    if post is None:
        return
    member = post.author or post.nick
    name = "a withdrawn post" if post.withdrawn else f'"{post.title or "untitled"}"'
    yield f"{name} by {f'{post.byline}, in the feed of {member}' if post.byline else member}"
    yield from (f"{name} {text}" for name, text in (("GUID", post.guid), ("at", post.canonical_url)) if text)
    times = f", edited {len(life.edits)}×" if life.edits else ""
    yield f"first seen {to_iso(post.first_seen or life.first)}{times}"


def _what(event: HistoryEvent) -> str:
    by = f"by {event.by}, a person" if event.by else "by the planet"
    if not event.post or event.post.withdrawn:
        return f"{event.act} {by}"
    words = len(event.post.body.split())
    return f"{event.act} {by}, {words} word{'' if words == 1 else 's'}"


def _details(event: HistoryEvent) -> Iterator[str]:
    before, post = event.before, event.post
    if event.act is EventKind.RENAMED:
        yield f"The file is now {event.path}"
    if event.act is not EventKind.REMOVED and post is None:
        yield "The file is no post that can be read."
    if event.act is EventKind.WITHDRAWN and post and post.reason:
        yield f"Reason: {post.reason}"
    if before is None or post is None or post.withdrawn:
        return
    if before.title != post.title:
        yield f"Title: {to_text(compare_words(before.title, post.title))}"
    yield from _changed("GUID", before.guid, post.guid)
    yield from _changed("Address", before.canonical_url, post.canonical_url)
    others = [field.name for field in FIELDS if field.name not in _COVERED]
    changed = [name for name in others if getattr(before, name) != getattr(post, name)]
    if changed:
        yield f"Also changed: {', '.join(changed)}"
    yield from _text(event.passages)


def _changed(name: str, old: str, new: str) -> Iterator[str]:
    if old != new:
        yield f"{name}: [-{old}-]{{+{new}+}}"


def _text(passages: tuple[Passage, ...]) -> Iterator[str]:
    for passage in passages:
        if passage.skipped:
            yield f"… {passage.skipped} unchanged paragraph{'' if passage.skipped == 1 else 's'} …"
        yield from to_text(passage.pieces).splitlines()


def to_text(pieces: tuple[DiffPiece, ...] | list[DiffPiece]) -> str:
    """Return the words as `git diff --word-diff` shows them: `[-gone-]` and `{+come+}`."""
    return "".join(_SIGNS[piece.mark].format(piece.text) for piece in pieces)
