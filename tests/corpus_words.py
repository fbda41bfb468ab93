"""A folder of feeds → the words that posts lose or gain against what a browser shows of the entries.

    python -m tests.corpus_words FOLDER [--only WORD] [--list N] [--most N] [--table]

Measured is, for each entry of each feed in FOLDER, the multiset of words that Chromium's `innerText` finds in the HTML
of the entry as the feed wrote it, against the words that it finds in the post as rendered and those that cleaning rules
say they removed. No parser of ours reads the first side. Scripts are off, no network is within reach, every `details`
is open, and no style but the entry's own applies.

A word is missing that the entry shows and neither the post nor a rule has; it is added where only the post has it.
Words that we add on purpose (labels of embeds and pictures, TeX in place of drawn formulas) are counted apart, by kind.
An entry differs where any other word is missing or added. Exit status 1 where more than `--most` entries differ.

A word is a run of `\\w` in normal form C, its case folded; what is never seen (soft hyphens, joiners) parts none.
"""

import argparse
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from generator import markup
from generator.errors import FeedError
from generator.model import Author, Entry, Feed, FeedSource
from generator.parse import parse
from generator.plan.draft import draft
from tests.audit import tools

URL = "https://words.example/"
POLICY = "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'"
"""A page without scripts that loads nothing and cannot be sent elsewhere."""
PUT = """html => {
    document.body.innerHTML = html;
    for (const one of document.querySelectorAll('details')) one.open = true;
}"""
READ = """() => {
    const drawn = [...document.querySelectorAll('annotation[encoding*=tex i]')];
    const whole = new Set(drawn.map(one => one.closest('.katex') ?? one.closest('math')).filter(Boolean));
    return [document.body.innerText, [...whole].map(one => one.innerText).join('\\n')];
}"""
ADDITIONS = {
    "embeds": re.compile(r"(?:Video|Audio|Embedded page)(?:: [^\n]{0,300})? \([\w.-]+\)"),
    "pictures": re.compile(r"Picture in the original[^\n]{0,300}"),
    "formulas": re.compile(r"(\$\$?)[^$]+\1"),
}
"""What the planet writes into posts itself, as it is shown."""
AUTHOR = Author(nick="larry", name="Larry", feeds=(FeedSource(url=URL, editions=()),))
WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a browser shows of a piece of HTML."""

    text: str
    drawn: str = ""
    """The part of it that draws formulas which carry their TeX."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What an entry and its post do not share."""

    feed: str
    guid: str
    title: str = ""
    missing: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    additions: dict[str, int] = field(default_factory=dict)
    """Words added on purpose, by kind."""
    crash: str = ""

    @property
    def size(self) -> int:
        """Words that are missing or added; one where the post could not be made."""
        return self.missing.total() + self.added.total() + bool(self.crash)


class Screen:
    """A page of a browser that shows one piece of HTML after the other."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def show(self, html: str) -> Shown:
        """What is seen of it. Objects show their fallbacks late, so it is read in a second call."""
        self._page.evaluate(PUT, html)
        text, drawn = self._page.evaluate(READ)
        return Shown(text=text, drawn=drawn)


@contextmanager
def screen() -> Iterator[Screen]:
    """An open Screen. Raises tools.MissingError."""
    with tools.browser(tools.ALONE) as browser:
        context = browser.new_context(java_script_enabled=False, offline=True)
        page = context.new_page()
        page.route("**/*", _answer)
        page.goto(URL)
        yield Screen(page)


def _answer(route: Route) -> None:
    if route.request.url != URL:
        route.abort()
        return
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
    route.fulfill(body="<!doctype html><title>Words</title>", headers=headers)


def words(text: str) -> Counter[str]:
    """The words of a plain text."""
    seen = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Cf")
    return Counter(WORD.findall(seen.casefold()))


def compare(entry: Shown, post: Shown, removed: str = "") -> tuple[Counter[str], Counter[str], dict[str, int]]:
    """Words missing and words added, and by kind how many were added on purpose.

    `removed` are the texts that cleaning rules took away.
    """
    before, after = words(entry.text), words(post.text)
    missing, added = before - after - words(removed), after - before
    if ADDITIONS["formulas"].search(post.text):
        missing -= words(entry.drawn)
    additions = {}
    for kind, pattern in ADDITIONS.items():
        own = words("\n".join(found[0] for found in pattern.finditer(post.text))) & added
        added -= own
        if own:
            additions[kind] = own.total()
    return missing, added, additions


def differences(path: Path, window: Screen) -> Iterator[Difference]:
    """One Difference for each entry of a feed that has a body; none where the file is no feed."""
    try:
        feed = parse(path.read_bytes(), url="https://planet.example/feed")
    except FeedError:
        return
    for entry in feed.entries:
        if entry.html.strip():
            yield _difference(path.name, entry, feed, window)


def _difference(name: str, entry: Entry, feed: Feed, window: Screen) -> Difference:
    title = markup.title(entry.title)
    try:
        html, removed = _post(entry, feed)
    except Exception as error:  # a crash is a figure, too
        return Difference(feed=name, guid=entry.guid, title=title, crash=repr(error))
    missing, added, additions = compare(window.show(entry.html), window.show(html), removed)
    return Difference(feed=name, guid=entry.guid, title=title, missing=missing, added=added, additions=additions)


def _post(entry: Entry, feed: Feed) -> tuple[str, str]:
    """The entry's post as rendered, and the texts that rules removed from it; both empty where there is no post."""
    found = draft(entry, feed, AUTHOR.feeds[0], AUTHOR, {})
    if found is None:
        return "", ""
    content: Any = found.content
    cleaned = getattr(content, "cleaned", None) or markup.clean(entry.html, base=entry.base, title=content.title)
    removals = getattr(cleaned, "removals", ())
    return markup.to_html(content.body()), "\n".join(removal.text for removal in removals)


def show(found: Sequence[Difference]) -> None:
    """Prints the totals, then a line for each feed with entries that differ."""
    wrong = [one for one in found if one.size]
    lost, gained = (sum(getattr(one, name).total() for one in wrong) for name in ("missing", "added"))
    print(f"{len(found)} entries with a body; {len(wrong)} differ: {lost} words missing, {gained} added")
    additions: Counter[str] = Counter()
    for one in found:
        additions.update(one.additions)
    print("added on purpose:", dict(additions.most_common()))
    for feed, count in Counter(one.feed for one in wrong).most_common():
        print(f"  {count:4} of {sum(one.feed == feed for one in found):4}  {feed}")


def table(found: Sequence[Difference]) -> None:
    """Prints the same by feed as tab-separated values."""
    kinds = tuple(ADDITIONS)
    print("feed", "entries", "differ", "missing", "added", *kinds, sep="\t")
    for feed in dict.fromkeys(one.feed for one in found):
        own = [one for one in found if one.feed == feed]
        lost, gained = (sum(getattr(one, name).total() for one in own) for name in ("missing", "added"))
        purpose = [sum(one.additions.get(kind, 0) for one in own) for kind in kinds]
        print(feed, len(own), sum(one.size > 0 for one in own), lost, gained, *purpose, sep="\t")


def tell(found: Sequence[Difference], most: int) -> None:
    """Prints the entries that differ most, with their words."""
    for one in sorted(found, key=lambda one: one.size, reverse=True)[:most]:
        if one.size:
            print(f"{one.feed}: {one.title[:60]} ({one.guid[:120]}) {one.crash}")
            for name, many in (("missing", one.missing), ("added", one.added)):
                told = " ".join(word if count == 1 else f"{word}×{count}" for word, count in many.most_common(40))
                print(*([f"    {name} {many.total()}: {told}"] if many else []), sep="\n")


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
            found = [one for path in paths for one in differences(path, window)]
    except tools.MissingError as error:
        return tools.explain(error)
    (table if arguments.table else show)(found)
    tell(found, arguments.list)
    return 1 if sum(one.size > 0 for one in found) > arguments.most else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
