"""Say which entries of a feed an author file takes (`is_wanted`), and of whom nobody takes any. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Set
from dataclasses import dataclass
from functools import cached_property

from generator import markup
from generator.models import Entry, EntryPattern, FeedSource, name_key, pattern_matches

_MOST, _LONGEST = 5, 80
"""Names that a sentence has, and characters of each."""


@dataclass(frozen=True, kw_only=True)
class EntryTexts:
    """What the patterns of an author file look at. Everything is made only where a pattern asks for it."""

    entry: Entry
    title: str
    """This and the next two as the post would have them."""
    link: str
    tags: tuple[str, ...]
    read_body: Callable[[], str]
    """Gives the plain text."""

    @cached_property
    def whole(self) -> str:
        """Title, text and tags."""
        return "\n".join((self.title, self.read_body(), *self.tags))

    @cached_property
    def by_field(self) -> dict[str, tuple[str, ...]]:
        """The texts that a pattern for a field is held against one by one: also tags beyond those that a post holds."""
        tags = dict.fromkeys((*self.tags, *map(markup.title, self.entry.tags)))
        return {"title": (self.title,), "link": (self.link,), "author": writers_of(self.entry), "tag": tuple(tags)}


def writers_of(entry: Entry) -> tuple[str, ...]:
    """Return who wrote the entry, as plain names."""
    return tuple(dict.fromkeys(filter(None, map(markup.title, entry.authors))))


def is_by(entry: Entry, names: Collection[str]) -> bool:
    """Return whether one of the entry's authors bears one of the names, however spelt; any does where there are none.

    Names are compared as a whole: a company's feed may have a Kim and a Kim Cow.
    """
    return not names or _bears_one(writers_of(entry), set(map(name_key, names)))


def _bears_one(names: Iterable[str], keys: Set[str]) -> bool:
    return not keys.isdisjoint(map(name_key, names))


def is_wanted(source: FeedSource, texts: EntryTexts) -> bool:
    """Return whether `authors`, `include` and `exclude` of the feed let an entry through."""
    if not is_by(texts.entry, source.authors):
        return False
    if source.include and not any(_matches(pattern, texts) for pattern in source.include):
        return False
    return not any(_matches(pattern, texts) for pattern in source.exclude)


def _matches(pattern: EntryPattern, texts: EntryTexts) -> bool:
    if isinstance(pattern, str):
        return pattern_matches(pattern, texts.whole)
    return any(
        pattern_matches(expression, text) for field, expression in pattern.items() for text in texts.by_field[field]
    )


def left_over(entries: Iterable[Entry], names: Collection[str]) -> str:
    """Say in a sentence how many entries are by nobody of these names, and whose they are; empty where none is."""
    if not names:
        return ""
    keys = set(map(name_key, names))
    others = [writing for writing in map(writers_of, entries) if not _bears_one(writing, keys)]
    named, nameless = sum(map(bool, others)), others.count(())
    sentences = []
    if named:
        entries_are = "1 entry is" if named == 1 else f"{named} entries are"
        sentences.append(f"{entries_are} by {name_list(others)}, whom no author file of this feed lists")
    if nameless:
        entries_name = "1 entry names" if nameless == 1 else f"{nameless} entries name"
        sentences.append(f"{entries_name} no author, and this feed's author files take by name")
    return "; ".join(sentences)


def name_list(names_of_entries: Iterable[Iterable[str]]) -> str:
    """List the names that stand above most entries, for a sentence; each is spelt as it is first."""
    spelt: dict[str, str] = {}
    count: Counter[str] = Counter()
    for name in (name for names in names_of_entries for name in names):
        spelt.setdefault(name_key(name), name)
        count[name_key(name)] += 1
    names = [spelt[key][:_LONGEST] for key, _ in count.most_common(_MOST)]
    if len(count) > _MOST:
        names.append(f"{len(count) - _MOST} more")
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
