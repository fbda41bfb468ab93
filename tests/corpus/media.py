"""Real feeds → what this release reads otherwise in texts, titles and files: `python -m tests.corpus.media FOLDER`.

Bodies and titles count where a reader notices a difference from what the release before this one read.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from generator import markup
from generator.errors import FeedError
from generator.feeds.parse import parse
from generator.models import Entry
from generator.plan.attachments import attachments

URL = "https://planet.example/feed"


def rows(entry: Entry) -> Iterator[tuple[str, str]]:
    """What is to be counted of an entry, each with an example."""
    title = markup.title(entry.title, plain=entry.plain_title)
    yield "entries", ""
    if entry.former_title is not None:
        yield "title read otherwise", f"{entry.former_title!r} → {title!r}"
    clean = markup.clean(entry.html, base=entry.base, title=title).html
    for name, now, former in (
        ("body", entry.html, entry.former_html),
        ("summary", entry.summary, entry.former_summary),
    ):
        if former is not None:
            said, now_said = (markup.signature(markup.clean(html, base=entry.base).html) for html in (former, now))
            kind = "as a reader sees it" if said != now_said else "in its markup alone"
            yield f"{name} read otherwise, {kind}", f"{said[:90]!r} → {now_said[:90]!r}"
    recorded = attachments(entry.enclosures, clean, title)
    for file in entry.enclosures:
        yield "files read", ""
        if file.url not in {other.url for other in recorded}:
            yield "  not recorded: the text shows them, or they count readers", file.url
    for file in recorded:
        kind = file.type.partition("/")[0] or "no type"
        yield f"  recorded: {'page with a picture' if file.is_page and file.thumbnail else kind}", file.url
        if file.text:
            yield "    with a text", file.text
        if file.thumbnail:
            yield "    with a picture", file.thumbnail


def main(folder: Path, shown: int) -> None:
    """Print the table."""
    counts: Counter[str] = Counter()
    examples: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        try:
            entries = parse(path.read_bytes(), url=URL).entries
        except FeedError:
            continue
        for name, example in (row for entry in entries for row in rows(entry)):
            counts[name] += 1
            examples[name].setdefault(path.name, example)  # the first of each feed
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
        for source, example in [pair for pair in examples[name].items() if pair[1]][:shown]:
            print(f"         {source[:40]}: {' '.join(example.split())[:220]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", type=int, default=0, metavar="N", help="examples of each kind, one a feed")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.list)
