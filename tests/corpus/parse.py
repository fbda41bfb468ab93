"""A corpus of feeds and other readers' suites → figures on what our parser makes of them.

Run `python -m tests.corpus.parse FOLDER`; see `--help`. A difference is explained by a check, never by its name alone.
"""

import argparse
import ast
import csv
import io
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser

from generator import markup
from generator.errors import FeedError
from generator.feeds.parse import MAX_ENTRIES, parse
from generator.models import Entry, Feed, written_dates
from generator.models.urls import safe_url

SLOW = 5.0
"""Seconds of one document that count as a time-out."""
URL = "http://127.0.0.1:8097/"
"""Where feedparser's tests believe to be served."""


@dataclass(slots=True)
class Table:
    """Counts by category, with examples."""

    title: str
    shown: int = 3
    counts: Counter[str] = field(default_factory=Counter)
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    slowest: float = 0.0

    def note(self, category: str, example: str = "") -> None:
        self.counts[category] += 1
        self.examples[category].append(example)

    def show(self) -> None:
        """Prints it."""
        slowest = f", the slowest in {self.slowest:.2f} s" if self.slowest else ""
        print(f"\n{self.title}: {self.counts.total()}{slowest}")
        for category, count in self.counts.most_common():
            print(f"  {count:6} {category}")
            for example in islice(filter(None, self.examples[category]), self.shown):
                print(f"           {' '.join(example.split())[:180]}")


def attempt(body: bytes, name: str, table: Table, *, url: str = URL, content_type: str = "") -> Feed | None:
    """The feed, or None; a refusal, a crash and a time-out are lines of the table."""
    start, feed = time.process_time(), None
    try:
        feed = parse(body, url=url, content_type=content_type)
    except FeedError as error:
        reason = re.sub(r" ?\(.*\)", "", str(error).removeprefix(url).partition(";")[0]).strip(" :")
        table.note(f"refused: {reason[:70]}", name)
    except Exception as error:  # a crash is a figure too
        table.note("CRASH", f"{name}: {error!r}")
    seconds = time.process_time() - start
    table.slowest = max(table.slowest, seconds)
    if seconds > SLOW:
        table.note("TIME-OUT", name)
    return feed


# 1. feedparser's expectations, such as `not bozo and entries[0]['title'] == 'x'`

Told = tuple[object, ...]
OF_ENTRY: dict[str, Callable[[Entry, int], Told]] = {
    r"title|title_detail\.value": lambda entry, _: (entry.title,),
    r"link": lambda entry, _: (entry.link,),
    r"id|guid": lambda entry, _: (entry.guid,),
    r"description|summary|(summary_detail|content\.(\d))\.value": lambda entry, _: (entry.html, entry.summary),
    r"(summary_detail|content\.(\d))\.base": lambda entry, _: (entry.base,),
    r"(summary_detail|content\.(\d))\.language|language": lambda entry, _: (entry.language or None,),
    r"(published|created)_parsed": lambda entry, _: _moment(entry.published),
    r"updated_parsed": lambda entry, _: (*_moment(entry.updated), *_moment(entry.published)),
    r"author|author_detail\.name|authors\.(\d)\.name": lambda entry, _: (", ".join(entry.authors),),
    r"rights|copyright": lambda entry, _: (entry.rights,),
    r"category|tags\.(\d)\.(term|label)": lambda entry, number: entry.tags[number : number + 1],
    r"enclosures\.(\d)\.(href|url)": lambda entry, number: tuple(one.url for one in entry.enclosures[number:]),
    r"enclosures\.(\d)\.type": lambda entry, number: tuple(one.type for one in entry.enclosures[number:]),
    r"enclosures\.(\d)\.length": lambda entry, number: tuple(str(one.length) for one in entry.enclosures[number:]),
}
OF_FEED: dict[str, Callable[[Feed], Told]] = {
    r"title|title_detail\.value": lambda feed: (feed.title,),
    r"link": lambda feed: (feed.link,),
    r"language": lambda feed: (feed.language or None,),
    r"generator|generator_detail\.name": lambda feed: (feed.generator,),
}
"""feedparser's names of the fields that we keep, and what we keep."""


def _moment(when: date | None) -> Told:
    return (when.timetuple()[:6] if when else None,)


def comparisons(expression: str) -> Iterator[tuple[str, object]]:
    """The fields (`entries.0.title`) that an expectation compares with a literal; other conditions have no value."""
    tree = ast.parse(expression, mode="eval").body
    for part in tree.values if isinstance(tree, ast.BoolOp) else [tree]:
        sides = [part.left, *part.comparators] if isinstance(part, ast.Compare) else []
        is_equal = isinstance(part, ast.Compare) and all(isinstance(sign, ast.Eq) for sign in part.ops)
        value = _literal(sides[-1]) if is_equal else ...
        for side in sides[:-1] if value is not ... else [part]:
            yield re.sub(r"\[['\"]?([\w:]+)['\"]?\]", r".\1", ast.unparse(side)), value


def _literal(node: ast.expr) -> object:
    """The value, `...` where it is not a literal."""
    if isinstance(node, ast.BinOp):
        return f"{_literal(node.left)}{_literal(node.right)}"
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return ...
    return value[:6] if isinstance(value, tuple) and len(value) == 9 else value


def told_of(feed: Feed, path: str) -> Told | None:
    """What we keep under this name of feedparser's; None where we keep no such field."""
    room, _, name = path.partition(".")
    if room == "feed":
        return next((tell(feed) for names, tell in OF_FEED.items() if re.fullmatch(names, name)), None)
    place, _, name = name.partition(".")
    for names, tell in OF_ENTRY.items():
        found = re.fullmatch(names, name) if room == "entries" and place.isdigit() else None
        if found:
            number = next((int(group) for group in found.groups() if group and group.isdigit()), 0)
            return tell(feed.entries[int(place)], number) if len(feed.entries) > int(place) else ()
    return None


def reason(path: str, value: object, told: Told, base: str) -> str:
    """Why what we keep is, or is not, what is expected: the first check that holds."""
    texts = [text for text in told if isinstance(text, str)]
    if value in told:
        return "the same"
    if not told:
        return "entries that are equal and have no GUID count once"
    if not isinstance(value, str):
        return "OTHER"
    return next(
        (why for why, holds in CHECKS.items() if any(holds(path, value, text, base) for text in texts)), "OTHER"
    )


def _words(html: str, base: str) -> set[str]:
    return set(markup.text(markup.clean(html, base=base).html).split())


CHECKS: dict[str, Callable[[str, str, str, str], bool]] = {
    "raw: the same once markup has cleaned it and resolved its links": lambda _, value, text, base: (
        markup.clean(text, base=base).html == markup.clean(value, base=base).html
    ),
    "raw: the same once markup has made a title of it": lambda path, value, text, _: (
        "title" in path and markup.title(text) == markup.title(value)
    ),
    "raw: markup makes links of what is embedded": lambda _, value, text, base: (
        bool(re.search("<(applet|embed|object)", text)) and _words(value, base) <= _words(text, base)
    ),
    "raw: an open iframe and broken comments are read as browsers do": lambda _path, _value, text, _base: bool(
        re.search("<(iframe|!|>)", text)
    ),
    "told as plain text: it stays text": lambda _path, value, text, _base: (
        unescape(re.sub("^<p>|</p>$", "", text)) == value
    ),
    "a GUID is never resolved": lambda path, value, text, _: path.endswith(".id") and urljoin(value, text) == value,
    "all authors by name, no mail address": lambda path, value, text, _: (
        "author" in path and (value in text or text in value)
    ),
    "the label of a tag before its term": lambda path, _value, _text, _base: path.endswith(".term"),
    "angle brackets as HTML 5 names them": lambda _path, value, text, _base: (
        text.translate({0x27E8: 0x2329, 0x27E9: 0x232A}) == value
    ),
    "a host in lower case": lambda path, value, text, _: path.endswith("link") and text == value.lower(),
}
"""Explanations: each is checked on the field, what was expected, what we keep, and the base of its links."""


def with_an_entry(body: bytes) -> bytes:
    """The document with an entry at its end: we refuse one that is broken and has none."""
    item, entry = b"<item><guid>added</guid></item>", b"<entry><id>added</id></entry>"
    closed = body.replace(b"</channel>", item + b"</channel>").replace(b"</feed>", entry + b"</feed>")
    return closed.replace(b"</CHANNEL>", b'<ITEM HREF="http://127.0.0.1/"></ITEM></CHANNEL>')


def expectations(folder: Path) -> None:
    """feedparser's own expectations of the fields that we keep."""
    documents, table = Table("feedparser's documents"), Table("What it expects of them", shown=8)
    for case in json.loads((folder / "expectations.json").read_bytes()):
        lines = dict(text.split(": ", 1) for name, text in case["headers"] if name == "Header" and ": " in text)
        headers = {name.lower(): value for name, value in lines.items()}
        options = {
            "url": safe_url(headers.get("content-location", ""), base=URL) or URL,
            "content_type": headers.get("content-type", ""),
        }
        body = (folder / case["file"]).read_bytes()
        feed = attempt(body, case["file"], documents, **options)
        feed = feed or attempt(with_an_entry(body), case["file"], Table("not counted"), **options)
        documents.note("read" if feed else "not even read with an entry added", "" if feed else case["file"])
        for path, value in comparisons(case["expect"]) if feed else ():
            told = told_of(feed, path) if feed and value is not ... else None
            if feed is None or told is None:
                table.note("no field of ours, or no comparison")
                continue
            base = feed.entries[0].base if feed.entries else options["url"]
            why = reason(path, value, told, base)
            if why == "OTHER" and "language" in path and "content-language" in headers:
                why = "the language that HTTP tells is not asked for"
            elif why == "OTHER" and _itself(body, path, headers) in told:
                why = "feedparser itself gives what we give"
            table.note(why, f"{case['file']} | {path} | {value!r} | {told!r}" if why != "the same" else "")
    documents.show()
    table.show()


def _itself(body: bytes, path: str, headers: dict[str, str]) -> object:
    """What feedparser gives under its own name."""
    found: Any = feedparser.parse(io.BytesIO(body), response_headers=headers)
    for step in path.split("."):
        found = found[int(step)] if step.isdigit() else found.get(step)
    return found


# 2. to 4. documents that must do no harm, JSON feeds, dates


def validator(folder: Path) -> None:
    """The Feed Validator's documents, most of them wrong on purpose: no crash, no time-out."""
    table = Table("The Feed Validator's documents")
    for path in sorted(path for path in (folder / "testcases").rglob("*") if path.is_file()):
        feed = attempt(path.read_bytes(), path.relative_to(folder).as_posix(), table)
        if feed:
            table.note("read with notes" if feed.notes else "read")
    table.show()


def json_feeds(folder: Path) -> None:
    """What each JSON document gives."""
    table = Table("JSON documents", shown=40)
    for path in sorted(folder.glob("*.json")):
        feed = attempt(path.read_bytes(), path.name, table)
        if feed:
            whole = sum(bool(entry.guid and entry.link and entry.html and entry.published) for entry in feed.entries)
            line = f"{path.name}: {feed.version}, {len(feed.entries)} entries, {whole} with guid, link, text and date"
            table.note("read", line + "".join(f"; {note}" for note in feed.notes))
    table.show()


def all_dates(folder: Path) -> None:
    """Dates that are not read, or are read in another way than feedparser does."""
    table = Table("Dates", shown=40)
    for case in json.loads((folder / "feedparser_dates.json").read_bytes()):
        found = written_dates.read(case["input"])
        want = tuple(case["utc"][:6]) if case["utc"] else None
        same = _moment(found)[0] == want
        kind = "read alike" if same else "feedparser only" if found is None else "read otherwise"
        table.note(kind, "" if same else f"{case['input']!r}: {case['utc'] and case['utc'][:6]}, here {found}")
    for text in json.loads((folder / "miniflux_dates.json").read_bytes()):
        table.note(*("read", "") if written_dates.read(text) else ("not read, of miniflux", repr(text)))
    with (folder / "real_shapes.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            texts = [text for text in (row["example"], row["unparsed_example"]) if text]
            unread = [text for text in texts if written_dates.read(text) is None]
            line = f"{unread}: {row['occurrences']} times in {row['feeds']} feeds"
            table.note(*("not read, of real feeds", line) if unread else ("shape of real feeds read", ""))
    table.show()


# 5. the feeds

TEXTS = ("description", "encoded", "content", "summary", "body", "fullitem", "abstract")
"""Elements of an item that can hold its text."""


def feeds(folder: Path) -> None:
    """Every feed: its entries against the index, its GUIDs against an independent reading, what each entry has."""
    with (folder / "index.tsv").open(encoding="utf-8", newline="") as lines:
        rows = {row["file"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    table, guids, texts = Table("Feeds", shown=30), Table("GUIDs"), Table("Texts", shown=20)
    entries = Table("What entries have", shown=0)
    for path in sorted((folder / "feeds").iterdir()):
        body = path.read_bytes()
        feed = attempt(body, path.name, table, url="https://feed.example/x/feed.xml")
        if not feed:
            continue
        told = int(rows[path.name]["entries"]) if path.name in rows else len(feed.entries)
        table.note(*_counted(told, feed, path.name))
        items = _items(body)
        _guids(items, feed, path.name, guids)
        _texts(items, feed, path.name, texts)
        for entry in feed.entries:
            entries.note("entries")
            for name in _qualities(entry):
                entries.note(name)
    for each in (table, guids, texts, entries):
        each.show()


def _counted(told: int, feed: Feed, name: str) -> tuple[str, str]:
    line = f"{name}: {told} told, {len(feed.entries)} kept"
    if told == len(feed.entries):
        return "every entry is kept", ""
    return (
        f"the newest {MAX_ENTRIES} entries are kept" if told > MAX_ENTRIES else "entries of one GUID count once"
    ), line


def _items(body: bytes) -> list[ET.Element]:
    """The items as a plain XML parser finds them; none where it cannot read the document."""
    try:
        root = ET.fromstring(body)
    except (ET.ParseError, ValueError):  # JSON, not well-formed, or an encoding that it does not know
        return []
    return [item for item in root.iter() if _name(item) in ("item", "entry")]


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _guids(items: list[ET.Element], feed: Feed, name: str, table: Table) -> None:
    """Compares with the GUIDs as they are written."""
    ours = {entry.guid for entry in feed.entries}
    for item in items if len(items) <= MAX_ENTRIES else ():
        guid = next((kid.text or "" for kid in item if _name(kid) in ("guid", "id")), "").strip()
        kind = (
            "told none" if not guid else "as the feed wrote it" if guid in ours else "of several pages: named by link"
        )
        table.note(kind, f"{name}: {guid}" if kind.startswith("of") else "")


def _texts(items: list[ET.Element], feed: Feed, name: str, table: Table) -> None:
    """Compares letters with those of the longest text that the item has."""
    for item, entry in zip(items, feed.entries, strict=True) if len(items) == len(feed.entries) else ():
        texts = ["".join(kid.itertext()) for kid in item.iter() if _name(kid) in TEXTS]
        longest = max(map(_letters, texts), default=0)
        if longest <= _letters(entry.html) + 4:  # a word that was read again from a wrong encoding
            table.note("as long as the longest text of the item")
        else:
            table.note("shorter", f"{name}: {entry.title}: {_letters(entry.html)} of {longest} letters")


def _letters(html: str) -> int:
    return len(re.sub(r"\s+", "", unescape(re.sub(r"<[^<>]*>", "", html))))


def _qualities(entry: Entry) -> list[str]:
    facts = {
        "no title": not entry.title,
        "no link": not entry.link,
        "no text": not entry.html,
        "text and summary": bool(entry.html and entry.summary),
        "excerpt": entry.excerpt,
        "no date": entry.published is None and entry.updated is None,
        "a day without a time": bool(entry.published) and not isinstance(entry.published, datetime),
        "an author": bool(entry.authors),
        "tags": bool(entry.tags),
        "a language": bool(entry.language),
        "enclosures": bool(entry.enclosures),
    }
    return [name for name, holds in facts.items() if holds]


def main() -> None:
    """All figures of one corpus."""
    words = argparse.ArgumentParser(description="Figures on what our parser makes of a corpus of feeds.")
    words.add_argument("folder", type=Path, help="holds feeds/, index.tsv and suites/ (see the titles of the tables)")
    folder: Path = words.parse_args().folder
    suites = folder / "suites"
    expectations(suites / "feedparser")
    validator(suites / "feedvalidator")
    json_feeds(suites / "jsonfeed")
    all_dates(suites / "dates")
    feeds(folder)


if __name__ == "__main__":
    main()
