"""Write the segments of the search index (`part`, `files`), whose files a browser loads as a query needs them. Pure.

An index of full text that is cut by words alone changes everywhere with each post. So posts are first parted into
segments in the order in which they came: a full one stays as it is for ever, and a new post touches the last one only.
What is left after the full ones is parted again into small ones, which become a full one when they are enough: so a new
post never costs the work of a whole segment, and a reader never has many of them to load.
The folder of a segment is named after what is in it: one that is there already need not be made again. Below search/:

    index.json        {format, editions: {key: title}, authors: {nick: name}, segments: [{key, posts}]}
    <key>/posts.json  {nicks, by, days, editions, in, words, chunk}: of each post its author (a place in `nicks`), its
                      day (days since 1970), its editions (a sum of powers of two: places in `editions`); `words` are
                      the first words of each file of words, `chunk` is how many posts a file of posts tells
    <key>/w<N>.json   {word: [numbers]}, sorted by code points; a number is 4 times the post plus a place, less the
                      number before; the place is 0 for a word of the text, 1 for one that stands there several times,
                      2 for a tag, the author's name or the byline, 3 for the title
    <key>/p<N>.json   [[page, title, language, direction, 1 if the title only stands in for one, byline]]
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from itertools import pairwise
from operator import sub
from typing import Any, TypeVar

from generator.site.search.tokenize import cut, tokens

FORMAT = 2
"""To be raised with each change of the files or of the words that a text gives."""
SIZE, SMALL = 2048, 256
"""Posts of a full segment, and of a small one."""
CHUNK = 32
"""Posts that one file tells."""
SHARD = 16_000
"""Characters from which a file of words is full."""
MOST_WORDS = 20_000
"""Words of one post that count; a book in a feed must not cost every reader's query."""
OFTEN = 3
"""From so many times on a word stands in a text several times."""


PostRecord = TypeVar("PostRecord")


@dataclass(frozen=True, kw_only=True)
class SearchRecord:
    """A post as search knows it."""

    page: str
    """Its address below the site's root."""
    title: str
    untitled: bool
    """True where `title` only stands in for one."""
    nick: str
    author: str
    """The author's name."""
    byline: str
    """Who wrote it, where that is somebody else."""
    day: date
    tags: tuple[str, ...]
    editions: tuple[str, ...]
    """Keys of those that show it."""
    language: str
    direction: str
    text: Callable[[], str]
    """The visible text; asked for only when the segment is made."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Posts that followed one another when they came."""

    key: str
    """Names all that its files are made of."""
    posts: Sequence[Any]
    record: Callable[[Any], SearchRecord]
    """Tells a post as search knows it."""

    @property
    def records(self) -> list[SearchRecord]:
        """The posts as search knows them: made when the segment is, since most segments stand as they are."""
        return [self.record(post) for post in self.posts]

    @property
    def folder(self) -> str:
        """Where its files stand below the site's root."""
        return f"search/{self.key}/"

    @property
    def last(self) -> str:
        """The file that is made last: where it stands, all stand."""
        return f"{self.folder}posts.json"


def part(
    ordered: Sequence[PostRecord],
    record: Callable[[PostRecord], SearchRecord],
    mark: Callable[[Sequence[PostRecord]], str],
) -> list[Segment]:
    """The segments of posts in the order in which they are to be counted, the oldest first.

    `mark` changes whenever a record of such posts does: records are made with the files, and most of these stand.
    """
    full = len(ordered) // SIZE * SIZE
    starts = [*range(0, full, SIZE), *range(full, len(ordered), SMALL), len(ordered)]
    parts = [ordered[start:end] for start, end in pairwise(starts)]
    return [Segment(key=_key(mark(posts)), posts=posts, record=record) for posts in parts]


def _key(mark: str) -> str:
    return blake2s(f"{FORMAT} {CHUNK} {SHARD} {mark}".encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def contents(segments: Sequence[Segment], editions: Mapping[str, str], authors: Mapping[str, str]) -> tuple[str, bytes]:
    """Path and bytes of the file that a browser reads first; `editions` are titles by key, `authors` names by nick."""
    listed = [{"key": segment.key, "posts": len(segment.posts)} for segment in segments]
    table = {"format": FORMAT, "editions": editions, "authors": dict(sorted(authors.items())), "segments": listed}
    return "search/index.json", _json(table).encode()


def files(segment: Segment) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file of a segment, `segment.last` at the end."""
    records, first_words = segment.records, list[str]()
    for number, (first, text) in enumerate(_shards(_postings(records))):
        first_words.append(first)
        yield f"{segment.folder}w{number}.json", text.encode()
    for number, start in enumerate(range(0, len(records), CHUNK)):
        chunk = records[start : start + CHUNK]
        rows = [
            [record.page, record.title, record.language, record.direction, int(record.untitled), record.byline]
            for record in chunk
        ]
        yield f"{segment.folder}p{number}.json", _json(rows).encode()
    yield segment.last, _json(_table(records, first_words)).encode()


def _table(records: Sequence[SearchRecord], first_words: list[str]) -> dict[str, Any]:
    nicks = sorted({record.nick for record in records})
    editions = sorted({key for record in records for key in record.editions})
    place_of = {nick: place for place, nick in enumerate(nicks)}
    bit_of = {key: 1 << place for place, key in enumerate(editions)}
    epoch = date(1970, 1, 1)
    return {
        "nicks": nicks,
        "by": [place_of[record.nick] for record in records],
        "days": [(record.day - epoch).days for record in records],
        "editions": editions,
        "in": [sum(bit_of[key] for key in record.editions) for record in records],
        "words": first_words,
        "chunk": CHUNK,
    }


def _postings(records: Sequence[SearchRecord]) -> dict[str, list[int]]:
    """For each word, the posts in which it stands, and where there."""
    written: dict[str, list[int]] = defaultdict(list)
    labels: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        base = 4 * number
        for token, times in Counter(tokens(record.text())[:MOST_WORDS]).items():
            written[token].append(base + (times >= OFTEN))
        for token in tokens(" ".join((record.author, record.nick, record.byline, *record.tags))):
            labels[token].append(base + 2)
        for token in () if record.untitled else tokens(record.title):
            labels[token].append(base + 3)
    postings: dict[str, list[int]] = {}
    mixed: set[str] = set()
    for token, numbers in (*written.items(), *labels.items()):
        for word in cut(token):
            if word in postings:
                mixed.add(word)
                postings[word].extend(numbers)
            else:
                postings[word] = numbers.copy()
    return {**postings, **{word: _best(postings[word]) for word in mixed.union(*map(cut, labels))}}


def _best(numbers: list[int]) -> list[int]:
    """Of each post the highest number, in order."""
    return list({number >> 2: number for number in sorted(numbers)}.values())


def _shards(postings: Mapping[str, list[int]]) -> Iterator[tuple[str, str]]:
    """The words in files of about one size, each with its first word."""
    lines: list[str] = []
    first, size = "", 0
    for word in sorted(postings):
        line = f'"{word}":[{_encode_deltas(postings[word])}]'
        if lines and size + len(line) > SHARD:
            yield first, "{" + ",\n".join(lines) + "}\n"
            lines, size = [], 0
        first = first if lines else word
        lines.append(line)
        size += len(line)
    if lines:
        yield first, "{" + ",\n".join(lines) + "}\n"


def _encode_deltas(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else ",".join(map(str, map(sub, numbers, [0, *numbers])))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
