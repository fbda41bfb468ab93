"""Write the report of an update as Markdown: `summarize_update`."""

from collections import Counter, defaultdict

from generator.forge.markdown import code, table, within, words
from generator.update import UpdateReport


def _removed(report: UpdateReport) -> str:
    """Return by rule how many words, pictures, links and embeds it took, of all feeds together."""
    kinds = ("words", "pictures", "links", "embeds")
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for rules in report.removed.values():
        for rule, counts in rules.items():
            totals[rule].update(counts)
    rows = ([code(rule), *(str(total[kind]) for kind in kinds)] for rule, total in sorted(totals.items()))
    return table(["rule", *kinds], rows)


def summarize_update(report: UpdateReport, title: str) -> str:
    """Return what a run did, for the people who keep the planet."""
    feeds = [report.planned, report.ok, report.unchanged, len(report.failures), report.skipped]
    parts = [
        f"### {words(title)}\n\n{report.summary()}\n",
        table(["feeds", "read", "unchanged", "failed", "skipped"], [list(map(str, feeds))]),
    ]
    if report.failures:
        rows = ([code(failure.nick), code(failure.feed), words(failure.reason)] for failure in report.failures)
        parts.append("#### Feeds that failed\n\n" + table(["author", "feed", "why"], rows))
    if report.faults:
        lines = "".join(f"- {words(fault)}\n" for fault in report.faults)
        parts.append("#### Files to be mended\n\n" + lines)
    if report.removed:
        parts.append("#### What cleaning left out\n\n" + _removed(report))
    if report.notes:
        parts.append("#### To be looked at\n\n" + "".join(f"- {words(note)}\n" for note in report.notes))
    return within("\n".join(parts))
