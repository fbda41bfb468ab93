"""What an author's feeds change in the archive: entries and known posts in, Changes out. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from generator import posts
from generator.model import Author, Change, Feed, FeedSource, Kind, Post, When
from generator.plan.draft import Draft, digest_of, draft, merge
from generator.plan.match import match

__all__ = ["Plan", "plan"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one author's feeds change, oldest post first, and what a person should know about it."""

    changes: tuple[Change, ...] = ()
    held: int = 0
    """Changes seen upstream and not applied, each told in a note."""
    notes: tuple[str, ...] = ()


def plan(author: Author, feeds: Iterable[tuple[FeedSource, Feed]], known: Sequence[Post], now: datetime) -> Plan:
    """The changes that `feeds` of `author` make to the `known` posts of that author, seen at `now`.

    What a feed no longer lists is left alone: absence is never a deletion.
    """
    drafts = merge([each for source, feed in feeds for each in _drafts(author, source, feed)])
    changes: list[Change] = []
    notes: list[str] = []
    for each, post in match(drafts, known):
        change, note = _change(each, post, author, now)
        changes.extend([change] if change else [])
        notes.extend([note] if note else [])
    changes.sort(key=lambda change: (posts.moment(change.post.date), change.post.path))
    return Plan(changes=tuple(changes), held=len(notes), notes=tuple(notes))


def _drafts(author: Author, source: FeedSource, feed: Feed) -> Iterable[Draft]:
    return filter(None, (draft(entry, feed, source, author) for entry in feed.entries))


def _change(each: Draft, post: Post | None, author: Author, now: datetime) -> tuple[Change | None, str]:
    """The change that a draft makes to the post it was recognised as, and why one was held."""
    if post is None:
        return Change(kind=Kind.ADD, post=_new(each, author, now)), ""
    if post.withdrawn or not post.guid:
        return None, ""
    renamed = _renamed(post, each)
    if each.digest == post.digest or (each.excerpt and not post.excerpt):
        return _unless_same(renamed, post), ""
    if digest_of(post.title, post.body) != post.digest:
        note = f"{post.path}: the author changed this post, but a person had edited the file; the edit was kept"
        return _unless_same(renamed, post), note
    return Change(kind=Kind.REVISE, post=_revised(renamed, each), before=post), ""


def _unless_same(post: Post, before: Post) -> Change | None:
    return None if post == before else Change(kind=Kind.REVISE, post=post, before=before)


def _renamed(post: Post, each: Draft) -> Post:
    """The post under the GUID that the feed uses now, in all editions that it was ever in."""
    editions = post.editions + tuple(key for key in each.editions if key not in post.editions)
    if each.guid == post.guid:
        return replace(post, editions=editions)
    former = tuple(guid for guid in (*post.former_guids, post.guid) if guid != each.guid)
    return replace(post, editions=editions, guid=each.guid, former_guids=former)


def _revised(post: Post, each: Draft) -> Post:
    """The post as its author tells it now. Path, date and first sight stay: an edit never climbs."""
    return replace(
        post,
        title=each.title,
        updated=each.updated,
        canonical_url=each.link or post.canonical_url,
        tags=each.tags,
        lang=each.language,
        description=each.description,
        excerpt=each.excerpt,
        rights=each.rights,
        enclosures=each.enclosures,
        digest=each.digest,
        body=each.body(),
    )


def _new(each: Draft, author: Author, now: datetime) -> Post:
    when = _date(each.published or each.updated, now)
    return Post(
        path=posts.new_path(author.nick, when, each.title or each.description, each.guid),
        nick=author.nick,
        author=author.name,
        title=each.title,
        date=when,
        updated=each.updated if each.updated != each.published else None,
        canonical_url=each.link,
        guid=each.guid,
        tags=each.tags,
        lang=each.language,
        description=each.description,
        excerpt=each.excerpt,
        editions=each.editions,
        feed=each.feed,
        rights=each.rights,
        enclosures=each.enclosures,
        first_seen=now,
        digest=each.digest,
        body=each.body(),
    )


def _date(when: When | None, now: datetime) -> When:
    """The feed's date, or the first sight of a post that has none or claims to come from the future."""
    return now if when is None or posts.moment(when) > now else when
