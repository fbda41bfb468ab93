"""What can go wrong, in one line each for a person: `PlanetError` and its kinds."""

from dataclasses import dataclass


class PlanetError(Exception):
    """Something that a person can mend. Its text is one line: what, where, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One fault in a file that a person wrote."""

    file: str
    line: int
    """Counted from 1; 0 where no line can be named."""
    reason: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}; {self.remedy}"


class FileError(PlanetError):
    """Files that people wrote are wrong: all that was found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class FeedError(PlanetError):
    """A feed gave nothing usable this time: one plain sentence that its author understands, with what to do."""


class RepositoryError(PlanetError):
    """The git repository is not in a state to be written, or git refused."""
