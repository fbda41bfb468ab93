"""Decide whether a revision is recorded now, later, or not at all, by the post's past. Pure. Main function: `verdict`.

In one planet that keeps its posts in git, a page whose ids changed with every visit was rewritten 1,116 times.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from generator.models import Change, Post, url_key
from generator.plan.shrinkage import loses_text

MOST = 24
"""Revisions after which a post that flaps is recorded no more."""
PAUSE = timedelta(days=1)
"""Between two recorded revisions of a post that flaps."""
RUSH = timedelta(days=4)
"""Three revisions within this time, and the next one is flapping."""


@dataclass(frozen=True, kw_only=True)
class RecordedRevision:
    """The post as a commit left it."""

    post: Post
    when: datetime
    by_planet: bool


class RevisionVerdict(Enum):
    """What becomes of a revision."""

    RECORD = "record"
    IGNORE = "ignore"
    """It would only swing identifiers back."""
    WAIT = "it changes again and again; at most one change a day is recorded"
    STOP = f"it has flapped through {MOST} revisions; no more are recorded, unless you `gitplanet release` its author"
    KEEP = "the author changed this post, but a person had edited the file; the edit was kept"


def verdict(change: Change, past: Sequence[RecordedRevision], now: datetime) -> RevisionVerdict:
    """Return what becomes of a revision at `now`, by the post's `past`, newest first.

    A post whose last allowed revisions came in a rush stays stopped: what came later is not in git, so time tells
    nothing of it.
    """
    ours = [revision for revision in past if revision.by_planet]
    if not ours or change.before is None:
        return RevisionVerdict.RECORD
    returns = _state(change.post) in {_state(revision.post) for revision in ours}
    if change.post.digest == change.before.digest and returns:
        return RevisionVerdict.IGNORE
    if change.post.digest != change.before.digest and _edited(change.before, ours[0].post):
        return RevisionVerdict.KEEP
    if returns and loses_text(change.post, change.before):
        return RevisionVerdict.RECORD  # what damage took away comes back
    revisions = [revision.when for revision in ours[:-1]]
    spent = len(revisions) >= MOST
    rushes = len(revisions) > 2 and (revisions[0] if spent else now) - revisions[2] <= RUSH
    if not (returns or rushes):
        return RevisionVerdict.RECORD
    if spent:
        return RevisionVerdict.STOP
    return RevisionVerdict.WAIT if revisions and now - revisions[0] < PAUSE else RevisionVerdict.RECORD


def _state(post: Post) -> tuple[object, ...]:
    return post.digest, post.guid, url_key(post.canonical_url), post.editions


def _edited(now: Post, recorded: Post) -> bool:
    """Return whether a person has changed anything since, even where a reader would not notice.

    Moving the file is no edit, and a new nick of the member is none.
    """
    return replace(now, path=recorded.path, nick=recorded.nick, former_nick=recorded.former_nick) != recorded
