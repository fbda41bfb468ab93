"""Count what a run did in an `UpdateReport`, and write it as JSON. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from generator.errors import PlanetError, Problem
from generator.feeds.fetch import FetchError
from generator.models import Change, Failure, Kind
from generator.update.context import RunContext
from generator.update.feed_states import FeedVerdict, FetchResult
from generator.update.fetching import moves
from generator.update.recording import Recorded, refusals

_NAMES = {Kind.ADD: "new", Kind.REVISE: "revised", Kind.WITHDRAW: "withdrawn", Kind.REPAIR: "repaired"}


@dataclass(frozen=True, kw_only=True)
class UpdateReport:
    """What a run did."""

    planned: int
    """Feeds that this run is about."""
    ok: int = 0
    unchanged: int = 0
    skipped: int = 0
    held: int = 0
    kept_away: int = 0
    """Entries that are none of the archive because they were withdrawn from it, whoever told them."""
    requests: int = 0
    bytes: int = 0
    """Bytes of feed bodies received, as they came over the wire."""
    kinds: Counter[Kind] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    faults: Mapping[str, Problem] = field(default_factory=dict)
    """People's files that are wrong, by what is said of them: each costs its author, or its post, and nobody else."""
    notes: list[str] = field(default_factory=list)
    removed: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    """What cleaning took out of the texts of this run's changes: by feed and rule, words, pictures, links, embeds."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    commit: str = ""
    """The commit that the branch points to after a run with news; empty where there were none."""

    @classmethod
    def of(
        cls,
        context: RunContext,
        results: Sequence[FetchResult],
        recorded: Sequence[Recorded],
        seconds: Mapping[str, float],
    ) -> "UpdateReport":
        """Count what a run did. Raises PlanetError where git has not got as many files as there are changes."""
        _check(recorded)
        failures = [*_failed(context, results), *_unreadable(context, results, recorded)]
        changes = {change.post.path: change for item in reversed(recorded) for change in item.changes}.values()
        decisions = [item.decision for item in recorded]
        refused = [line for item in recorded for line in refusals(item.refused)]
        news = sum(result.is_news for result in results)
        failed = sum(isinstance(result.outcome, FetchError) for result in results)
        return cls(
            planned=context.feeds.planned,
            ok=news - (len(failures) - failed),
            unchanged=len(results) - news - failed,
            skipped=context.feeds.planned - len(results),
            held=sum(decision.held for decision in decisions) + len(refused),
            kept_away=sum(decision.kept_away for decision in decisions),
            requests=sum(result.requests for result in results),
            bytes=sum(result.bytes for result in results),
            kinds=Counter(change.kind for change in changes),
            failures=failures,
            faults=_faults(context) | {says: fault for item in decisions for says, fault in item.faults.items()},
            notes=[
                *moves(context, results).values(),
                *(note for decision in decisions for note in decision.notes),
                *refused,
            ],
            removed=_removed(changes),
            seconds=seconds,
            commit=next((item.commit for item in reversed(recorded) if item.commit), ""),
        )

    def to_json(self) -> str:
        """Return the report as the contract of `--report` has it."""
        data = {
            "feeds": {
                "ok": self.ok,
                "unchanged": self.unchanged,
                "failed": len(self.failures),
                "skipped": self.skipped,
            },
            "posts": {name: self.kinds[kind] for kind, name in _NAMES.items()} | {"held": self.held},
            "requests": self.requests,
            "bytes": self.bytes,
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
            "failures": [asdict(failure) for failure in self.failures],
            "faults": [asdict(problem) for problem in self.faults.values()],
            "kept_away": self.kept_away,
            "notes": self.notes,
            "removed": self.removed,
            "commit": self.commit or None,
        }
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"

    def summary(self) -> str:
        """Return one line for people."""
        news = [f"{self.kinds[kind]} {name}" for kind, name in _NAMES.items() if self.kinds[kind]]
        feeds = f"{self.ok + self.unchanged} of {self.planned} feeds read ({self.unchanged} unchanged)"
        failed = f", {len(self.failures)} failed" if self.failures else ""
        held = f", {self.held} held" if self.held else ""
        held += f", {self.kept_away} kept away" if self.kept_away else ""
        faults = f", {len(self.faults)} faults in files" if self.faults else ""
        return f"{feeds}{failed}: {', '.join(news) or 'no news'}{held}{faults}"


def _check(recorded: Iterable[Recorded]) -> None:
    for item in recorded:
        if len(item.changes) != item.written:
            numbers = f"{len(item.changes)} changes but {item.written} files"
            raise PlanetError(f"the report does not add up: {numbers}; please report it")


def _failed(context: RunContext, results: Iterable[FetchResult]) -> Iterator[Failure]:
    for result in results:
        if isinstance(result.outcome, FetchError):
            yield Failure(feed=result.url, nick=context.feeds.nicks_of(result.url), reason=str(result.outcome))


def _unreadable(context: RunContext, results: Iterable[FetchResult], recorded: Sequence[Recorded]) -> Iterator[Failure]:
    outcomes = {url: outcome for item in recorded for url, outcome in item.decision.feeds.items()}
    for result in results:
        outcome = outcomes.get(result.url)
        if outcome and outcome.verdict is FeedVerdict.UNREADABLE:
            yield Failure(feed=result.url, nick=context.feeds.nicks_of(result.url), reason=outcome.reason)


def _faults(context: RunContext) -> dict[str, Problem]:
    """Return the faults of author files, by what is said of them."""
    faults = (
        Problem(file=fault.file, line=fault.line, reason=fault.reason, remedy=fault.remedy)
        for fault in context.planet.faults
    )
    return {str(problem): problem for problem in faults}


def _removed(changes: Iterable[Change]) -> dict[str, dict[str, dict[str, int]]]:
    removed: dict[str, dict[str, dict[str, int]]] = {}
    for change in changes:
        for rule, counts in change.removed.items():
            total = removed.setdefault(change.post.feed, {}).setdefault(rule, {})
            total |= {what: total.get(what, 0) + number for what, number in counts.items()}
    return removed
