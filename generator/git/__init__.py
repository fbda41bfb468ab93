"""The git repository: its tip, its posts/ tree, its remote, and commits written in one go. Main class: `Repository`."""

from generator.git.author_history import AuthorHistory, used_nicks
from generator.git.fast_import import BEFORE, INCOMING, Commit, Person
from generator.git.log import FileVersion, Log, file_versions, last_changed, versions
from generator.git.moves import MOVED, current_nick, former_paths, nick_moves
from generator.git.origin import origin_of
from generator.git.proposal import NOTHING, REGULAR, Proposal, Proposed, proposal, propose, settled
from generator.git.remote import Refused, RejectedError
from generator.git.repository import Repository, create
from generator.git.snapshot import Snapshot, take_snapshot

__all__ = [
    "BEFORE",
    "INCOMING",
    "MOVED",
    "NOTHING",
    "REGULAR",
    "AuthorHistory",
    "Commit",
    "FileVersion",
    "Log",
    "Person",
    "Proposal",
    "Proposed",
    "Refused",
    "RejectedError",
    "Repository",
    "Snapshot",
    "create",
    "current_nick",
    "file_versions",
    "former_paths",
    "last_changed",
    "nick_moves",
    "origin_of",
    "proposal",
    "propose",
    "settled",
    "take_snapshot",
    "used_nicks",
    "versions",
]
