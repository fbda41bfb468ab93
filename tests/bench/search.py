"""A planet's root → what its search costs in time, memory and bytes, and whether its answers are right.

    python -m tests.bench.search ROOT [--queries N]

A query loads the contents, the table of each segment, the files of words that it needs, and the rows of ten hits; all
as a server sends them, compressed by gzip. Every answer is compared with a scan of all texts.
"""

import argparse
import json
import random
import resource
import time
from gzip import compress
from pathlib import Path
from statistics import median

from generator import config, site
from generator.archive import tree
from generator.site import search

SHOWN = 10


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search", description=__doc__.splitlines()[0])
    parser.add_argument("root", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    given = parser.parse_args()
    planet, posts = config.load(given.root), tree.read(given.root).posts
    rendered = {post.path: site.render_body(post) for post in posts}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    segments = site.segments(planet, posts, lambda post: rendered[post.path])
    parted = time.process_time()
    files = {path: content for segment in segments for path, content in search.files(segment)}
    made = time.process_time()
    files.update([site.contents(planet, segments)])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    last = time.process_time()
    list(search.files(segments[-1]))
    print(f"{len(posts):,} posts in {len(segments)} segments, {len(files):,} files")
    print(f"nothing new: {parted - start:.2f} s of CPU; all new: {made - parted:.2f} s;", end=" ")
    print(f"the last segment: {time.process_time() - last:.2f} s; memory: {(after - before) / 1024:.0f} MiB more")
    whole, sent = sum(map(len, files.values())), sum(len(compress(one)) for one in files.values())
    print(f"index: {whole / 1e6:.1f} MB, {sent / 1e6:.1f} MB gzipped")
    report(segments, files, given.queries)


def report(segments, files, many):
    """What queries of one and of two words cost, and whether their answers are those of a scan."""
    texts = [words_of(record) for segment in segments for record in segment.records]
    told = [sorted(words) for words in texts if words]
    chance = random.Random(1)
    for size in (1, 2):
        queries = [chance.sample(words, min(size, len(words))) for words in chance.choices(told, k=many)]
        costs, wrong = [], 0
        for query in queries:
            hits, loaded = ask(segments, files, query)
            costs.append(loaded / 1000)
            wrong += hits != {n for n, words in enumerate(texts) if all(matches(words, word) for word in query)}
        costs.sort()
        print(
            f"queries of {size}: median {median(costs):.0f} kB, 9 of 10 below {costs[many * 9 // 10]:.0f} kB,", end=" "
        )
        print(f"largest {costs[-1]:.0f} kB; {wrong} of {many} answers differ from a scan's")


def words_of(record):
    """All words that a post is to be found by."""
    told = " ".join((record.text(), record.author, record.nick, *record.tags, "" if record.untitled else record.title))
    return {word for token in search.tokens(told) for word in search.cut(token)}


def matches(words, asked):
    """Whether a word begins as it was asked for; short ones must be whole."""
    return asked in words or (len(asked) > 2 and any(word.startswith(asked) for word in words))


def ask(segments, files, query):
    """The posts that the index gives, and the bytes that a browser loads for them."""
    loaded, hits, places = {"search/index.json"}, set(), []
    for segment in segments:
        base = len(places)
        places += [(segment, number) for number in range(len(segment.records))]
        loaded.add(segment.last)
        firsts = json.loads(files[segment.last])["words"]
        found = [look(segment, files, firsts, word, loaded) for word in query]
        hits |= {base + number for number in set.intersection(*found)}
    for hit in sorted(hits)[-SHOWN:]:
        segment, number = places[hit]
        loaded.add(f"{segment.folder}p{number // 32}.json")
    return hits, sum(len(compress(files[path])) for path in loaded)


def look(segment, files, firsts, word, loaded):
    """The posts of a segment that have the word."""
    end = word + "\U0010ffff" if len(word) > 2 else word
    found = set()
    for number, first in enumerate(firsts):
        if first <= end and (number + 1 == len(firsts) or firsts[number + 1] > word):
            path = f"{segment.folder}w{number}.json"
            loaded.add(path)
            for known, steps in json.loads(files[path]).items():
                if known == word or (len(word) > 2 and known.startswith(word)):
                    at = 0
                    for step in steps:
                        at += step
                        found.add(at >> 2)
    return found


if __name__ == "__main__":
    main()
