"""A folder of feeds → figures on the Markdown of record. Run: `python -m tests.corpus.markup FOLDER [SUITES]`.

FOLDER holds feeds (any XML or JSON files). SUITES, if given, holds `turndown/`, `markdownify/` and `commonmark/` case
files. `comrak`, where it is installed, is the second engine.
"""

import io
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import feedparser
import markdown as python_markdown
import turbohtml

from generator import markup
from generator.markup.markdown import blocks, engine
from generator.markup.tree import read

SYNONYMS = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
BLOCK = re.compile(
    r"</?(?:blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|img|li|ol|p|pre|section|summary|table|"
    r"tbody|td|th|thead|tr|ul)\b[^>]*>"
)
FENCES = re.compile(r"^[ >*\-\d.)]*(`{3,})[^\n`]*\n.*?^[ >]*\1", re.MULTILINE | re.DOTALL)
SPANS = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
TAG = re.compile(r"<([a-z][a-z0-9]*)(?=[\s>])")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One body of a feed."""

    feed: str
    title: str
    base: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What an independent reader finds in HTML."""

    text: str
    links: frozenset[str]
    images: frozenset[str]
    structure: tuple[str, ...]
    pre: tuple[str, ...]


def entries(folder: Path) -> Iterator[Entry]:
    """Every entry with a body, in the order of the files."""
    for path in sorted(folder.iterdir()):
        body = path.read_bytes()
        found = _json(path, body) if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" else _xml(path, body)
        yield from (entry for entry in found if entry.html.strip())


def _json(path: Path, body: bytes) -> Iterator[Entry]:
    try:
        feed = json.loads(body)
    except ValueError:
        return
    for item in feed.get("items") or []:
        html = item.get("content_html") or item.get("content_text") or item.get("summary") or ""
        base = item.get("url") or feed.get("home_page_url") or ""
        yield Entry(feed=path.name, title=str(item.get("title") or ""), base=str(base), html=str(html))


def _xml(path: Path, body: bytes) -> Iterator[Entry]:
    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    for item in feed.entries:
        texts = [part.get("value") or "" for part in item.get("content", [])] + [item.get("summary") or ""]
        base = item.get("link") or feed.feed.get("link") or ""
        yield Entry(feed=path.name, title=item.get("title") or "", base=base, html=max(texts, key=len))


def reading(html: str) -> Reading:
    """Text, links, images, elements and code of HTML, found without any code of the converter."""
    root = turbohtml.parse_fragment(html, positions=False)
    spaced = turbohtml.parse_fragment(BLOCK.sub(r" \g<0> ", html), positions=False)
    return Reading(
        text=" ".join(spaced.text.split()),
        links=frozenset(one.attr("href") or "" for one in root.find_all("a")),
        images=frozenset(one.attr("src") or "" for one in root.find_all("img")),
        structure=tuple(SYNONYMS.get(one.tag, one.tag) for one in root.find_all(True)),
        pre=tuple(one.text.removesuffix("\n") for one in root.find_all("pre")),
    )


def second_engine(*, autolink: bool) -> Callable[[str], str] | None:
    """The other CommonMark engine, a port of the one that the web viewer uses, or nothing where it is not installed.

    With `autolink` it makes links of bare addresses, as the viewer does. Nothing keeps it from bare mail addresses.
    """
    try:
        import comrak  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        print("comrak is not installed: no second engine")
        return None
    extensions, options = comrak.ExtensionOptions(), comrak.RenderOptions()
    extensions.table = extensions.strikethrough = extensions.footnotes = True
    extensions.autolink = autolink
    options.unsafe_ = True
    return lambda text: comrak.render_markdown(text, extension_options=extensions, render_options=options)


def plain(reading_: Reading) -> tuple[object, ...]:
    """What two engines must agree on; how they mark up a reference to a footnote is their own affair."""
    links = frozenset(link for link in reading_.links if not link.startswith("#"))
    return (
        reading_.text,
        links,
        reading_.images,
        tuple(tag for tag in reading_.structure if tag not in ("a", "section")),
    )


@dataclass(slots=True)
class Tally:
    """Figures that grow with each entry."""

    same: Counter[str]
    html: Counter[str]
    rules: Counter[str]
    seconds: Counter[str]
    worst: dict[str, list[str]]
    slowest: tuple[float, str] = (0.0, "")
    entries: int = 0

    def note(self, figure: str, entry: Entry, *, good: bool) -> None:
        self.same[figure] += good
        if not good:
            self.worst.setdefault(figure, []).append(f"{entry.feed}: {entry.title[:60]}")


def measure(entry: Entry, tally: Tally, others: dict[str, Callable[[str], str]]) -> None:
    """One entry through the converter and back."""
    start = time.process_time()
    clean = markup.clean(entry.html, base=entry.base, title=markup.title(entry.title))
    middle = time.process_time()
    text = markup.to_markdown(clean.html)
    end = time.process_time()
    tally.entries += 1
    tally.rules.update(clean.rules)
    tally.seconds.update({"clean": middle - start, "convert and verify": end - middle})
    tally.slowest = max(tally.slowest, (end - start, f"{entry.feed}: {entry.title[:60]}"))
    before, after = reading(clean.html), reading(markup.to_html(text))
    for figure in ("text", "links", "images", "structure", "pre"):
        tally.note(figure, entry, good=getattr(before, figure) == getattr(after, figure))
    digest = markup.signature(clean.html) == markup.signature(markup.to_html(text))
    tally.note("same signature", entry, good=digest)
    twice = markup.clean(clean.html, base="").html == clean.html
    tally.note("cleaning twice is cleaning once", entry, good=twice)
    _html(entry, clean.html, text, tally)
    for name, other in others.items():
        tally.note(name, entry, good=plain(reading(engine.render(text))) == plain(reading(other(text))))
    _python_markdown(entry, text, after, tally)


def _html(entry: Entry, clean: str, text: str, tally: Tally) -> None:
    """What HTML is left in the Markdown."""
    bare = SPANS.sub("", FENCES.sub("", text))
    tags = {name for name in TAG.findall(bare) if name not in ("http", "https")}
    tally.note("no HTML", entry, good=not tags)
    tally.note("not wholly HTML", entry, good=blocks.markdown(read(clean)) + "\n" == text)
    if tags:
        tally.html[_forced(tags)] += 1


def _forced(tags: set[str]) -> str:
    order = (
        "table figure dl details pre ol ul sup sub img u small cite kbd mark abbr q ruby br strong em code p".split()
    )
    return next((tag for tag in order if tag in tags), min(tags))


def _python_markdown(entry: Entry, text: str, after: Reading, tally: Tally) -> None:
    html = python_markdown.markdown(text, extensions=["tables", "fenced_code", "footnotes", "sane_lists"])
    tally.note("text under Python-Markdown", entry, good=reading(html).text == after.text)


def report(tally: Tally, parsing: float) -> None:
    """Prints the table."""
    print(f"{tally.entries} entries with a body")
    for figure, count in tally.same.items():
        print(f"  {figure:34} {100 * count / tally.entries:7.3f} %   {tally.entries - count} not")
        for name in tally.worst.get(figure, [])[:3] if count > tally.entries * 0.98 else []:
            print(f"      {name}")
    print("  what forced HTML:", dict(tally.html.most_common()))
    print("  rules:", dict(tally.rules.most_common()))
    total = parsing + sum(tally.seconds.values())
    print(f"  seconds: parse {parsing:.1f}", {name: round(value, 1) for name, value in tally.seconds.items()})
    print(f"  {tally.entries / total:.0f} entries a second on one core")
    print(f"  slowest {tally.slowest[0]:.3f} s {tally.slowest[1]}")


def suites(folder: Path) -> None:
    """Other converters' cases: HTML → Markdown → HTML must give the same, text and structure."""
    for name in ("turndown/cases.json", "turndown/gfm_cases.json", "markdownify/cases.json", "commonmark/spec.json"):
        path = folder / name
        if not path.exists():
            print(f"{name} is not there")
            continue
        cases = json.loads(path.read_bytes())
        good = 0
        for case in cases:
            clean = markup.clean(case["html"], base="https://example.org/").html
            good += reading(clean) == reading(markup.to_html(markup.to_markdown(clean)))
        print(f"{name}: {good} of {len(cases)}")


def main(folder: Path, suites_folder: Path | None) -> None:
    """All figures of one folder."""
    tally = Tally(Counter(), Counter(), Counter(), Counter(), {})
    found = {
        "second engine": second_engine(autolink=False),
        "the same, linking addresses": second_engine(autolink=True),
    }
    others = {name: other for name, other in found.items() if other}
    parsing, last = 0.0, time.process_time()
    for entry in entries(folder):
        parsing += time.process_time() - last
        try:
            measure(entry, tally, others)
        except Exception as error:  # a crash is a figure too
            tally.note("crashes", entry, good=False)
            print(f"CRASH {entry.feed}: {entry.title[:60]}: {error!r}")
        last = time.process_time()
    report(tally, parsing)
    if suites_folder:
        suites(suites_folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
