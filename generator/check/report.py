"""Write a `CheckResult` as lines for a terminal (`format_lines`) or as JSON (`format_json`). Pure."""

from collections.abc import Iterator
from dataclasses import asdict

from generator.check.findings import CheckResult, FeedCheck, Finding, Level
from generator.models import Post, as_json, dates

SHOWN = 5
"""Posts of a newcomer that are shown as text."""


def format_lines(verdict: CheckResult) -> Iterator[str]:
    """For a terminal: what stands in the way, what a reviewer should see, and the feeds."""
    for remark in verdict.remarks:
        yield f"gitplanet: {remark}" if remark.level is Level.ERROR else f"{remark.level}: {remark}"
    for seen in verdict.feeds:
        yield _line(seen)


def _line(seen: FeedCheck) -> str:
    if seen.fault:
        return f"{seen.nick}  {seen.url}  {seen.fault}"
    facts = [
        f"{seen.kind}, {_count(seen.entries, 'entry', 'entries')}",
        f"newest {seen.newest}" if seen.newest else "no dates",
        f"texts: {seen.texts}",
        f"answers 304: {seen.again}",
        f"language: {seen.language or 'not told'}",
        _count(seen.posts, "new post", "new posts"),
    ]
    moved = f" → {seen.final_url}" if seen.final_url != seen.url else ""
    return f"{seen.nick}  {seen.url}{moved}  " + " · ".join(facts)


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def format_json(verdict: CheckResult) -> str:
    """Return all of it, for programs."""
    data = {
        "right": not verdict.errors,
        "remarks": [asdict(remark) for remark in verdict.remarks],
        "feeds": [asdict(seen) for seen in verdict.feeds],
        "posts": [
            {
                "nick": newcomer.author.nick,
                "title": post.title,
                "date": dates.to_iso(post.date),
                "path": post.path,
            }
            for newcomer in verdict.newcomers
            for post in newcomer.posts
        ],
    }
    return as_json(data)


def feed_notices(verdict: CheckResult) -> list[Finding]:
    """Return what a reviewer wants to read beside the remarks: each feed, and the last posts that would come."""
    notices = [
        Finding(level=Level.NOTICE, file=f"authors/{seen.nick}.yaml", reason=_line(seen))
        for seen in verdict.feeds
        if not seen.fault
    ]
    for newcomer in verdict.newcomers:
        file = f"authors/{newcomer.author.nick}.yaml"
        lines = (f"a post that would come: {_of_post(post)}" for post in newcomer.posts[:SHOWN])
        notices.extend(Finding(level=Level.NOTICE, file=file, reason=line) for line in lines)
    return notices


def _of_post(post: Post) -> str:
    return f"{dates.to_iso(post.date)[:10]} “{post.title or post.description[:60]}”"
