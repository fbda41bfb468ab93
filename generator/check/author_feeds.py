"""Fetch the feeds that authors list, report on each, and preview the posts that would come of them: `visit_feeds`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from generator.check import feed as check_feed
from generator.check.duplicates import Line, same_site
from generator.check.findings import FeedCheck, Finding, ProposedAuthor, error, warning
from generator.errors import FeedError
from generator.models import Author, Feed, FeedSource, FetchSettings, Post, moment
from generator.parallel import LimitError, within_limits
from generator.plan import is_by, name_list, plan, with_guessed_language, writers_of

_YES = {"304": "yes"}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """An author to be looked at: which file, which of the feeds, and which posts the planet has already."""

    file: str
    author: Author
    line: Line
    feeds: tuple[FeedSource, ...]
    """Those to be asked; the author may list more."""
    posts: Sequence[Post] = ()

    def line_of(self, source: FeedSource) -> int:
        """Return the line of the feed's address."""
        return self.line(("feeds", self.author.feeds.index(source), "url"))


@dataclass(frozen=True, kw_only=True)
class AuthorFeedCheck:
    """What came of asking the feeds of one subject."""

    remarks: tuple[Finding, ...]
    feeds: tuple[FeedCheck, ...]
    newcomer: ProposedAuthor | None = None


def visit_feeds(
    subjects: Sequence[Subject], others: Iterable[Author], settings: FetchSettings, now: datetime
) -> list[AuthorFeedCheck]:
    """Ask all the subjects' feeds at once. A feed that gives nothing is an error on its line."""
    others = tuple(others)
    urls = dict.fromkeys(source.url for subject in subjects for source in subject.feeds)
    visits = check_feed.visit_all(urls, settings)
    return [_check(subject, visits, others, settings, now) for subject in subjects]


def _check(
    subject: Subject,
    visits: Mapping[str, check_feed.FeedVisit | FeedError],
    others: Iterable[Author],
    settings: FetchSettings,
    now: datetime,
) -> AuthorFeedCheck:
    outcomes = {source: visits[source.url] for source in subject.feeds}
    read = {source: outcome for source, outcome in outcomes.items() if not isinstance(outcome, FeedError)}
    try:
        findings, posts = within_limits(settings, _assess, subject.author, read, subject.posts, now)
    except LimitError as fault:
        findings, posts = [], []
        outcomes |= dict.fromkeys(read, fault)
    remarks: list[Finding] = []
    for source, outcome in outcomes.items():
        if isinstance(outcome, FeedError):
            says, _, mend = str(outcome).partition("; ")
            finding = error(subject.file, says, mend, line=subject.line_of(source))
            remarks.append(replace(finding, feed=source.url))
    for (source, visit), own in zip(read.items(), findings, strict=False):
        remarks += _remarks(subject, source, visit.feed, own)
        rest = (other for other in others if other.nick != subject.author.nick)
        remarks += same_site(subject.file, subject.author, visit.feed.link, rest, subject.line_of(source))
    rows = [_row(subject, source, outcome, posts) for source, outcome in outcomes.items()]
    newcomer = ProposedAuthor(author=subject.author, posts=tuple(posts[::-1])) if findings else None
    return AuthorFeedCheck(remarks=tuple(remarks), feeds=tuple(rows), newcomer=newcomer)


def _assess(
    author: Author, visits: Mapping[FeedSource, check_feed.FeedVisit], posts: Sequence[Post], now: datetime
) -> tuple[list[list[check_feed.FeedFinding]], list[Post]]:
    """Return what is to be said of each feed, and the posts that a run would add now, oldest first."""
    feeds = [(source, visit.feed) for source, visit in visits.items()]
    changes = plan(author, feeds, posts, now).changes
    added = [with_guessed_language(change).post for change in changes if change.before is None]
    return [check_feed.findings(visit, now) for visit in visits.values()], added


def _remarks(
    subject: Subject, source: FeedSource, feed: Feed, findings: Iterable[check_feed.FeedFinding]
) -> Iterator[Finding]:
    line = subject.line_of(source)
    for finding in findings:
        if not finding.good:
            yield replace(warning(subject.file, finding.says, finding.mend, line=line), feed=source.url)
    if source.authors and feed.entries and not any(is_by(entry, source.authors) for entry in feed.entries):
        yield replace(_nobody(subject.file, feed, line), feed=source.url)


def _nobody(file: str, feed: Feed, line: int) -> Finding:
    """Return a warning: the feed has entries, and none is by one whose entries the author file takes."""
    names = name_list(map(writers_of, feed.entries))
    remedy = (
        f"write names as the feed does: its entries are by {names}" if names else "leave it out: the feed names none"
    )
    entries = "1 entry" if len(feed.entries) == 1 else f"{len(feed.entries)} entries"
    return warning(file, f"`authors` takes none of the feed's {entries}", remedy, line=line)


def _row(
    subject: Subject, source: FeedSource, outcome: check_feed.FeedVisit | FeedError, posts: Sequence[Post]
) -> FeedCheck:
    if isinstance(outcome, FeedError):
        return FeedCheck(nick=subject.author.nick, url=source.url, fault=str(outcome))
    feed = outcome.feed
    dates = [moment(when) for entry in feed.entries if (when := entry.published or entry.updated)]
    return FeedCheck(
        nick=subject.author.nick,
        url=source.url,
        final_url=outcome.response.final_url,
        kind=check_feed.kind_of(feed),
        entries=len(feed.entries),
        newest=f"{max(dates):%Y-%m-%d}" if dates else "",
        texts=_texts(feed),
        again=_YES.get(outcome.again, "no"),
        language=source.language or feed.language or subject.author.language,
        posts=sum(post.feed == source.url for post in posts),
    )


def _texts(feed: Feed) -> str:
    cut = sum(entry.excerpt for entry in feed.entries)
    if not cut:
        return "full"
    return "excerpts" if cut == len(feed.entries) else f"{cut} of {len(feed.entries)} are excerpts"
