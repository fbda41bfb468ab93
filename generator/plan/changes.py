"""A draft and the post that it is → the Change that it makes, or none. Pure."""

from dataclasses import replace
from datetime import datetime

from generator import markup
from generator.archive import paths
from generator.models import Author, Change, Kind, Post, When, dates, url_key
from generator.plan.candidate import Candidate
from generator.plan.shrinkage import loses_text


def change(each: Candidate, post: Post | None, author: Author, now: datetime, *, reconvert: bool) -> Change | None:
    """Return the change that a draft makes to the post it was recognised as; None where it says nothing new.

    With `reconvert`, a post that says what its feed says is converted again where that gives a better text.
    """
    if post is None:
        new = _new(each, author, now)
        return Change(kind=Kind.ADD, post=new, unsaid=each.unsaid(), removed=each.content.removed)
    if not post.guid:
        return None
    told = _telling(each, post, author)
    renamed = _renamed(post, each, told)
    if post.withdrawn:  # it keeps being recognised, whatever its feed does to GUIDs and addresses
        return _unless_same(replace(renamed, editions=post.editions), post)
    if told is None:
        return _unless_same(renamed, post)
    if told.content.is_of(post.digest):
        return (_repair(renamed, told, post) if reconvert else None) or _unless_same(renamed, post)
    if _is_cut_short(told, post):
        return _unless_same(renamed, post)
    revised = _revised(renamed, told)
    if (revised.title, revised.body) == (post.title, post.body):  # only a footer, or a first line, is another one
        return _unless_same(renamed, post)
    return Change(
        kind=Kind.REVISE,
        post=revised,
        before=post,
        unsaid=told.unsaid(),
        shrinks=loses_text(post, revised),
        removed=told.content.removed,
    )


def _is_cut_short(told: Candidate, post: Post) -> bool:
    """Return whether the feed has turned to excerpts: they take nothing away.

    A text that only looks like one is an edit. What is shorter than the post is an excerpt of it, or nearly so.
    """
    if post.excerpt or not told.excerpt:
        return False
    return len(markup.text(told.content.html)) < len(markup.text(markup.to_html(post.body)))


def _telling(each: Candidate, post: Post, author: Author) -> Candidate | None:
    """What the post's own feed tells of it; another feed's words only where that one is gone or gave an excerpt.

    Two feeds that word a post differently, and answer in turns, would otherwise rewrite it for ever.
    """
    own = next((one for one in (each, *each.others) if one.feed == post.feed), None)
    if own is not None and not (own.excerpt and not each.excerpt):
        return replace(own, tags=each.tags)
    fuller = post.excerpt and not each.excerpt
    still_read = post.feed in {source.url for source in author.feeds}
    return each if own is not None or fuller or not still_read else None


def _unless_same(post: Post, before: Post) -> Change | None:
    """A further GUID beside the post's own is no news by itself."""
    same = replace(post, former_guids=before.former_guids) == before
    return None if same else Change(kind=Kind.REVISE, post=post, before=before)


def _repair(renamed: Post, told: Candidate, post: Post) -> Change | None:
    """The post as this version of the program converts what its feed says; None where a reader sees no difference."""
    content = told.content
    repaired = replace(
        renamed,
        title=told.title,
        description=content.description(),
        digest=content.digest,
        body=content.body(),
    )
    if (repaired.title, repaired.body) == (post.title, post.body):
        return None
    return Change(kind=Kind.REPAIR, post=repaired, before=post, removed=content.removed)


def _renamed(post: Post, each: Candidate, told: Candidate | None) -> Post:
    """The post under the GUID and address that its feed uses now, in all editions that it was ever in."""
    guid = post.guid if told is None or post.guid in each.guids else told.guid
    others = dict.fromkeys((*post.former_guids, post.guid, *each.guids))
    moved = told is not None and told.link and url_key(told.link) != url_key(post.canonical_url)
    return replace(
        post,
        guid=guid,
        former_guids=tuple(other for other in others if other != guid),
        editions=post.editions + tuple(key for key in each.editions if key not in post.editions),
        canonical_url=told.link if told is not None and moved else post.canonical_url,
    )


def renamed_only(change: Change) -> Change | None:
    """Return what a change does to GUIDs, editions and address alone; None where that is nothing new."""
    post, before = change.post, change.before
    if before is None:
        return None
    moved = url_key(post.canonical_url) != url_key(before.canonical_url)
    renamed = replace(
        before,
        guid=post.guid,
        former_guids=post.former_guids,
        editions=post.editions,
        canonical_url=post.canonical_url if moved else before.canonical_url,
    )
    return _unless_same(renamed, before)


def _revised(post: Post, each: Candidate) -> Post:
    """The post as its author tells it now. Path, date and first sight stay: an edit never climbs."""
    return replace(
        post,
        title=each.title,
        updated=each.updated or post.updated,
        canonical_url=each.link or post.canonical_url,
        tags=each.tags,
        lang=each.language,
        description=each.content.description(),
        excerpt=each.excerpt and post.excerpt,
        feed=each.feed,
        rights=each.rights,
        enclosures=each.enclosures,
        digest=each.content.digest,
        body=each.content.body(),
    )


def _new(each: Candidate, author: Author, now: datetime) -> Post:
    when, description = _date(each.published or each.updated, now), each.content.description()
    return Post(
        path=paths.new_path(author.nick, when, each.title or description, each.guid),
        nick=author.nick,
        author=author.name,
        title=each.title,
        date=when,
        updated=each.updated if each.published and each.updated != each.published else None,
        canonical_url=each.link,
        guid=each.guid,
        former_guids=each.guids[1:],
        tags=each.tags,
        lang=each.language,
        description=description,
        excerpt=each.excerpt,
        editions=each.editions,
        feed=each.feed,
        rights=each.rights,
        enclosures=each.enclosures,
        first_seen=now,
        digest=each.content.digest,
        body=each.content.body(),
    )


def _date(when: When | None, now: datetime) -> When:
    """The feed's date, or the first sight of a post that has none or claims to come from the future."""
    return now if when is None or dates.moment(when) > now else when
