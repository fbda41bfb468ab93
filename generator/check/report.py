"""A verdict → lines, JSON, and Markdown for a job's summary. Pure."""

from collections.abc import Iterator
from dataclasses import asdict

from generator.check.findings import Level, Newcomer, Remark, Seen, Verdict
from generator.forge.markdown import code, table, within, words
from generator.models import Post, dates
from generator.models.text import as_json

SHOWN = 5
"""Posts of a newcomer that are shown as text."""
_SIGNS = {Level.ERROR: "❌", Level.WARNING: "⚠️", Level.NOTICE: "ℹ️"}


def to_lines(verdict: Verdict) -> Iterator[str]:
    """For a terminal: what stands in the way, what a reviewer should see, and the feeds."""
    for remark in verdict.remarks:
        yield f"gitplanet: {remark}" if remark.level is Level.ERROR else f"{remark.level}: {remark}"
    for seen in verdict.feeds:
        yield _line(seen)


def _line(seen: Seen) -> str:
    if seen.fault:
        return f"{seen.nick}  {seen.url}  {seen.fault}"
    told = [
        f"{seen.kind}, {_count(seen.entries, 'entry', 'entries')}",
        f"newest {seen.newest}" if seen.newest else "no dates",
        f"texts: {seen.texts}",
        f"answers 304: {seen.again}",
        f"language: {seen.language or 'not told'}",
        _count(seen.posts, "new post", "new posts"),
    ]
    moved = f" → {seen.final_url}" if seen.final_url != seen.url else ""
    return f"{seen.nick}  {seen.url}{moved}  " + " · ".join(told)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def to_json(verdict: Verdict) -> str:
    """All of it, for programs."""
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


def to_notices(verdict: Verdict) -> list[Remark]:
    """What a reviewer wants to read beside the remarks: each feed, and the last posts that would come."""
    told = [
        Remark(level=Level.NOTICE, file=f"authors/{seen.nick}.yaml", reason=_line(seen))
        for seen in verdict.feeds
        if not seen.fault
    ]
    for newcomer in verdict.newcomers:
        file = f"authors/{newcomer.author.nick}.yaml"
        lines = (f"a post that would come: {_of_post(post)}" for post in newcomer.posts[:SHOWN])
        told.extend(Remark(level=Level.NOTICE, file=file, reason=line) for line in lines)
    return told


def _of_post(post: Post) -> str:
    return f"{dates.to_iso(post.date)[:10]} “{post.title or post.description[:60]}”"


def to_markdown(verdict: Verdict, *, pages: bool) -> str:
    """For a job's summary; `pages` where the preview's pages are kept with the run."""
    parts = [f"### {_conclusion(verdict)}\n"]
    if verdict.remarks:
        rows = (
            [_SIGNS[each.level], code(_place(each)), words(each.reason), words(each.remedy)] for each in verdict.remarks
        )
        parts.append(table(["", "where", "what", "write"], rows))
    if verdict.feeds:
        head = ["feed", "leads to", "kind", "entries", "newest", "texts", "304", "language", "new posts"]
        parts.append(table(head, map(_cells, verdict.feeds)))
    parts += [part for newcomer in verdict.newcomers for part in _samples(newcomer)]
    if pages:
        parts.append("The pages as they would look are kept with this run, under Artifacts: `preview`.\n")
    return within("\n".join(parts))


def _conclusion(verdict: Verdict) -> str:
    if not verdict.errors:
        return "This is right"
    return "One thing stands in the way" if verdict.errors == 1 else f"{verdict.errors} things stand in the way"


def _place(remark: Remark) -> str:
    return f"{remark.file}:{remark.line}" if remark.line else remark.file


def _cells(seen: Seen) -> list[str]:
    if seen.fault:
        return [code(seen.url), words(seen.fault), *[""] * 7]
    final = code(seen.final_url) if seen.final_url != seen.url else ""
    counts = [str(seen.entries), seen.newest, seen.texts, seen.again, words(seen.language), str(seen.posts)]
    return [code(seen.url), final, seen.kind, *counts]


def _samples(newcomer: Newcomer) -> Iterator[str]:
    """The last posts as text, the way they would begin."""
    yield f"#### The last posts of {words(newcomer.author.name)}, as they would come\n"
    for post in newcomer.posts[:SHOWN]:
        told = [dates.to_iso(post.date)[:10], words(post.lang), ", ".join(map(words, post.tags[:8]))]
        yield f"**{words(post.title) or 'Untitled'}** ({' · '.join(filter(None, told))})\n"
        yield f"> {words(post.description or post.body, 600)}\n"
    if not newcomer.posts:
        yield "None that the planet does not have already.\n"
