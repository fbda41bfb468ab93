"""Merge the members of several lists into authors with `gather`: one for a person, feeds once, nicks valid. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.archive import paths
from generator.config import NICK, RESERVED, nicks
from generator.models import Author, FeedSource, host, url_key
from generator.setup.importers.models import ImportNote

MOST_FEEDS = 10
LONGEST = 28
"""Characters of a nick before a number."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What came together."""

    authors: tuple[Author, ...]
    notes: tuple[ImportNote, ...]


@dataclass(kw_only=True)
class _People:
    """Who is known so far, by the nick that a list gives and by name."""

    authors: list[Author] = field(default_factory=list)
    by_word: dict[str, int] = field(default_factory=dict)
    notes: list[ImportNote] = field(default_factory=list)

    def add(self, author: Author) -> None:
        """A new person, or one more feed of a known one."""
        words = [f"nick {author.nick.lower()}"] if author.nick else []
        words += [f"name {author.name.casefold()}"] if author.name != host(author.feeds[0].url) else []
        place = next((self.by_word[word] for word in words if word in self.by_word), len(self.authors))
        if place == len(self.authors):
            self.authors.append(author)
        else:
            self.authors[place] = self._joined(self.authors[place], author)
        for word in words:
            self.by_word.setdefault(word, place)

    def _joined(self, author: Author, other: Author) -> Author:
        links = {**other.links, **author.links}
        if other.homepage not in ("", author.homepage) and author.homepage and "blog" not in links:
            links["blog"] = other.homepage
            other = replace(other, homepage="")
        for key in ("homepage", "language", "hackergotchi", "github"):
            if getattr(other, key) and not getattr(author, key):
                author = replace(author, **{key: getattr(other, key)})
            elif getattr(other, key) not in ("", getattr(author, key)):
                why = "another section of the same author says another, which stays"
                self.notes.append(ImportNote(what=f"{key} {getattr(other, key)}", who=author.name, why=why))
        status = "active" if "active" in (author.status, other.status) else "paused"
        return replace(author, links=links, feeds=(*author.feeds, *other.feeds), status=status)


def gather(members: Iterable[tuple[str, Author]], existing: Sequence[Author] = ()) -> Gathered:
    """Return the authors of `members`, each with the edition that its list is for, or an empty string for all.

    `existing` are the planet's own: their nicks are taken and their feeds are read already.
    """
    people = _People()
    for edition, author in members:
        editions = (edition,) if edition else ()
        people.add(replace(author, feeds=tuple(replace(feed, editions=editions) for feed in author.feeds)))
    notes = people.notes
    owners = {url_key(feed.url): author.nick for author in existing for feed in author.feeds}
    taken = {author.nick: author for author in existing}
    authors: list[Author] = []
    for author in people.authors:
        feeds = _own(author, _united(author, notes), owners, notes)
        there = _same(author, existing)
        for feed in feeds if there else ():
            why = f"authors/{there}.yaml is there and stays as it is; add {feed.url} to its feeds"
            notes.append(ImportNote(what="feed", who=author.name, why=why))
        if there or not feeds:
            continue
        nick = _nick(author, taken)
        named = replace(author, nick=nick, feeds=feeds)
        taken[nick] = named
        owners |= {url_key(feed.url): nick for feed in feeds}
        authors.append(named)
    return Gathered(authors=tuple(authors), notes=tuple(notes))


def _same(author: Author, existing: Sequence[Author]) -> str:
    """Return the nick under which the planet has this person already, or an empty string."""
    return next(
        (other.nick for other in existing if author.nick.lower() == other.nick or author.name == other.name), ""
    )


def _united(author: Author, notes: list[ImportNote]) -> tuple[FeedSource, ...]:
    """Return each feed once, with the editions of all places where it stands.

    A feed that one edition filters and another does not cannot be both: the edition that filters goes without it.
    """
    by_key: dict[str, FeedSource] = {}
    for feed in author.feeds:
        key = url_key(feed.url)
        before = by_key.setdefault(key, feed)
        if before is feed:
            continue
        if (before.include, before.exclude) == (feed.include, feed.exclude):
            editions = tuple(dict.fromkeys((*before.editions, *feed.editions)))
            by_key[key] = replace(before, editions=editions if before.editions and feed.editions else ())
            if before.editions == feed.editions:
                notes.append(ImportNote(what="feed", who=author.name, why=f"{feed.url} stands twice; once is enough"))
        else:
            keep, leave = (feed, before) if before.include or before.exclude else (before, feed)
            by_key[key] = keep
            where = " and ".join(leave.editions) or "one list"
            why = f"{where} filters the feed and another does not; a feed has one filter, so {where} goes without it"
            notes.append(ImportNote(what="filter", who=author.name, why=why))
    return tuple(by_key.values())


def _own(
    author: Author, feeds: Sequence[FeedSource], owners: Mapping[str, str], notes: list[ImportNote]
) -> tuple[FeedSource, ...]:
    """Return the feeds that no other author has, as many as an author file holds."""
    own = [feed for feed in feeds if url_key(feed.url) not in owners]
    for feed in feeds:
        if feed not in own:
            nick = owners[url_key(feed.url)]
            notes.append(
                ImportNote(what="feed", who=author.name, why=f"{feed.url} is that of authors/{nick}.yaml already")
            )
    for feed in own[MOST_FEEDS:]:
        why = f"{feed.url} is one more than the {MOST_FEEDS} that an author may have"
        notes.append(ImportNote(what="feed", who=author.name, why=why))
    return tuple(own[:MOST_FEEDS])


def _nick(author: Author, taken: Mapping[str, Author]) -> str:
    """Return the list's own word, else the name, else the address: made valid, and with a number where it is taken."""
    url = author.feeds[0].url
    for word in (author.nick, author.name.partition(" (")[0], nicks.nick_for(url), host(url)):
        plain = word.lower() if re.fullmatch(r"[\w-]+", word, re.ASCII) else paths.slug(word)
        nick = _short(re.sub(r"[-_]{2,}", "-", plain)).strip("-_")
        if NICK.fullmatch(nick) and nick not in RESERVED:
            break
    else:
        nick = "author"
    number = 1
    while (free := nick if number == 1 else f"{nick}-{number}") in taken:
        number += 1
    return free


def _short(words: str) -> str:
    """Return as many whole words as leave room for a number."""
    return words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
