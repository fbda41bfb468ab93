"""Unite the tags that authors gave their posts, however they spell them (`tags`): one `Tag` for each topic. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s
from unicodedata import normalize

from generator.archive import slug
from generator.models import PostHead

FEWEST = 2
"""Posts that a tag needs for pages of its own: one post alone would lead back to where the reader is."""
_LONGEST = 40
_NONE = frozenset(
    (
        "uncategorized", "uncategorised", "unkategorisiert", "nicht kategorisiert", "non classé", "senza categoria",
        "sem categoria", "sin categoría", "geen categorie", "bez kategorii", "без рубрики", "未分類", "未分类",
    )
)  # fmt: skip
"""What blogs write where their author gave no tag."""
_SPACE = re.compile(r"[\s_-]+")


@dataclass(frozen=True, kw_only=True)
class Tag:
    """What authors call by the same word."""

    name: str
    """As most of them write it."""
    folder: str
    """Where its pages stand, below the site's root: `tags/gentoo/`."""
    paged: bool
    """Whether so many posts carry it that it has pages of its own."""

    @property
    def page(self) -> str:
        """Its first page below the site's root, or empty where it has none."""
        return f"{self.folder}index.html" if self.paged else ""


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What is the same in all spellings of a tag; empty for what is none: an address, or a word for "no tag"."""
    plain = _SPACE.sub(" ", normalize("NFKC", name).casefold()).lstrip(" #").rstrip()
    return "" if "://" in plain or plain in _NONE else plain


def tags(posts: Iterable[PostHead]) -> Mapping[str, Tag]:
    """All tags of the posts by key, in the order of the keys."""
    spellings: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for post in posts:
        for name in post.tags:
            spellings.setdefault(key(name), Counter())[name.lstrip(" #").rstrip()] += 1
        counts.update({key(name) for name in post.tags})
    return {
        topic: Tag(name=_most_common(spellings[topic]), folder=f"tags/{_slug(topic)}/", paged=counts[topic] >= FEWEST)
        for topic in sorted(spellings)
        if topic
    }


def tags_of(post: PostHead, all_tags: Mapping[str, Tag]) -> tuple[Tag, ...]:
    """The tags of a post, each once, in its own order."""
    return tuple(all_tags[topic] for topic in dict.fromkeys(map(key, post.tags)) if topic)


def _most_common(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def _slug(key: str) -> str:
    """The key itself where it is plain; else what is left of it, and a few digits that tell it from others."""
    plain = slug(key)[:_LONGEST].strip("-")
    if plain.replace("-", " ") == key:
        return plain
    return f"{plain}-{blake2s(key.encode('utf-8', 'surrogateescape'), digest_size=3).hexdigest()}".lstrip("-")
