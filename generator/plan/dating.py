"""Say by what a new post is dated (`date_of`), and which posts came with a feed's first reading. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from generator.models import CLAMPED, FIRST_SEEN, Author, Feed, FeedIdentity, Post, When, dates, url_key
from generator.plan.candidate import Candidate

_DAY = timedelta(days=1)
"""How far a date may lie in the future for no other reason than a zone or a clock."""
_REMEDY = "date them like `Sun, 13 Oct 2019 14:34:00 +0000` or `2019-10-13T14:34:00Z`"


def date_of(candidate: Candidate, now: datetime) -> tuple[When, str]:
    """Return the date of a post that is new `now`, and why it is not the feed's: see `PostHead.date_from`."""
    when = candidate.published or candidate.updated
    if when is None:
        return now, FIRST_SEEN
    return (now, CLAMPED) if dates.moment(when) > now else (when, "")


def date_source(post: Post, candidate: Candidate) -> str:
    """Return the same of a recorded post, also where the program that recorded it did not say so."""
    if post.date_from or post.date != post.first_seen:
        return post.date_from
    when, source = date_of(candidate, dates.moment(post.date))
    return source or ("" if when == post.date else FIRST_SEEN)


def is_first_reading(
    url: str, candidates: Iterable[Candidate], author: Author, posts: Sequence[Post], before: FeedIdentity | None
) -> bool:
    """Return whether all that the feed at `url` gives is part of the author's past: nothing of it was ever taken.

    The archive decides, for what is remembered of feeds (`before`, None where a person vouches) may be lost. It knows
    no more than that a feed was read and had nothing to give. Posts of a feed that the author file no longer lists are
    known by their GUIDs and addresses: that feed has moved here.
    """
    if any(post.feed == url for post in posts) or (before is not None and before.entries):
        return False
    listed = {source.url for source in author.feeds}
    left = [post for post in posts if post.feed and post.feed not in listed]
    guids = {guid for post in left for guid in (post.guid, *post.former_guids)}
    pages = {url_key(post.canonical_url) for post in left if post.canonical_url}
    return not any(candidate.guid in guids or url_key(candidate.link) in pages for candidate in candidates)


def date_notes(feed: Feed, now: datetime) -> Iterator[str]:
    """Say which dates of the feed do not count, and what does instead."""
    if feed.unread_dates:
        yield (
            f"{_entries(len(feed.unread_dates))} a date that cannot be read, such as {feed.unread_dates[0]!r}: what "
            f"counts is the last change where that is dated, else when the planet sees it first; {_REMEDY}"
        )
    moments = [dates.moment(when) for entry in feed.entries if (when := entry.published or entry.updated)]
    late = [moment for moment in moments if moment > now + _DAY]
    if late:
        yield (
            f"{_entries(len(late))} a date in the future, such as {dates.to_iso(max(late))}: what counts is when the "
            "planet sees it first"
        )


def _entries(count: int) -> str:
    return "1 entry has" if count == 1 else f"{count} entries have"
