"""The git repository: its tip, its posts/ tree, commits written to it in one transaction, and its remote."""

from generator.repository.door import Repository, create
from generator.repository.origin import origin_of
from generator.repository.past import Version, last_changed, versions
from generator.repository.proposal import NOTHING, REGULAR, Proposal, Proposed, proposal, settled
from generator.repository.remote import Refused, RejectedError
from generator.repository.stream import BEFORE, INCOMING, Commit, Person

__all__ = [
    "BEFORE",
    "INCOMING",
    "NOTHING",
    "REGULAR",
    "Commit",
    "Person",
    "Proposal",
    "Proposed",
    "Refused",
    "RejectedError",
    "Repository",
    "Version",
    "create",
    "last_changed",
    "origin_of",
    "proposal",
    "settled",
    "versions",
]
