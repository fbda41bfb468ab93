"""Find the reason why nothing of a feed may be published unseen, by what it was before. Pure.

Blogs that move bring their old posts as new ones, and a domain that expired brings another owner's advertisements:
these are the two ways in which planets were flooded most. Main function: `suspicion`.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from generator.models import Feed, FeedIdentity, Post, host, moment
from generator.plan.candidate import Candidate, MemberFeed
from generator.plan.match import match
from generator.plan.merge import merge

MANY = 5
"""New entries that any feed may bring at once."""


def facts(feed: Feed) -> FeedIdentity:
    """Return the facts of a feed."""
    hosts = {host(entry.link) for entry in feed.entries if entry.link}
    return FeedIdentity(
        title=feed.title,
        generator=feed.generator,
        language=feed.language,
        hosts=tuple(sorted(hosts)),
        entries=hashlib.sha256(repr(feed.entries).encode("utf-8", "replace")).hexdigest(),
    )


def suspicion(
    origin: MemberFeed, drafts: Sequence[Candidate], posts: Sequence[Post], before: FeedIdentity, now: datetime
) -> str:
    """Return why a person should look at the feed first, in one sentence; empty where all is well, or the feed is
    new.
    """
    own = [post for post in posts if post.feed == origin.source.url] or ([] if before == FeedIdentity() else posts)
    guids = {guid for post in posts for guid in (post.guid, *post.former_guids)}
    if not own or 2 * sum(candidate.guid not in guids for candidate in drafts) < len(drafts):
        return ""
    matches = match(merge(drafts, posts), posts)
    new = [candidate for candidate, post in matches if post is None]
    if 2 * len(new) <= len(matches):
        return ""
    another = _another(
        facts(origin.feed), _of(own) if before == FeedIdentity() else before, some_match=len(new) < len(matches)
    )
    return another or _flood(new, len(matches), own, now)


def _of(own: Sequence[Post]) -> FeedIdentity:
    """Return what the archive itself remembers of a feed."""
    return FeedIdentity(hosts=tuple(sorted({host(post.canonical_url) for post in own if post.canonical_url})))


def _another(now: FeedIdentity, before: FeedIdentity, *, some_match: bool) -> str:
    """Return whether another feed lives at the address, most of whose entries are new; what was not told is left out.

    Where an entry is known, everything must differ. Where none is, another title does, or other hosts where the title
    is not remembered: the feed of an expired domain keeps its host.
    """
    names = [name for name in ("title", "generator", "language", "hosts") if getattr(before, name)]
    changed = [name for name in names if _differs(name, before, now)]
    alone = not some_match and ("title" in changed or ("title" not in names and "hosts" in changed))
    if alone or (len(changed) > 2 and (changed == names or not some_match)):
        return f"it has become another feed ({', '.join(changed)} changed)"
    return ""


def _differs(name: str, before: FeedIdentity, now: FeedIdentity) -> bool:
    if name == "hosts":
        return bool(now.hosts) and not set(before.hosts) & set(now.hosts)
    return _plain(name, getattr(before, name)) != _plain(name, getattr(now, name))


def _plain(name: str, text: str) -> str:
    """Without what changes from day to day: versions of a generator, regions of a language, spelling of a title."""
    if name == "generator":
        return re.sub(r"[\d.]+", "", text).casefold()
    return text.casefold().partition("-")[0] if name == "language" else " ".join(text.casefold().split())


def _flood(new: Sequence[Candidate], total: int, own: Sequence[Post], now: datetime) -> str:
    """Return whether much is new at once, with dates that cannot be those of new posts."""
    newest = max(moment(post.date) for post in own)
    dates = [moment(candidate.published or candidate.updated or now) for candidate in new]
    old = sum(date < newest - timedelta(days=1) for date in dates)
    alike = max(Counter(date.date() for date in dates).values())
    if old > MANY or alike > MANY:
        what = f"{old} of them older than its newest post here" if old > MANY else f"{alike} of them of one day"
        return f"{len(new)} of its {total} entries are new at once, {what}"
    return ""
