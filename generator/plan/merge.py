"""Merge the candidates of all feeds of an author: one a post, the others beside it. Pure. Main function: `merge`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.models import Post, dates, url_key
from generator.plan.candidate import MAX_TAGS, Candidate
from generator.plan.shared_pages import with_page_guids

OWN, FORMER, STRANGE = range(3)
"""Whose a GUID is: a post's own one, one that it had, or nobody's."""


def merge(drafts: Iterable[Candidate], posts: Sequence[Post]) -> list[Candidate]:
    """Return one draft a post: the fullest, in the editions of all, with the others beside it.

    GUIDs of one known post are one; else two feeds' drafts are one where page and title are equal, and any two where
    title, minute and digest are: some feeds tell an entry twice under two GUIDs.
    """
    owner = owners(posts)
    drafts = with_page_guids(list(drafts), posts, owner)
    rank = dict.fromkeys(owner, FORMER) | {post.guid: OWN for post in posts}
    groups = _Groups()
    for candidate in sorted(drafts, key=lambda candidate: rank.get(candidate.guid, STRANGE)):
        owner[candidate.guid] = groups.put(candidate, owner.get(candidate.guid, ""))
    return [_union(group, rank) for group in groups.by_key.values()]


def owners(posts: Iterable[Post]) -> dict[str, str]:
    """Return the path of the post that each GUID belongs to; the one that has it now before one that had it."""
    posts = list(posts)
    former = {guid: post.path for post in posts for guid in post.former_guids}
    return former | {post.guid: post.path for post in posts if post.guid}


def _traits(candidate: Candidate) -> list[tuple[str, ...]]:
    """Return what two drafts of one post share."""
    traits: list[tuple[str, ...]] = [("page", url_key(candidate.link), candidate.title)] if candidate.link else []
    when = candidate.published or candidate.updated
    if candidate.title and when and not candidate.content.is_empty:
        traits.append(
            ("text", candidate.title, dates.moment(when).isoformat(timespec="minutes"), candidate.content.digest)
        )
    return traits


class _Groups:
    """Drafts that tell the same post."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[Candidate]] = {}
        self._having: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        """Keys of the groups with a trait, in the order in which they came."""
        self._passed: Counter[tuple[tuple[str, ...], str]] = Counter()
        """How many of those with a trait have a draft of a feed already: a group loses none."""

    def put(self, candidate: Candidate, key: str) -> str:
        """Put the draft into the group of that key, else to its twins, else into one of its own; say which."""
        traits = _traits(candidate)
        key = key or self._twin(candidate, traits) or candidate.guid
        self.by_key.setdefault(key, []).append(candidate)
        for trait in traits:
            self._having[trait].append(key)
        return key

    def _twin(self, candidate: Candidate, traits: Iterable[tuple[str, ...]]) -> str:
        """Return the first group of drafts that tell the same; two entries of one feed may share their page and
        title.
        """
        for trait in traits:
            having = self._having[trait]
            for key in having[self._passed[trait, candidate.feed] :]:
                if trait[0] == "text" or all(other.feed != candidate.feed for other in self.by_key[key]):
                    return key
                self._passed[trait, candidate.feed] += 1
        return ""


def _union(group: list[Candidate], rank: Mapping[str, int]) -> Candidate:
    """Return the fullest telling, under the post's own GUID where it has one, with the editions and tags of all."""
    best = group[0] if len(group) == 1 else max(group, key=lambda candidate: _fullness(candidate, rank))
    others = tuple(candidate for candidate in group if candidate is not best)
    editions = tuple(dict.fromkeys(key for candidate in group for key in candidate.editions))
    tags = tuple(dict.fromkeys(tag for candidate in group for tag in candidate.tags))[:MAX_TAGS]
    return replace(best, editions=editions, tags=tags, others=others)


def _fullness(candidate: Candidate, rank: Mapping[str, int]) -> tuple[bool, int, int]:
    """To be compared; asked of several only, for the text takes long."""
    return not candidate.excerpt, -rank.get(candidate.guid, STRANGE), len(candidate.content.html)
