"""Compare a candidate with the post that it is, and make the Change that follows. Pure. Main function: `change`."""

from dataclasses import replace
from datetime import datetime

from generator import markup
from generator.archive import paths
from generator.models import Author, Change, Kind, Post, url_key
from generator.plan.candidate import Candidate
from generator.plan.dating import date_of, date_source
from generator.plan.shrinkage import loses_text


def change(candidate: Candidate, post: Post | None, author: Author, now: datetime, *, reconvert: bool) -> Change | None:
    """Return the change that a draft makes to the post it was recognised as; None where it says nothing new.

    With `reconvert`, a post that says what its feed says is converted again where that gives a better text.
    """
    if post is None:
        new = _new(candidate, author, now)
        return Change(kind=Kind.ADD, post=new, unsaid=candidate.unsaid(), removed=candidate.content.removed)
    if not post.guid:
        return None
    preferred = _choose_candidate(candidate, post, author)
    renamed = _renamed(post, candidate, preferred)
    if post.withdrawn:  # it keeps being recognised, whatever its feed does to GUIDs and addresses
        return _unless_same(replace(renamed, editions=post.editions), post)
    if preferred is None:
        return _unless_same(renamed, post)
    if preferred.content.is_of(post):
        return (_repair(renamed, preferred, post) if reconvert else None) or _unless_same(renamed, post)
    if _is_cut_short(preferred, post):
        return _unless_same(renamed, post)
    revised = _revised(renamed, preferred, author)
    if (revised.title, revised.body) == (post.title, post.body):  # only a footer, or a first line, is another one
        return _unless_same(renamed, post)
    return Change(
        kind=Kind.REVISE,
        post=revised,
        before=post,
        unsaid=preferred.unsaid(),
        shrinks=loses_text(post, revised),
        removed=preferred.content.removed,
    )


def _is_cut_short(candidate: Candidate, post: Post) -> bool:
    """Return whether the feed has turned to excerpts: they take nothing away.

    A text that only looks like one is an edit. What is shorter than the post is an excerpt of it, or nearly so.
    """
    if post.excerpt or not candidate.excerpt:
        return False
    return len(markup.text(candidate.content.html)) < len(markup.text(markup.to_html(post.body)))


def _choose_candidate(candidate: Candidate, post: Post, author: Author) -> Candidate | None:
    """Choose what the post's own feed tells of it; another feed's words only where that one is gone or gave an excerpt.

    Two feeds that word a post differently, and answer in turns, would otherwise rewrite it for ever.
    """
    own = next((variant for variant in (candidate, *candidate.others) if variant.feed == post.feed), None)
    if own is not None and not (own.excerpt and not candidate.excerpt):
        return replace(own, tags=candidate.tags)
    fuller = post.excerpt and not candidate.excerpt
    still_read = post.feed in {source.url for source in author.feeds}
    return candidate if own is not None or fuller or not still_read else None


def _unless_same(post: Post, before: Post) -> Change | None:
    """Return the change between them, or None: a further GUID beside the post's own is no news by itself."""
    same = replace(post, former_guids=before.former_guids) == before
    return None if same else Change(kind=Kind.REVISE, post=post, before=before)


def _repair(renamed: Post, candidate: Candidate, post: Post) -> Change | None:
    """Return the post as this version of the program converts what its feed says; None where a reader sees no
    difference.
    """
    content = candidate.content
    repaired = replace(
        renamed,
        title=candidate.title,
        description=content.description(),
        digest=content.digest,
        body=content.body(),
    )
    if (repaired.title, repaired.body) == (post.title, post.body):
        return None
    return Change(kind=Kind.REPAIR, post=repaired, before=post, removed=content.removed)


def _renamed(post: Post, candidate: Candidate, preferred: Candidate | None) -> Post:
    """Return the post under the GUID and address that its feed uses now, in all editions that it was ever in.

    A GUID that is taken for an address, which the release before this one did not, comes with the next revision.
    """
    guid = post.guid if preferred is None or post.guid in candidate.guids else preferred.guid
    others = dict.fromkeys((*post.former_guids, post.guid, *candidate.guids))
    link = preferred.link if preferred is not None else ""
    is_guid = preferred is not None and not post.canonical_url and url_key(link) == url_key(preferred.guid)
    moved = link and not is_guid and url_key(link) != url_key(post.canonical_url)
    return replace(
        post,
        guid=guid,
        former_guids=tuple(other for other in others if other != guid),
        editions=post.editions + tuple(key for key in candidate.editions if key not in post.editions),
        canonical_url=link if moved else post.canonical_url,
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


def _revised(post: Post, candidate: Candidate, author: Author) -> Post:
    """Return the post as its author tells it now. Path, date and first sight stay: an edit never climbs.

    What somebody writes bears that name: the one who had the nick before has not written it.
    """
    return replace(
        post,
        author=author.name,
        title=candidate.title,
        date_from=date_source(post, candidate),
        updated=candidate.updated or post.updated,
        byline=post.byline if candidate.byline is None else candidate.byline,
        canonical_url=candidate.link or post.canonical_url,
        tags=candidate.tags,
        lang=candidate.language,
        description=candidate.content.description(),
        excerpt=candidate.excerpt and post.excerpt,
        feed=candidate.feed,
        rights=candidate.rights,
        comments=candidate.comments,
        enclosures=candidate.attachments,
        digest=candidate.content.digest,
        body=candidate.content.body(),
    )


def _new(candidate: Candidate, author: Author, now: datetime) -> Post:
    (when, source), description = date_of(candidate, now), candidate.content.description()
    return Post(
        path=paths.new_path(author.nick, when, candidate.title or description, candidate.guid),
        nick=author.nick,
        author=author.name,
        title=candidate.title,
        date=when,
        date_from=source,
        updated=candidate.updated if candidate.published and candidate.updated != candidate.published else None,
        byline=candidate.byline or "",
        canonical_url=candidate.link,
        comments=candidate.comments,
        guid=candidate.guid,
        former_guids=candidate.guids[1:],
        tags=candidate.tags,
        lang=candidate.language,
        description=description,
        excerpt=candidate.excerpt,
        editions=candidate.editions,
        feed=candidate.feed,
        rights=candidate.rights,
        enclosures=candidate.attachments,
        first_seen=now,
        first_reading=all(variant.first_reading for variant in (candidate, *candidate.others)),
        digest=candidate.content.digest,
        body=candidate.content.body(),
    )
