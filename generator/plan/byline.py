"""Say who wrote an entry where its feed names somebody else than the member (`bylines`). Pure.

A name is nobody else's where it is another spelling of what the member or the blog is called, where it is a role
(`admin`), or where all entries of a feed share it: a personal blog, whose author the planet knows by another name.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from generator import markup
from generator.models import Author, Entry, Feed, FeedSource, host
from generator.plan.candidate import MemberFeed
from generator.plan.person_names import (
    MAX_PEOPLE,
    Words,
    is_composed,
    is_part,
    is_several,
    is_spelling,
    is_within,
    people,
    without_roles,
    words,
)

MAX_LENGTH = 120
"""Characters of a byline."""
_INTRODUCTION = re.compile(r"(?:(?:\w+ )?by|przez|(?-i:par|por))\s+|\w+\s?[:：]\s*", re.IGNORECASE)
"""`By`, `Posted by`, `Text:`; not `von` or `di`, with which names begin, too."""
_MENTIONED = re.compile(r"[(\[\"“'‘«]([^()\[\]\"“”'‘’«»]+)[)\]\"”'’»]")
_BETWEEN_TITLES = re.compile(r"\s+[-–—|:·•»«]+\s+|:\s+")


def bylines(origin: MemberFeed, *, is_group: bool) -> Callable[[Entry], str | None]:
    """Return what gives the byline of each entry of the feed: empty for the member's own, None where nobody is named.

    Where the author file takes the entries of one person by name (`authors`), that person is the member.

    Of a feed that `is_group` the planet has bylines: a name that all its entries share today is no personal blog's.
    """
    author, feed = origin.author, origin.feed
    owner = _owner_of(feed, origin.source, author)

    @cache
    def writers(names: tuple[str, ...]) -> tuple[_Writer, ...]:
        return _without_repeats(filter(None, (_writer(name, owner) for name in names)))

    shared = _shared([writers(entry.authors) for entry in feed.entries], is_group=is_group)

    def byline(entry: Entry) -> str | None:
        return _joined(writers(entry.authors), shared, author.name) if entry.authors else None

    return byline


@dataclass(frozen=True, kw_only=True)
class _Owner:
    """What the member and the blog are called, in words."""

    name: Words
    in_feed: Words
    """The name by which the author file takes entries of the feed, where that is one person's."""
    is_several: bool
    """Whether the name is that of several people, none of whom is the member alone."""
    nicks: tuple[Words, ...]
    """The nick, and what stands before the @ of the mail address."""
    titles: tuple[Words, ...]
    """What the blog is called, without roles: its title and the parts of that, the words of its addresses.

    Where a title names several people or things, no word of it stands at an end, so that none is the blog's own name.
    """
    feed: Words
    """Whose the feed says to be, where that is one person."""

    def is_called(self, name: Words) -> bool:
        """Return whether the name of member or blog is just that: `Ann & Bob`, who are not two others."""
        return name == self.name or without_roles(name) in self.titles or (self.is_several and is_part(self.name, name))

    def is_member(self, name: Words, mentioned: Iterable[Words] = ()) -> bool:
        """Return whether it is a spelling of the member's name, or a nick, alone, beside the name or `mentioned`."""
        if self.is_several:
            return is_part(self.name, name) or name in self.nicks
        return (
            is_spelling(name, self.name)
            or is_spelling(name, self.in_feed)
            or any(is_part(name, (*self.name, *nick)) for nick in self.nicks)
            or any(is_composed(name, nick) or is_composed(nick, name) for nick in self.nicks)
            or any(_without_alias(other) in self.nicks for other in mentioned)
        )

    def is_blog(self, name: Words) -> bool:
        """Return whether it is what the feed calls its author, or of the blog's title or address, or nobody's name."""
        bare = without_roles(name)
        is_owner = bool(self.feed) and is_spelling(name, self.feed)
        return not bare or is_owner or any(_is_of(bare, title) for title in self.titles)


def _without_alias(name: Words) -> Words:
    """Return the nick in `aka larry`."""
    return name[1:] if name[0:1] in (("aka",), ("alias",)) else name


def _is_of(name: Words, title: Words) -> bool:
    """Return whether a title names somebody, one word of whom only at its beginning or end, or stands in the name."""
    if len(name) == 1:
        return bool(title) and name[0] in (title[0], title[-1])
    return is_within(name, title) or (len(title) > 1 and is_within(title, name))


def _owner_of(feed: Feed, source: FeedSource, author: Author) -> _Owner:
    title = markup.title(feed.title)
    whole = words(title)
    titles = [("", *whole, "")] if is_several(title) else [whole, *map(words, _BETWEEN_TITLES.split(title))]
    addresses = words(f"{host(feed.link)} {author.homepage}")
    nicks = (words(author.nick), words(author.email.partition("@")[0]))
    taken = [words(name) for name in source.authors]
    of_feed = [name for name in map(markup.title, feed.authors) if without_roles(words(name))]
    return _Owner(
        name=words(author.name),
        in_feed=taken[0] if taken and all(is_spelling(taken[0], name) for name in taken) else (),
        is_several=is_several(author.name),
        nicks=tuple(filter(None, nicks)),
        titles=tuple(map(without_roles, (*titles, addresses, *((word,) for word in addresses)))),
        feed=words(of_feed[0]) if len(of_feed) == 1 and not is_several(of_feed[0]) else (),
    )


@dataclass(frozen=True, kw_only=True)
class _Writer:
    """A text that the feed gives for an author: perhaps several people."""

    text: str
    strangers: tuple[Words, ...]
    """Those of them who are neither the member nor the blog; where there is none, it is the member."""


def _writer(name: str, owner: _Owner) -> _Writer | None:
    """Return what a text says of who wrote; None where it names nobody but the blog."""
    text = markup.title(name)
    introduction = _INTRODUCTION.match(text)
    text = text[introduction.end() if introduction else 0 :].strip(" ,;:")
    whole, persons = words(text), people(text)
    if len(persons) < 2 or owner.is_called(whole):
        persons = [whole]
    mentions = list(_MENTIONED.finditer(text)) if len(persons) < 2 else []
    mentioned = [words(part) for match in mentions for part in (match[1], text[: match.start()])]
    members = [person for person in persons if owner.is_member(person, mentioned)]
    others = tuple(person for person in persons if person not in members and not owner.is_blog(person))
    return _Writer(text=text, strangers=others) if members or others else None


def _without_repeats(writers: Iterable[_Writer]) -> tuple[_Writer, ...]:
    """Return the writers without those whose people a longer text names, as of two elements; of many the first."""
    everybody: list[_Writer] = []
    for writer in writers:
        everybody.append(writer)
        if sum(len(other.strangers) for other in everybody) >= 2 * MAX_PEOPLE:
            break
    left: list[_Writer] = []
    for writer in sorted(everybody, key=lambda writer: -len(writer.text)):
        said = [person for other in left for person in other.strangers]
        if not writer.strangers or not all(_is_among(person, said) for person in writer.strangers):
            left.append(writer)
    return tuple(writer for writer in everybody if writer in left)


def _is_among(person: Words, others: Iterable[Words]) -> bool:
    return any(is_spelling(person, other) for other in others)


def _shared(entries: Sequence[Sequence[_Writer]], *, is_group: bool) -> list[Words]:
    """Return the names that all entries share which name anybody, if most of them do and none names the member.

    Those of the entry with the longest name are looked for: `Ann` alone may be `Ann Lee` and `Ann Ray`.
    """
    named = [[person for writer in writers for person in writer.strangers] for writers in entries if writers]
    if 2 * len(named) <= len(entries) or not all(named):
        return []
    fullest = max(named, key=lambda persons: max((len(person), person) for person in persons))
    shared = [person for person in fullest if all(_is_among(person, others) for others in named)]
    is_alone = all(_is_among(person, shared) for others in named for person in others)
    return [] if is_group and is_alone else shared


def _joined(writers: Sequence[_Writer], shared: Sequence[Words], member: str) -> str:
    """Return the names of all, the member's as the planet writes it; nothing where there is nobody else."""
    others = [writer for writer in writers if not all(_is_among(person, shared) for person in writer.strangers)]
    if not others:
        return ""
    texts = [
        writer.text if writer.strangers else member for writer in writers if writer in others or not writer.strangers
    ]
    text = ", ".join(dict.fromkeys(texts))
    if len(text) <= MAX_LENGTH:
        return text
    head = text[: MAX_LENGTH - len(" et al.")]
    return f"{head.rpartition(', ')[0] or head.rpartition(' ')[0] or head} et al."
