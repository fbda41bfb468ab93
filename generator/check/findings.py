"""Values of a check: a `CheckResult` holds a `Finding` for each fault, a row for each feed, and posts to come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.errors import Problem
from generator.models import Author, Post


class Level(StrEnum):
    """How much a remark weighs. Only an error stands in the way."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One sentence about a file, and what to write instead."""

    level: Level
    file: str
    line: int = 0
    """Counted from 1; 0 where no line can be named."""
    reason: str
    remedy: str = ""
    """Empty where nothing needs to be done."""
    feed: str = ""
    """Address of the feed that it is about, if it is about one."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}" + (f"; {self.remedy}" if self.remedy else "")

    def vouched(self) -> "Finding":
        """Return the same, where a maintainer has said that it is right."""
        return replace(self, level=Level.WARNING, remedy="a maintainer vouches for it")


def error(file: str, reason: str, remedy: str, *, line: int = 0) -> Finding:
    """Return a remark that stands in the way."""
    return Finding(level=Level.ERROR, file=file, line=line, reason=reason, remedy=remedy)


def warning(file: str, reason: str, remedy: str = "", *, line: int = 0) -> Finding:
    """Return a remark for the reviewer."""
    return Finding(level=Level.WARNING, file=file, line=line, reason=reason, remedy=remedy)


def notice(file: str, reason: str) -> Finding:
    """Return a remark that only tells."""
    return Finding(level=Level.NOTICE, file=file, reason=reason)


def from_problem(problem: Problem) -> Finding:
    """Return the fault of a file that a person wrote."""
    return error(problem.file, problem.reason, problem.remedy, line=problem.line)


@dataclass(frozen=True, kw_only=True)
class FeedCheck:
    """What one feed was when it was asked: a row of the table."""

    nick: str
    url: str
    fault: str = ""
    """Why it gave nothing; the rest is then empty."""
    final_url: str = ""
    kind: str = ""
    entries: int = 0
    newest: str = ""
    """ISO day, empty where no entry has a date."""
    texts: str = ""
    """`full`, `excerpts`, or how many of each."""
    again: str = ""
    """`yes` where it answers a conditional request with 304, else `no`."""
    language: str = ""
    posts: int = 0
    """Posts that the planet would take."""


@dataclass(frozen=True, kw_only=True)
class ProposedAuthor:
    """An author whose feeds were looked at, and the posts that would come of them, newest first."""

    author: Author
    posts: tuple[Post, ...]


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """All that a check found."""

    remarks: tuple[Finding, ...] = ()
    """Errors first."""
    feeds: tuple[FeedCheck, ...] = ()
    newcomers: tuple[ProposedAuthor, ...] = ()

    @property
    def errors(self) -> int:
        """How many remarks stand in the way."""
        return sum(remark.level is Level.ERROR for remark in self.remarks)


def in_order(remarks: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, each once, else as they came."""
    levels = list(Level)
    return tuple(sorted(dict.fromkeys(remarks), key=lambda remark: levels.index(remark.level)))
