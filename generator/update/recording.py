"""Write what was decided into git, and push it: `record` and `push`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.archive import tree
from generator.errors import PlanetError, Problem
from generator.git import RejectedError
from generator.models import Change
from generator.update import commit_message
from generator.update.commits import commit_of, planet_identity
from generator.update.context import RunContext
from generator.update.feed_states import FeedOutcome

PUSHES = 10
"""How often a lost race is run again."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is recorded, what is not and why, and what is remembered of the feeds that were read."""

    changes: tuple[Change, ...] = ()
    """Oldest post first."""
    feeds: Mapping[str, FeedOutcome] = field(default_factory=dict)
    """By address, of each feed with news."""
    held: int = 0
    kept_away: int = 0
    """Entries that a tombstone keeps away."""
    notes: tuple[str, ...] = ()
    faults: Mapping[str, Problem] = field(default_factory=dict)
    """Files of posts that are broken, by what is to be said of them."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A decision that is in git, or of a dry run would have been."""

    decision: Decision = Decision()
    refused: Mapping[str, str] = field(default_factory=dict)
    """Posts that the remote did not take, by path, and why."""
    written: int = 0
    """Files that differ."""
    commit: str = ""
    """The new tip; empty where nothing is new."""

    @property
    def changes(self) -> Sequence[Change]:
        """Those that were taken."""
        return [change for change in self.decision.changes if change.post.path not in self.refused]


def record(context: RunContext, decision: Decision) -> Recorded:
    """Commit the changes, or say what would be committed."""
    _commit(context, decision.changes)
    if context.options.dry_run:
        return Recorded(decision=decision, written=len(decision.changes))
    return _recorded(context, decision, {})


def push(context: RunContext, recorded: Recorded, redecide: Callable[[], Decision]) -> Recorded:
    """Push the branch. After a lost race `redecide` derives the changes anew on the new tip."""
    decision = recorded.decision
    for _ in range(PUSHES):
        try:
            refused = {refusal.path: refusal.reason for refusal in context.repository.push()}
        except RejectedError:
            context.repository.rebase_onto_remote()
            decision = redecide()
            _commit(context, decision.changes)
        else:
            context.watch.step("\n".join(refusals(refused)))
            return _recorded(context, decision, refused)
    raise PlanetError(f"the push lost the race {PUSHES} times; run it again later")


def refusals(refused: Mapping[str, str]) -> list[str]:
    """Return a note for each post that the remote did not take."""
    return [f"{path}: held, because the remote refuses it: {reason}" for path, reason in refused.items()]


def _commit(context: RunContext, changes: Sequence[Change]) -> None:
    if not changes:
        return
    context.watch.begin("recording", len(changes))
    for change in changes:
        context.watch.step(commit_message.subject(change))
    if context.options.dry_run:
        return
    planet = planet_identity(context.planet)
    by = (context.repository.person or planet) if context.options.release else None
    context.repository.record(
        (commit_of(change, context.planet, context.now, by=by) for change in changes),
        committer=planet,
        now=context.now,
        folder=tree.FOLDER,
    )


def _recorded(context: RunContext, decision: Decision, refused: Mapping[str, str]) -> Recorded:
    recorded = Recorded(decision=decision, refused=refused, written=context.repository.written(tree.FOLDER))
    return replace(recorded, commit=context.repository.tip if recorded.changes else "")
