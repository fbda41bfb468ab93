"""Counts and strangers' words → Markdown in which nothing acts: no mention, link, HTML or markup of theirs. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from generator.models.text import inert
from generator.update.report import Report

LIMIT = 512 * 1024
"""Bytes of a summary: GitHub drops one that is larger than a mebibyte, and may count other steps' with it."""
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]<>|~&!^$"}
_AS_IT_IS = re.compile(r"(`[^`]+`|https?://[^\s<>\"'`|]*[^\s<>\"'`|.,:;!?)])")
"""What is shown in a code span: what somebody may want to copy."""
_MORE = "\n…\n\nThere is more; the log has it all.\n"


def words(text: str, limit: int = 300) -> str:
    """A stranger's text as one line of Markdown that shows it and does nothing; addresses can be copied from it."""
    line = text if len(text) <= limit else text[: limit - 1] + "…"
    parts = _AS_IT_IS.split(line)
    spans = [code(part.strip("`"), limit) if place % 2 else _prose(part) for place, part in enumerate(parts)]
    return "".join(spans).strip()


def _prose(text: str) -> str:
    """Inert, with the spaces at its ends kept: what stands beside it begins there."""
    line = inert(text).translate(_MARKUP)
    return " " * text[:1].isspace() + line + " " * (bool(line) and text[-1:].isspace())


def code(text: str, limit: int = 300) -> str:
    """An address or a name, as it is, in a code span: nothing is linked there."""
    line = "".join(sign if sign.isprintable() else "?" for sign in text[:limit]).replace("`", "'").replace("|", "\\|")
    return f"`{line}`" if line.strip() else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def within(text: str, limit: int = LIMIT) -> str:
    """The text, cut at the end of a line where it is longer than `limit` bytes."""
    data = text.encode()
    if len(data) <= limit:
        return text
    return data[: limit - len(_MORE.encode())].rpartition(b"\n")[0].decode("utf-8", "ignore") + _MORE


def _removed(report: Report) -> str:
    """By rule, of all feeds together: words, pictures, links and embeds."""
    kinds = ("words", "pictures", "links", "embeds")
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for rules in report.removed.values():
        for rule, counts in rules.items():
            totals[rule].update(counts)
    rows = ([code(rule), *(str(total[kind]) for kind in kinds)] for rule, total in sorted(totals.items()))
    return table(["rule", *kinds], rows)


def of_run(report: Report, title: str) -> str:
    """What a run did, for the people who keep the planet."""
    feeds = [report.planned, report.ok, report.unchanged, len(report.failures), report.skipped]
    parts = [
        f"### {words(title)}\n\n{report.summary()}\n",
        table(["feeds", "read", "unchanged", "failed", "skipped"], [list(map(str, feeds))]),
    ]
    if report.failures:
        rows = ([code(each.nick), code(each.feed), words(each.reason)] for each in report.failures)
        parts.append("#### Feeds that failed\n\n" + table(["author", "feed", "why"], rows))
    if report.removed:
        parts.append("#### What cleaning left out\n\n" + _removed(report))
    if report.notes:
        parts.append("#### To be looked at\n\n" + "".join(f"- {words(note)}\n" for note in report.notes))
    return within("\n".join(parts))
