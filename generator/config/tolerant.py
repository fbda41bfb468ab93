"""Load a planet some of whose author files are wrong (`load_tolerantly`): each costs its author, and nobody else.

Such an author stays as the last valid version of the file in git says, and is not fetched.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from generator import strict_yaml
from generator.config.authors import PATTERNS, PICTURE, author_of, read_each, text_of
from generator.config.settings import Settings, read_settings
from generator.config.sharing import SharingFault, sharing_faults
from generator.config.temporary import ground
from generator.errors import FileError, Problem, RepositoryError
from generator.git import FileVersion, file_versions
from generator.models import Author, AuthorFault, FeedSource, Planet

MAX_VERSIONS = 50
"""Versions of one file among which a valid one is looked for."""
_SETTINGS = "pyproject.toml"
_DETAIL = re.compile(r"'[^']*'|\"[^\"]*\"|(?<![^\s'\"])[^\s'\"]*://\S+|\d+")
"""What differs between two faults of a kind."""

Past = Callable[[], Sequence[FileVersion]]
"""Gives the versions of settings and author files, newest first."""


def load_tolerantly(root: Path, *, version: str = "", past: Past | None = None) -> Planet:
    """Load the planet in `root`, with the faults of single author files in `Planet.faults`.

    `past` is that of `root`'s own repository where none is given. Raises FileError where settings are wrong, where more
    than half of the author files have the same fault, or where a file is wrong because the settings have changed: that
    is everybody's.
    """
    settings = read_settings(root / _SETTINGS, version=version)
    authors, problems = read_each(root / "authors", settings)
    if problems or any(True for _ in sharing_faults(authors.values())):
        history = _History(root, settings, past or (lambda: file_versions(root, ["authors", _SETTINGS])))
        _refuse_common(authors, problems, history)
        for nick, own in problems.items():
            if paused := history.with_paused_feeds(nick):
                authors[nick] = paused
            elif former := history.last_valid(nick):
                authors[nick] = replace(former, fault=_sentence(own[0]))
        problems |= _part(authors, history)
    faults = (AuthorFault(nick=nick, **vars(problem)) for nick, own in sorted(problems.items()) for problem in own)
    ordered = tuple(authors[nick] for nick in sorted(authors))
    return replace(settings.planet, authors=ordered, faults=tuple(faults))


def _sentence(problem: Problem) -> str:
    return f"the author file is wrong: {problem.reason}; {problem.remedy}"


def _refuse_common(
    authors: Mapping[str, Author], problems: Mapping[str, tuple[Problem, ...]], history: "_History"
) -> None:
    """Raise FileError with all faults where they are everybody's."""
    kinds = Counter(kind for own in problems.values() for kind in {_DETAIL.sub("", problem.reason) for problem in own})
    most = max(kinds.values(), default=0)
    total = len(authors.keys() | problems.keys())
    if most * 2 > total or any(history.was_right_before_settings_changed(nick) for nick in problems):
        raise FileError(tuple(problem for own in problems.values() for problem in own))


def _part(authors: dict[str, Author], history: "_History") -> dict[str, tuple[Problem, ...]]:
    """Put an earlier version in the place of each file that lists another's feed; returns what is wrong.

    Where there is none, or where another file had to give way as well and now stands against it, there is no author.
    """
    problems: dict[str, tuple[Problem, ...]] = {}
    while fault := next(sharing_faults(authors.values()), None):
        nick = history.newer_claim(fault, authors)
        problem = Problem(file=f"authors/{nick}.yaml", line=0, reason=fault.reason_for(nick), remedy=fault.remedy)
        del authors[nick]
        former = None if nick in problems else history.last_valid(nick, beside=authors.values())
        problems.setdefault(nick, (problem,))
        if former:
            authors[nick] = replace(former, fault=_sentence(problem))
    return problems


class _History:
    """What git tells of the files: asked once, and only where something is wrong."""

    def __init__(self, root: Path, settings: Settings, past: Past) -> None:
        self._root, self._settings, self._past = root, settings, past

    @cached_property
    def _versions(self) -> Sequence[FileVersion]:
        try:
            return self._past()
        except RepositoryError:  # a planet that is no repository has no past
            return ()

    def _of(self, path: str) -> list[tuple[int, str]]:
        """Return the versions of a file, newest first, each with its place in the history of all files."""
        own = ((place, version.text) for place, version in enumerate(self._versions) if version.path == path)
        return [version for version, _ in zip(own, range(MAX_VERSIONS), strict=False)]

    def last_valid(self, nick: str, *, beside: Iterable[Author] = ()) -> Author | None:
        """Return the author by the newest valid version of the file that is right beside those of others, if there
        is one.
        """
        beside = tuple(beside)
        for _, text in self._of(f"authors/{nick}.yaml"):
            author = self._read(nick, text, self._settings)
            if author and not _is_at_odds(author, beside):
                return author
        return None

    def with_paused_feeds(self, nick: str) -> Author | None:
        """Return the author by today's file, where nothing is wrong with it but patterns of single feeds."""
        path = self._root / "authors" / f"{nick}.yaml"
        try:
            return self._read(nick, text_of(path), self._settings, [PATTERNS])
        except FileError:
            return None

    def _read(self, nick: str, text: str, settings: Settings, tolerates: Collection[str] = (PICTURE,)) -> Author | None:
        try:
            return author_of(text, self._root / "authors" / f"{nick}.yaml", settings, tolerates=tolerates)
        except FileError:
            return None

    def newer_claim(self, fault: SharingFault, authors: Mapping[str, Author]) -> str:
        """Return which of the two members has claimed for the shorter time what the other one's file claims today.

        Who shares a feed rightly does not lose it to a member who names more people later.
        """
        nicks = (fault.nick, fault.other)
        theirs = self._at_odds_since(fault.other, authors[fault.nick])
        return nicks[theirs < self._at_odds_since(fault.nick, authors[fault.other])]

    def _at_odds_since(self, nick: str, other: Author) -> int:
        """Return how far back the file is at odds with another one without a gap: -1 where it is only in the work
        tree.
        """
        since = -1
        for place, text in self._of(f"authors/{nick}.yaml"):
            if not _is_at_odds(_listing(nick, text), [other]):
                break
            since = place
        return since

    def was_right_before_settings_changed(self, nick: str) -> bool:
        """Return whether the file, as it was committed last, fitted the settings of that day, and the settings are
        others.
        """
        own, settings = self._of(f"authors/{nick}.yaml"), self._of(_SETTINGS)
        then = next((text for place, text in settings if own and place >= own[0][0]), "")
        if not own or not then or then == (self._root / _SETTINGS).read_text("utf-8"):
            return False
        try:
            with ground({_SETTINGS: then.encode()}) as folder:
                earlier = read_settings(folder / _SETTINGS, version="")
        except FileError:
            return False
        return self._read(nick, own[0][1], earlier) is not None


def _is_at_odds(author: Author, others: Iterable[Author]) -> bool:
    """Return whether an author file lists a feed wrongly beside those of others."""
    return any(fault.nick == author.nick for fault in sharing_faults([*others, author]))


def _listing(nick: str, text: str) -> Author:
    """Return an author with the feeds of a file and whose entries it takes, however wrong the rest of it may be."""
    try:
        data = strict_yaml.read_yaml(text, "").value
        feeds = tuple(
            FeedSource(url=str(feed["url"]), editions=(), authors=tuple(map(str, feed.get("authors", ()))))
            for feed in data["feeds"]
        )
    except (AttributeError, FileError, KeyError, TypeError):
        feeds = ()
    return Author(nick=nick, name=nick, feeds=feeds)
