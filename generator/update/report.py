"""Count what a run did in an `UpdateReport`, whose numbers must add up, and write it as JSON. Pure."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Protocol

from generator.errors import PlanetError, Problem
from generator.models import Change, Failure, Kind

_NAMES = {Kind.ADD: "new", Kind.REVISE: "revised", Kind.WITHDRAW: "withdrawn", Kind.REPAIR: "repaired"}


class Progress(Protocol):
    """Who is told how a run goes."""

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self, line: str = "") -> None:
        """One step is done; `line` is worth telling, if there is one."""


@dataclass(kw_only=True)
class UpdateReport:
    """Counted while a run goes on; `check` is called before anyone reads it."""

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
    faults: dict[str, Problem] = field(default_factory=dict)
    """People's files that are wrong, by what is said of them: each costs its author, or its post, and nobody else."""
    notes: list[str] = field(default_factory=list)
    removed: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    """What cleaning took out of the texts of this run's changes: by feed and rule, words, pictures, links, embeds."""
    seconds: dict[str, float] = field(default_factory=dict)
    commit: str = ""
    """The commit that the branch points to after a run with news; empty where there were none."""

    def count(self, changes: list[Change]) -> None:
        """Takes the changes as those of this run, whatever was counted before."""
        self.kinds = Counter(change.kind for change in changes)
        self.removed = {}
        for change in changes:
            for rule, counts in change.removed.items():
                total = self.removed.setdefault(change.post.feed, {}).setdefault(rule, {})
                total |= {what: total.get(what, 0) + number for what, number in counts.items()}

    def check(self, *, written: int) -> None:
        """Raises PlanetError where the counts do not add up; `written` is the number of files in the new commits."""
        feeds = self.ok + self.unchanged + self.skipped + len(self.failures)
        if feeds != self.planned:
            raise PlanetError(f"the report does not add up: {feeds} outcomes of {self.planned} feeds; please report it")
        if self.kinds.total() != written:
            raise PlanetError(
                f"the report does not add up: {self.kinds.total()} changes but {written} files; please report it"
            )

    def to_json(self) -> str:
        """The report as the contract of `--report` has it."""
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
        """One line for people."""
        news = [f"{self.kinds[kind]} {name}" for kind, name in _NAMES.items() if self.kinds[kind]]
        feeds = f"{self.ok + self.unchanged} of {self.planned} feeds read ({self.unchanged} unchanged)"
        failed = f", {len(self.failures)} failed" if self.failures else ""
        held = f", {self.held} held" if self.held else ""
        held += f", {self.kept_away} kept away" if self.kept_away else ""
        faults = f", {len(self.faults)} faults in files" if self.faults else ""
        return f"{feeds}{failed}: {', '.join(news) or 'no news'}{held}{faults}"
