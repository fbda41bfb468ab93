"""Write the result of a check as Markdown: `summarize_check`."""

from collections.abc import Iterator

from generator.check import SHOWN, CheckResult, FeedCheck, Finding, Level, ProposedAuthor
from generator.forge.markdown import code, table, within, words
from generator.models import dates

_SIGNS = {Level.ERROR: "❌", Level.WARNING: "⚠️", Level.NOTICE: "ℹ️"}


def summarize_check(verdict: CheckResult, *, pages: bool) -> str:
    """For a job's summary; `pages` where the preview's pages are kept with the run."""
    parts = [f"### {_conclusion(verdict)}\n"]
    if verdict.remarks:
        rows = (
            [_SIGNS[remark.level], code(_place(remark)), words(remark.reason), words(remark.remedy)]
            for remark in verdict.remarks
        )
        parts.append(table(["", "where", "what", "write"], rows))
    if verdict.feeds:
        head = ["feed", "leads to", "kind", "entries", "newest", "texts", "304", "language", "new posts"]
        parts.append(table(head, map(_cells, verdict.feeds)))
    parts += [part for newcomer in verdict.newcomers for part in _samples(newcomer)]
    if pages:
        parts.append("The pages as they would look are kept with this run, under Artifacts: `preview`.\n")
    return within("\n".join(parts))


def _conclusion(verdict: CheckResult) -> str:
    if not verdict.errors:
        return "This is right"
    return "One thing stands in the way" if verdict.errors == 1 else f"{verdict.errors} things stand in the way"


def _place(remark: Finding) -> str:
    return f"{remark.file}:{remark.line}" if remark.line else remark.file


def _cells(seen: FeedCheck) -> list[str]:
    if seen.fault:
        return [code(seen.url), words(seen.fault), *[""] * 7]
    final = code(seen.final_url) if seen.final_url != seen.url else ""
    counts = [str(seen.entries), seen.newest, seen.texts, seen.again, words(seen.language), str(seen.posts)]
    return [code(seen.url), final, seen.kind, *counts]


def _samples(newcomer: ProposedAuthor) -> Iterator[str]:
    """Yield the last posts as text, the way they would begin."""
    yield f"#### The last posts of {words(newcomer.author.name)}, as they would come\n"
    for post in newcomer.posts[:SHOWN]:
        facts = [dates.to_iso(post.date)[:10], words(post.lang), ", ".join(map(words, post.tags[:8]))]
        yield f"**{words(post.title) or 'Untitled'}** ({' · '.join(filter(None, facts))})\n"
        yield f"> {words(post.description or post.body, 600)}\n"
    if not newcomer.posts:
        yield "None that the planet does not have already.\n"
