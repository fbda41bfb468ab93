"""A folder of feeds → the words that posts lose or gain against what a browser shows of the entries.

    python -m tests.corpus.words FOLDER [--only WORD] [--list N] [--most N] [--table]

Measured is, for each entry of each feed in FOLDER, the multiset of words that Chromium's `innerText` finds in the HTML
of the entry as the feed wrote it, against the words that it finds in the post as rendered and those that cleaning rules
say they removed. No parser of ours reads the first side. Scripts are off, no network is within reach, every `details`
is open, and no style but the entry's own applies.

A word is missing that the entry shows and neither the post nor a rule has; it is added where only the post has it.
What we change on purpose is counted apart, by kind: labels of embeds, what stands for a picture, TeX in place of a
drawn formula, numbers of footnotes, the label of a `details` that has none, letters that were UTF-8 and are again.
An entry differs where any other word is missing or added:

    crash   no post could be made
    lost    words are missing, perhaps others added
    parted  the same letters make other words: something is joined or parted that was not
    hidden  the added words are in the entry, but a browser hides them: by style, or in an element that never ends
    gained  other words are added

Exit status 1 where more than `--most` entries differ.

A word is a run of `\\w` in normal form C, its case folded; what is never seen (soft hyphens, joiners) parts none.
"""

import argparse
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import markup
from generator.errors import FeedError
from generator.feeds.parse import parse
from generator.models import Author, Entry, Feed, FeedSource
from generator.plan.candidate import MemberFeed, draft
from tests.audit import tools
from tests.support.screen import Screen, View, screen

LABELS = {
    "embeds": re.compile(r"(?:Video|Audio|Embedded page)(?:: [^\n]{0,300})? \([\w.-]+\)"),
    "pictures": re.compile(r"Picture in the original[^\n]{0,300}"),
    "details": re.compile(r"^Details$", re.MULTILINE),
}
"""What the planet itself writes into posts, as it is shown."""
FORMULA = re.compile(r"(\$\$?)[^$]+\1")
KINDS = (*LABELS, "formulas", "footnotes", "misread")
FEED = "https://planet.example/feed"
AUTHOR = Author(nick="larry", name="Larry", feeds=(FeedSource(url=FEED, editions=()),))
WORD = re.compile(r"\w+")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2,}")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What an entry and its post do not share."""

    missing: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    hidden: bool = False
    """Whether all words that were added are in the entry, unseen."""
    purpose: Counter[str] = field(default_factory=Counter)
    """How many words were added on purpose, or mended, by kind."""
    crash: str = ""

    @property
    def size(self) -> int:
        """Words that are missing or added; one where the post could not be made."""
        return self.missing.total() + self.added.total() + bool(self.crash)

    @property
    def kind(self) -> str:
        """Its kind, empty where there is none."""
        if self.crash or not self.size:
            return "crash" if self.crash else ""
        if _letters(self.missing) == _letters(self.added):
            return "parted"
        return "lost" if self.missing else "hidden" if self.hidden else "gained"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An entry and how its post differs."""

    feed: str
    guid: str
    title: str
    difference: Difference


def words(text: str) -> Counter[str]:
    """The words of a plain text."""
    seen = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Cf")
    return Counter(WORD.findall(seen.casefold()))


def _letters(some: Counter[str]) -> Counter[str]:
    return Counter("".join(some.elements()))


def mended(text: str) -> str:
    """The text with UTF-8 where somebody has read UTF-8 as windows-1252."""

    def letters(found: re.Match[str]) -> str:
        try:
            return b"".join(map(_byte, found[0])).decode("utf-8")
        except ValueError:
            return found[0]

    return BEYOND_ASCII.sub(letters, text)


def _byte(sign: str) -> bytes:
    """The byte for which it was taken: those that windows-1252 leaves out stay what they are."""
    return sign.encode("latin-1" if sign < "\xa0" else "cp1252")


def compare(entry: View, post: View, removed: str = "") -> Difference:
    """The words that are missing and those that were added; `removed` are the texts that cleaning rules took away."""
    found = _compared(entry, post, removed)
    other = _compared(replace(entry, text=mended(entry.text)), post, removed) if found.size else found
    if other.size < found.size:
        return replace(other, purpose=other.purpose + Counter(misread=found.size - other.size))
    return found


def _compared(entry: View, post: View, removed: str) -> Difference:
    before, after = words(entry.text), words(post.text)
    missing, added = before - after - words(removed), after - before
    purpose: Counter[str] = Counter()
    if entry.formulas or entry.tex:
        told = [found[0] for found in FORMULA.finditer(post.text)]
        missing -= before - words(entry.undrawn) if len(told) >= entry.formulas else Counter()
        purpose["formulas"], added = _without(added, "\n".join((entry.tex, entry.undrawn, *told)))
    for kind, pattern in LABELS.items():
        purpose[kind], added = _without(added, "\n".join(found[0] for found in pattern.finditer(post.text)))
    purpose["footnotes"], added = _without(added, post.references)
    pictures, added = _without(added, entry.alternatives)
    purpose["pictures"] += pictures
    unseen = (words(entry.pieces) | words(entry.whole)) - before
    return Difference(missing=missing, added=added, hidden=added <= unseen, purpose=+purpose)


def _without(added: Counter[str], text: str) -> tuple[int, Counter[str]]:
    """How many of the words are in that text, and the others."""
    own = words(text) & added
    return own.total(), added - own


def judge(path: Path, window: Screen) -> Iterator[Judged]:
    """Each entry of a feed that has a body; none where the file is no feed."""
    try:
        feed = parse(path.read_bytes(), url=FEED)
    except FeedError:
        return
    for entry in feed.entries:
        if entry.html.strip():
            found = _difference(entry, feed, window)
            yield Judged(feed=path.name, guid=entry.guid, title=markup.title(entry.title), difference=found)


def _difference(entry: Entry, feed: Feed, window: Screen) -> Difference:
    try:
        html, removed = _post(entry, feed)
    except Exception as error:  # a crash is a figure, too
        return Difference(crash=repr(error))
    return compare(*window.show(entry.html, html), removed)


def _post(entry: Entry, feed: Feed) -> tuple[str, str]:
    """The entry's post as rendered, and the texts that rules removed from it; both empty where there is no post."""
    found = draft(entry, MemberFeed(author=AUTHOR, source=AUTHOR.feeds[0], feed=feed), {})
    if found is None:
        return "", ""
    removals = found.content.cleaned.removals
    return markup.to_html(found.content.body()), "\n".join(removal.text for removal in removals)


def show(judged: Sequence[Judged]) -> None:
    """Prints the totals, then a line for each feed with entries that differ."""
    wrong = [one for one in judged if one.difference.size]
    lost, gained, purpose = _totals(judged)
    print(f"{len(judged)} entries with a body; {len(wrong)} differ: {lost} words missing, {gained} added")
    print("differ:", dict(Counter(one.difference.kind for one in wrong).most_common()))
    print("words added or mended on purpose:", dict(purpose.most_common()))
    entries = Counter(one.feed for one in judged)
    for feed, count in Counter(one.feed for one in wrong).most_common():
        kinds = Counter(one.difference.kind for one in wrong if one.feed == feed)
        print(f"  {count:4} of {entries[feed]:4}  {feed[:70]:70} {dict(kinds)}")


def _totals(judged: Sequence[Judged]) -> tuple[int, int, Counter[str]]:
    """Words missing, words added, and words added on purpose by kind."""
    purpose: Counter[str] = Counter()
    for one in judged:
        purpose.update(one.difference.purpose)
    missing = sum(one.difference.missing.total() for one in judged)
    return missing, sum(one.difference.added.total() for one in judged), purpose


def table(judged: Sequence[Judged]) -> None:
    """Prints the same by feed as tab-separated values."""
    print("feed", "entries", "differ", "missing", "added", *KINDS, sep="\t")
    for feed in dict.fromkeys(one.feed for one in judged):
        own = [one for one in judged if one.feed == feed]
        lost, gained, purpose = _totals(own)
        differ = sum(one.difference.size > 0 for one in own)
        print(feed, len(own), differ, lost, gained, *(purpose[kind] for kind in KINDS), sep="\t")


def tell(judged: Sequence[Judged], most: int) -> None:
    """Prints the entries that differ most, with their words."""
    for one in sorted(judged, key=lambda one: one.difference.size, reverse=True)[:most]:
        found = one.difference
        if found.size:
            print(f"{one.feed}: {one.title[:60]} ({one.guid[:120]}): {found.kind} {found.crash}")
        for name, many in (("missing", found.missing), ("added", found.added)):
            told = " ".join(word if count == 1 else f"{word}×{count}" for word, count in many.most_common(40))
            print(*([f"    {name} {many.total()}: {told}"] if many else []), sep="\n", end="\n" if many else "")


def main(argv: Sequence[str]) -> int:
    """Compares every entry of a folder; 1 where more of them differ than may, 2 where there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", metavar="WORD", help="feeds whose name has this word")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="show the N entries that differ most")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="entries that may differ (default: 0)")
    parser.add_argument("--table", action="store_true", help="tab-separated values by feed instead of the figures")
    arguments = parser.parse_args(argv)
    paths = sorted(path for path in arguments.folder.iterdir() if path.is_file() and arguments.only in path.name)
    try:
        with screen() as window:
            judged = [one for path in paths for one in judge(path, window)]
    except tools.MissingError as error:
        return tools.explain(error)
    (table if arguments.table else show)(judged)
    tell(judged, arguments.list)
    return 1 if sum(one.difference.size > 0 for one in judged) > arguments.most else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
