"""Fetch the feeds that authors list, report on each, and preview the posts that would come of them: `visit_feeds`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from generator.check import feed as check_feed
from generator.check.duplicates import Line, same_site
from generator.check.findings import FeedCheck, Finding, ProposedAuthor, error, warning
from generator.errors import FeedError
from generator.models import Author, Feed, FeedSource, FetchSettings, Post, moment
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
        """The line of the feed's address."""
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
    """Asks all the subjects' feeds at once. A feed that gives nothing is an error on its line."""
    others = tuple(others)
    urls = dict.fromkeys(source.url for subject in subjects for source in subject.feeds)
    visits = check_feed.visit_all(urls, settings)
    return [_check(subject, visits, others, now) for subject in subjects]


def _check(
    subject: Subject, visits: Mapping[str, check_feed.FeedVisit | FeedError], others: Iterable[Author], now: datetime
) -> AuthorFeedCheck:
    remarks: list[Finding] = []
    read: list[tuple[FeedSource, check_feed.FeedVisit]] = []
    for source in subject.feeds:
        outcome = visits[source.url]
        if isinstance(outcome, FeedError):
            says, _, mend = str(outcome).partition("; ")
            finding = error(subject.file, says, mend, line=subject.line_of(source))
            remarks.append(replace(finding, feed=source.url))
        else:
            read.append((source, outcome))
            remarks.extend(_remarks(subject, source, outcome, others, now))
    posts = _posts(subject, [(source, visit.feed) for source, visit in read], now)
    rows = [_row(subject, source, visits[source.url], posts) for source in subject.feeds]
    newcomer = ProposedAuthor(author=subject.author, posts=tuple(posts[::-1])) if read else None
    return AuthorFeedCheck(remarks=tuple(remarks), feeds=tuple(rows), newcomer=newcomer)


def _remarks(
    subject: Subject, source: FeedSource, visit: check_feed.FeedVisit, others: Iterable[Author], now: datetime
) -> Iterator[Finding]:
    line = subject.line_of(source)
    for finding in check_feed.findings(visit, now):
        if not finding.good:
            yield replace(warning(subject.file, finding.says, finding.mend, line=line), feed=source.url)
    if source.authors and visit.feed.entries and not any(is_by(entry, source.authors) for entry in visit.feed.entries):
        yield replace(_nobody(subject.file, visit.feed, line), feed=source.url)
    rest = (other for other in others if other.nick != subject.author.nick)
    yield from same_site(subject.file, subject.author, visit.feed.link, rest, line)


def _nobody(file: str, feed: Feed, line: int) -> Finding:
    """The feed has entries, and none is by one whose entries the author file takes."""
    names = name_list(map(writers_of, feed.entries))
    remedy = (
        f"write names as the feed does: its entries are by {names}" if names else "leave it out: the feed names none"
    )
    entries = "1 entry" if len(feed.entries) == 1 else f"{len(feed.entries)} entries"
    return warning(file, f"`authors` takes none of the feed's {entries}", remedy, line=line)


def _posts(subject: Subject, feeds: Sequence[tuple[FeedSource, Feed]], now: datetime) -> list[Post]:
    """The posts that a run would add now, oldest first."""
    changes = plan(subject.author, feeds, subject.posts, now).changes
    return [with_guessed_language(change).post for change in changes if change.before is None]


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
