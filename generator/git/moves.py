"""Read which members were renamed, from the commits that did it: `nick_moves`, `current_nick` and `former_paths`."""

import re
from collections.abc import Iterator, Sequence

from generator.git.repository import Repository
from generator.models import NICK

MOVED = "Post-Moved"
"""Trailer of such a commit: `posts/larry/ posts/lawrence/`."""
_MOVE = re.compile(rf"posts/({NICK})/ posts/({NICK})/")


def nick_moves(repository: Repository) -> list[tuple[str, str]]:
    """Return each old nick with the new one, in the order of the history."""
    shown = f"--format=%(trailers:key={MOVED},valueonly,separator=%x0A)", "--basic-regexp", f"--grep=^{MOVED}: "
    matches = map(_MOVE.fullmatch, repository.git.ask("log", "--reverse", *shown).splitlines())
    return [(match[1], match[2]) for match in matches if match]


def current_nick(nick: str, moves: Sequence[tuple[str, str]]) -> str:
    """Return what became of a nick."""
    for old, new in moves:
        nick = new if nick == old else nick
    return nick


def former_paths(path: str, moves: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield where the file at `path` stood before its member was renamed, the last place first."""
    for old, new in reversed(moves):
        rest = path.removeprefix(f"posts/{new}/")
        if rest != path:
            path = f"posts/{old}/{rest}"
            yield path
