"""Drafts of all feeds of an author → one draft a post, with the other tellings beside it. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.models import Post, dates, url_key
from generator.plan.candidate import MAX_TAGS, Candidate

OWN, FORMER, STRANGE = range(3)
"""Whose a GUID is: a post's own one, one that it had, or nobody's."""


def merge(drafts: Iterable[Candidate], known: Sequence[Post]) -> list[Candidate]:
    """One draft a post: the fullest, in the editions of all, with the others beside it.

    GUIDs of one known post are one; else two feeds' drafts are one where page and title are equal, and any two where
    title, minute and digest are: some feeds tell an entry twice under two GUIDs.
    """
    owner = owners(known)
    rank = dict.fromkeys(owner, FORMER) | {post.guid: OWN for post in known}
    groups = _Groups()
    for each in sorted(drafts, key=lambda each: rank.get(each.guid, STRANGE)):
        owner[each.guid] = groups.put(each, owner.get(each.guid, ""))
    return [_union(group, rank) for group in groups.by_key.values()]


def owners(known: Iterable[Post]) -> dict[str, str]:
    """The path of the post that each GUID belongs to; the one that has it now before one that had it."""
    known = list(known)
    former = {guid: post.path for post in known for guid in post.former_guids}
    return former | {post.guid: post.path for post in known if post.guid}


def _traits(each: Candidate) -> list[tuple[str, ...]]:
    """What two drafts of one post share."""
    found: list[tuple[str, ...]] = [("page", url_key(each.link), each.title)] if each.link else []
    when = each.published or each.updated
    if each.title and when and not each.content.is_empty:
        found.append(("text", each.title, dates.moment(when).isoformat(timespec="minutes"), each.content.digest))
    return found


class _Groups:
    """Drafts that tell the same post."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[Candidate]] = {}
        self._having: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        """Keys of the groups with a trait, in the order in which they came."""
        self._passed: Counter[tuple[tuple[str, ...], str]] = Counter()
        """How many of those with a trait have a draft of a feed already: a group loses none."""

    def put(self, each: Candidate, key: str) -> str:
        """Puts the draft into the group of that key, else to its twins, else into one of its own; says which."""
        traits = _traits(each)
        key = key or self._twin(each, traits) or each.guid
        self.by_key.setdefault(key, []).append(each)
        for trait in traits:
            self._having[trait].append(key)
        return key

    def _twin(self, each: Candidate, traits: Iterable[tuple[str, ...]]) -> str:
        """The first group of drafts that tell the same; two entries of one feed may share their page and title."""
        for trait in traits:
            having = self._having[trait]
            for key in having[self._passed[trait, each.feed] :]:
                if trait[0] == "text" or all(other.feed != each.feed for other in self.by_key[key]):
                    return key
                self._passed[trait, each.feed] += 1
        return ""


def _union(group: list[Candidate], rank: Mapping[str, int]) -> Candidate:
    """The fullest telling, under the post's own GUID where it has one, with the editions and tags of all."""
    best = group[0] if len(group) == 1 else max(group, key=lambda each: _fullness(each, rank))
    others = tuple(each for each in group if each is not best)
    editions = tuple(dict.fromkeys(key for each in group for key in each.editions))
    tags = tuple(dict.fromkeys(tag for each in group for tag in each.tags))[:MAX_TAGS]
    return replace(best, editions=editions, tags=tags, others=others)


def _fullness(each: Candidate, rank: Mapping[str, int]) -> tuple[bool, int, int]:
    """To be compared; asked of several only, for the text takes long."""
    return not each.excerpt, -rank.get(each.guid, STRANGE), len(each.content.html)
