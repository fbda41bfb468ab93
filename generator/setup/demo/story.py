"""Load story.toml, what happens among the sample blogs and when, as `STATES`."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class StoryEdit:
    """An author's correction: the first text gives way to the second, in one file below blogs/, for good."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What an address answers during one state instead of what it should."""

    path: str
    status: int = 200
    file: str = ""
    """The page shown, below blogs/; empty where a status says it all."""
    location: str = ""
    """Where the address has moved to."""


@dataclass(frozen=True, kw_only=True)
class StoryState:
    """The blogosphere at one moment. Publications, removals and edits stay; troubles pass."""

    at: datetime
    """In UTC."""
    says: str
    """One line for people."""
    publish: tuple[str, ...] = ()
    """Posts, as files below blogs/, that nobody has seen before."""
    remove: tuple[str, ...] = ()
    edits: tuple[StoryEdit, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def _state(table: dict[str, Any]) -> StoryState:
    return StoryState(
        at=table["at"],
        says=table["says"],
        publish=tuple(table.get("publish", ())),
        remove=tuple(table.get("remove", ())),
        edits=tuple(StoryEdit(**edit) for edit in table.get("edits", ())),
        troubles=tuple(Trouble(**trouble) for trouble in table.get("troubles", ())),
    )


def _story(text: str) -> tuple[StoryState, ...]:
    return tuple(_state(table) for table in tomllib.loads(text)["states"])


STATES: tuple[StoryState, ...] = _story((FOLDER / "story.toml").read_text("utf-8"))
"""In order of time; the first is what a new planet finds."""
