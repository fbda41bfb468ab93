"""A planet of many posts and feeds without news → how long planning takes: `python -m tests.bench.plan`."""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from generator.models import Author, Entry, Feed, FeedIdentity, FeedSource, Post
from generator.plan import Terms, facts, plan

START = datetime(2016, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = "<p>A paragraph of an ordinary post, with <a href='/{0}'>a link</a>, <em>emphasis</em> and number {0}.</p>" * 5


def entry(number: int) -> Entry:
    return Entry(
        guid=f"urn:{number}",
        link=f"https://larry.example/{number}",
        title=f"Post {number}",
        html=TEXT.format(number),
        base="https://larry.example/",
        published=START + timedelta(hours=number),
    )


def measure(authors: int, own: int, window: int) -> tuple[float, float]:
    """Processor seconds in which feeds of `window` entries are planned, for `authors` with `own` posts each.

    First where an entry differs from the last time in what no reader sees, then where all entries are the same.
    """
    noisy, same = 0.0, 0.0
    for place in range(authors):
        source = FeedSource(url=f"https://larry.example/feed/{place}", editions=("planet",))
        author = Author(nick="larry", name="Larry", feeds=(source,))
        entries = tuple(entry(number) for number in range(own))
        whole = Feed(title="L", link="https://larry.example/", version="rss20", entries=entries)
        known = [change.post for change in plan(author, [(source, whole)], [], NOW).changes]
        told = replace(whole, entries=entries[-window:])
        noisy += _planning(author, told, known, replace(facts(told), entries="other"))
        same += _planning(author, told, known, facts(told))
    return noisy, same


def _planning(author: Author, told: Feed, known: Sequence[Post], before: FeedIdentity) -> float:
    source = author.feeds[0]
    begin = time.process_time()
    found = plan(author, [(source, told)], known, NOW, Terms(before={source.url: before}))
    seconds = time.process_time() - begin
    assert not found.changes, found.changes[0]
    assert not found.stops
    return seconds


def main(argv: Sequence[str]) -> None:
    """Measures many small blogs, many long feeds and one big archive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    posts = parser.parse_args(argv).posts
    for authors, window in ((posts // 100, 10), (posts // 100, 100), (1, 10)):
        noisy, same = measure(authors, posts // authors, window)
        print(f"{posts} posts of {authors} authors, feeds of {window}: {same:.2f} s; with noise {noisy:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
