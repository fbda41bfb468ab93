"""Counts and strangers' words → Markdown in which nothing acts: no mention, link, HTML or markup of theirs. Pure."""

from collections.abc import Iterable, Sequence

from generator import messages
from generator.report import Report

LIMIT = 512 * 1024
"""Bytes of a summary: GitHub drops one that is larger than a mebibyte, and may count other steps' with it."""
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]()<>|~&!^$"}
_MORE = "\n…\n\nThere is more; the log has it all.\n"


def words(text: str, limit: int = 300) -> str:
    """A stranger's text as one line of Markdown that shows it and does nothing."""
    line = messages.inert(text)
    return (line if len(line) <= limit else line[: limit - 1] + "…").translate(_MARKUP)


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
    if report.notes:
        parts.append("#### To be looked at\n\n" + "".join(f"- {words(note)}\n" for note in report.notes))
    return within("\n".join(parts))
