"""Real feeds → how many of the texts' languages are guessed, and how well: `python -m tests.corpus.language FOLDER`.

Judged are those of which somebody told the language, unless as English, which many programs write into every feed.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generator import markup
from generator.errors import FeedError
from generator.feeds.parse import parse
from generator.plan import language

MOST = 30
"""Entries of a feed."""


def main(folder: Path) -> None:
    """Prints the table."""
    count: Counter[str] = Counter()
    for told, text in texts(folder):
        found = language.guess(text)
        count["texts"] += 1
        count["guessed"] += bool(found)
        if found and told not in ("", "en"):
            count["as told" if found == told else "other than told"] += 1
    for name, many in count.items():
        print(f"{name:16} {many:6}")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The language that was told, or nothing, and the plain text of each entry."""
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        try:
            feed = parse(path.read_bytes(), url="https://planet.example/feed")
        except FeedError:
            continue
        for entry in feed.entries[:MOST]:
            told = language.first_tag(entry.language, feed.language).partition("-")[0]
            yield told, markup.text(markup.clean(entry.html, base=entry.base, title="").html)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
