"""What authors' servers answered → what came of each, read by a crew; a feed beyond the limits costs itself only."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime

from generator.models import Answer, Author, FeedSource, Post
from generator.parallel import Crew, LimitError
from generator.plan import Plan, Terms
from generator.update.reading import Yield, bring_in


@dataclass(frozen=True, kw_only=True)
class Task:
    """New bodies for an author, and what they are held against."""

    author: Author
    answers: Sequence[Answer]
    known: Sequence[Post]
    now: datetime
    terms: Terms

    def begin(self, crew: Crew) -> "Future[Yield]":
        """Hands it to the crew."""
        return crew.submit(bring_in, self.author, self.answers, self.known, self.now, self.terms)


def finish(crew: Crew, begun: Iterable[tuple[Task, "Future[Yield]"]]) -> Iterator[Yield]:
    """What came of each task, in order."""
    for task, future in begun:
        try:
            yield crew.result(future)
        except LimitError as error:
            yield _without_culprits(crew, task, str(error))


def _without_culprits(crew: Crew, task: Task, reason: str) -> Yield:
    """The task done without those of its feeds that exceed the limits on their own, or else without any."""
    bad = _culprits(crew, task) if len(task.answers) > 1 else {}
    good = [answer for answer in task.answers if answer.source.url not in bad]
    if bad and good:
        come = crew.result(replace(task, answers=good).begin(crew))
        return replace(come, unreadable=(*come.unreadable, *bad.values()))
    nothing = Yield(nick=task.author.nick, plan=Plan())
    return replace(nothing, unreadable=tuple((answer.source, reason) for answer in task.answers))


def _culprits(crew: Crew, task: Task) -> dict[str, tuple[FeedSource, str]]:
    found: dict[str, tuple[FeedSource, str]] = {}
    for answer in task.answers:
        try:
            crew.result(replace(task, answers=[answer]).begin(crew))
        except LimitError as error:
            found[answer.source.url] = answer.source, str(error)
    return found
