"""Match candidates with posts: by GUID, then link, title with date or path, content. Pure. Main function: `match`."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from generator.models import Post, When, dates, host, is_page_guid, url_key
from generator.plan.candidate import Candidate
from generator.plan.content import VERSION
from generator.plan.merge import owners
from generator.plan.similarity import alike

MatchKey = tuple[str, ...] | None
Rung = tuple[Callable[[Candidate], MatchKey], Callable[[Post], MatchKey], Callable[[Candidate, Post], bool] | None]
"""What draft and post have in common, and what else must hold of the two."""
T = TypeVar("T")


def match(drafts: Sequence[Candidate], posts: Sequence[Post]) -> list[tuple[Candidate, Post | None]]:
    """Return each draft with the post that it is, or with None where it is new. The drafts are those that `merge`
    gives.

    A GUID that is known decides. What is left is compared rung by rung; a key that two drafts or two posts share,
    recognised or not, decides nothing: all entries of some feeds link to the same page.
    """
    matches = _by_guid(drafts, posts)
    _climb(_RUNGS, drafts, posts, matches)
    sharing = [candidate for candidate in drafts if is_page_guid(candidate.guid) and candidate.guid not in matches]
    if sharing:
        pages = {url_key(candidate.link) for candidate in sharing}
        there = [post for post in posts if url_key(post.canonical_url) in pages]
        _climb(_RUNGS_OF_A_PAGE, sharing, there, matches)
    return [(candidate, matches.get(candidate.guid)) for candidate in drafts]


def _climb(rungs: Iterable[Rung], drafts: Sequence[Candidate], posts: Sequence[Post], matches: dict[str, Post]) -> None:
    """Add to `matches` what the drafts and posts that are left have in common, rung by rung."""
    claimed = {post.path for post in matches.values()}
    for of_draft, of_post, sure in rungs:
        left = [candidate for candidate in drafts if candidate.guid not in matches]
        same = _unambiguous(posts, of_post) if left else {}
        if not same:
            continue
        count: Counter[MatchKey] = Counter()
        for candidate in left:
            key = of_draft(candidate)
            post = same.get(key)
            if post is None or post.path in claimed:
                continue
            count = count or Counter(map(of_draft, drafts))  # only now: a digest takes long, and most have no candidate
            if count[key] == 1 and (sure is None or sure(candidate, post)):
                matches[candidate.guid] = post
                claimed.add(post.path)


def _by_guid(drafts: Iterable[Candidate], posts: Sequence[Post]) -> dict[str, Post]:
    """Return the posts of which a draft has a GUID, by the GUID of the draft."""
    paths = owners(posts)
    by_path = {post.path: post for post in posts}
    guids = ((candidate, next((guid for guid in candidate.guids if guid in paths), "")) for candidate in drafts)
    return {candidate.guid: by_path[paths[guid]] for candidate, guid in guids if guid}


def _unambiguous(things: Iterable[T], key: Callable[[T], MatchKey]) -> dict[MatchKey, T]:
    keyed = [(key(thing), thing) for thing in things]
    count = Counter(name for name, _ in keyed)
    return {name: thing for name, thing in keyed if name is not None and count[name] == 1}


def _day(when: When) -> str:
    return dates.moment(when).date().isoformat()


def _title_and_day(title: str, when: When | None) -> MatchKey:
    return (title.casefold(), _day(when)) if title and when else None


def _title_and_moment(title: str, when: When | None) -> MatchKey:
    return (title.casefold(), dates.to_iso(when)) if title and when else None


def _title_and_path(title: str, url: str) -> MatchKey:
    """Return title and path: a blog that moves to another host often keeps its paths, and dates everything anew."""
    path = url_key(url).partition("/")[2]
    return (title.casefold(), path) if title and path else None


def _day_and_path(when: When | None, url: str) -> MatchKey:
    """Return what is left to know a tombstone by, which has no title, when its blog moves to another host."""
    path = url_key(url).partition("/")[2]
    return (_day(when), path) if when and path else None


def _same_text(candidate: Candidate, post: Post) -> bool:
    return alike(candidate.content.body(), post.body)


def _page(url: str, guid: str) -> MatchKey:
    """Return the page alone, but of one that others share."""
    return (url_key(url),) if url and not is_page_guid(guid) else None


def _page_and_text(url: str, body: str) -> MatchKey:
    return (url_key(url), " ".join(body.split())) if body else None


def _page_and_day(url: str, when: When | None) -> MatchKey:
    return (url_key(url), _day(when)) if when else None


_RUNGS: tuple[Rung, ...] = (
    (
        lambda candidate: _page(candidate.link, candidate.guid),
        lambda post: _page(post.canonical_url, post.guid),
        None,
    ),
    (
        lambda candidate: _title_and_day(candidate.title, candidate.published or candidate.updated),
        lambda post: _title_and_day(post.title, post.date),
        None,
    ),
    (  # a post of a program that could not read when the entry was published
        lambda candidate: _title_and_moment(candidate.title, candidate.updated) if candidate.published else None,
        lambda post: _title_and_moment(post.title, post.date),
        None,
    ),
    (
        lambda candidate: _title_and_path(candidate.title, candidate.link),
        lambda post: _title_and_path(post.title, post.canonical_url),
        None,
    ),
    (
        lambda candidate: _day_and_path(candidate.published or candidate.updated, candidate.link),
        lambda post: _day_and_path(post.date, post.canonical_url) if post.withdrawn else None,
        lambda candidate, post: host(candidate.link) != host(post.canonical_url),
    ),
    (
        lambda candidate: None if candidate.content.is_empty else (candidate.content.digest,),
        lambda post: (post.digest,) if post.digest.startswith(VERSION) and (post.body or post.withdrawn) else None,
        None,
    ),
    (
        lambda candidate: (candidate.title.casefold(),) if candidate.title else None,
        lambda post: (post.title.casefold(),) if post.title else None,
        _same_text,
    ),
)
_RUNGS_OF_A_PAGE: tuple[Rung, ...] = (
    (
        lambda candidate: _page_and_text(candidate.link, candidate.content.body()),
        lambda post: _page_and_text(post.canonical_url, post.body),
        None,
    ),
    (
        lambda candidate: _page_and_day(candidate.link, candidate.published or candidate.updated),
        lambda post: _page_and_day(post.canonical_url, post.date),
        _same_text,
    ),
)
"""For entries without GUIDs that share a page: an edit of a title leaves the text, or the day and most of the words."""
