"""Decide which planned changes are recorded now, by git's history and others' posts: `settle` and `reconsider`."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.archive import tree
from generator.git import last_changed
from generator.models import Change, Doubt, Kind, Post, dates
from generator.plan import RevisionVerdict, drop_duplicates, keep_away, renamed_only, verdict
from generator.update.archive_posts import ArchivePosts
from generator.update.reading import AuthorReading


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What is recorded, and what is not."""

    changes: tuple[Change, ...]
    """Oldest post first."""
    held: int
    kept_away: int
    """Entries that a tombstone keeps away."""
    notes: tuple[str, ...]
    pending: frozenset[str]
    """Nicks of authors of whom a change waits for a person."""
    waiting: frozenset[str]
    """Nicks of authors of whom a change waits for another day: their feeds are to be read again."""
    doubts: Mapping[str, tuple[Doubt, ...]]
    """By address of a feed its posts whose loss of text a later reading has to confirm."""


@dataclass(frozen=True, kw_only=True)
class _Ruling:
    """What is done with one planned change."""

    nick: str
    change: Change | None
    """What is recorded of it."""
    note: str = ""
    """Why it is held."""
    verdict: RevisionVerdict = RevisionVerdict.RECORD
    doubt: Doubt | None = None
    feed: str = ""


def settle(
    changes: Sequence[Change], archive: ArchivePosts, *, released: Collection[str], doubts: Mapping[str, Doubt]
) -> Settlement:
    """Return the changes without revisions that flap or overwrite a person, others' stories and withdrawn posts.

    Of authors that a person has `released`, flapping and the loss of text are taken as they come. `doubts` are those of
    earlier readings, by path. The log is read for posts to be revised only, and the archive for new ones.
    """
    rulings = list(_rule(changes, archive, released, doubts))
    taken = [ruling.change for ruling in rulings if ruling.change]
    heads = archive.heads if any(change.kind is Kind.ADD for change in taken) else ()
    taken, withdrawn = keep_away(taken, heads)
    taken, copies = drop_duplicates(taken, heads, archive.whole)
    held = [ruling.note for ruling in rulings if ruling.note]
    doubted: defaultdict[str, list[Doubt]] = defaultdict(list)
    for ruling in rulings:
        doubted[ruling.feed] += [ruling.doubt] if ruling.doubt else []
    return Settlement(
        changes=tuple(sorted(taken, key=lambda change: dates.sort_key(change.post))),
        held=len(held),
        kept_away=len(withdrawn),
        notes=(*held, *withdrawn, *copies),
        pending=frozenset(ruling.nick for ruling in rulings if ruling.verdict is RevisionVerdict.KEEP),
        waiting=frozenset(ruling.nick for ruling in rulings if ruling.verdict is RevisionVerdict.WAIT),
        doubts={feed: tuple(listed) for feed, listed in doubted.items() if listed},
    )


def _rule(
    changes: Sequence[Change], archive: ArchivePosts, released: Collection[str], doubts: Mapping[str, Doubt]
) -> Iterator[_Ruling]:
    past = archive.past_of([change.post for change in changes if change.kind is not Kind.ADD])
    for change in changes:
        post, is_free = change.post, change.post.nick in released
        outcome = RevisionVerdict.RECORD
        if change.kind is not Kind.ADD:
            outcome = verdict(change, past.get(post.path, []), archive.now)
        if is_free and outcome in (RevisionVerdict.WAIT, RevisionVerdict.STOP):
            outcome = RevisionVerdict.RECORD
        if outcome is RevisionVerdict.RECORD and change.shrinks and not is_free:
            yield _doubted(change, doubts.get(post.path), archive)
        elif outcome is RevisionVerdict.RECORD:
            yield _Ruling(nick=post.nick, change=change)
        else:
            note = "" if outcome is RevisionVerdict.IGNORE else f"{post.path}: {outcome.value}"
            left = renamed_only(change) if outcome is RevisionVerdict.KEEP else None
            yield _Ruling(nick=post.nick, change=left, note=note, verdict=outcome)


def _doubted(change: Change, before: Doubt | None, archive: ArchivePosts) -> _Ruling:
    """Take a change where an earlier reading doubted the same text long enough ago; else let it wait."""
    path, digest, nick = change.post.path, change.post.digest, change.post.nick
    doubt = before if before and before.digest == digest else Doubt(path=path, digest=digest, since=archive.now)
    if archive.now >= doubt.until:
        return _Ruling(nick=nick, change=change)
    note = (
        f"{path}: its feed has taken most of the text away; that is believed if it still says so after "
        f"{doubt.until:%Y-%m-%d %H:%M} UTC, or at once by `gitplanet release {nick}`"
    )
    return _Ruling(nick=nick, change=None, note=note, doubt=doubt, feed=change.post.feed)


def reconsider(
    reading: AuthorReading, archive: ArchivePosts, again: Callable[[Sequence[Post], bool], AuthorReading]
) -> AuthorReading:
    """Plan again where a person has edited the author file since the last post, or has deleted posts.

    `again` plans with other posts, and as if a person vouched for the feeds.
    """
    file, vouched, posts = f"authors/{reading.nick}.yaml", False, archive.of(reading.nick)
    if reading.plan.stops and file in last_changed(archive.repository, file, f"{tree.FOLDER}/{reading.nick}"):
        vouched = True
        reading = replace(again(posts, vouched), vouched=True)
    has_news = any(change.kind is Kind.ADD for change in reading.plan.changes)
    removed = archive.deleted_of(reading.nick) if has_news else []
    if not removed:
        return reading
    reading = replace(again([*posts, *removed], vouched), vouched=vouched)
    paths = {post.path for post in removed}
    left = tuple(change for change in reading.plan.changes if change.before is None or change.post.path not in paths)
    return replace(reading, plan=replace(reading.plan, changes=left))
