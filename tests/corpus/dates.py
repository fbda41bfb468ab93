"""A folder of feeds → the dates of their entries, and where undated posts stand on a new planet's front page.

    python -m tests.corpus.dates FOLDER [--planet] > dates.tsv

FOLDER holds the feeds. A line an entry is written: file, GUID, when it was published and updated, as read; two versions
of the program are compared by a diff. What could not be read is told on the standard error, and with `--planet`, which
has a new planet read all of the feeds from 127.0.0.1, how many of its newest posts have no date.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.errors import FeedError
from generator.feeds.parse import parse
from generator.models import Entry
from generator.site.editions import newest_first
from tests.support.planets import Blogs, Root, author

TOP = 50
"""Posts of the front page."""


def entries(folder: Path, unread: Counter[str]) -> Iterator[tuple[str, Entry]]:
    """The entries of each feed, with its file's name; what could not be read of their dates is counted."""
    for path in sorted(folder.iterdir()):
        try:
            feed = parse(path.read_bytes(), url="https://feed.example/x/feed.xml")
        except FeedError:
            continue
        unread.update(getattr(feed, "unread_dates", ()))
        for entry in feed.entries:
            yield path.name, entry


def planet(folder: Path) -> str:
    """Has a new planet read the feeds, and counts the undated among the newest of its posts."""
    with Blogs() as blogs, tempfile.TemporaryDirectory() as place:
        paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
        urls = [blogs.put(f"/{number}", path.read_bytes()) for number, path in enumerate(paths)]
        root = Root(Path(place) / "planet", {f"blog{number}": author(url) for number, url in enumerate(urls)})
        root.update()
        posts = newest_first(root.posts(), ZoneInfo("UTC"))
        undated = [post.date == post.first_seen for post in posts]
        return f"{len(posts)} posts, {sum(undated)} undated; of the newest {TOP}, {sum(undated[:TOP])} are undated"


def main() -> None:
    """All lines and figures of one folder."""
    parser = argparse.ArgumentParser(description="Dates of a corpus of feeds, as the program reads them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--planet", action="store_true")
    options = parser.parse_args()
    unread: Counter[str] = Counter()
    dated: Counter[bool] = Counter()
    for name, entry in entries(options.folder, unread):
        dated[bool(entry.published or entry.updated)] += 1
        print(name, entry.guid, entry.published, entry.updated, sep="\t")
    lines = [f"{dated[True]} entries are dated, {dated[False]} are not", *(f"not read: {text}" for text in unread)]
    print(*lines, *([planet(options.folder)] if options.planet else []), sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
