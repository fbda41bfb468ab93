"""A built site → whether every file parses, every link within it leads somewhere.

usage: python -m tests.audit.links DIR
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from xml.parsers import expat


class _Page(HTMLParser):
    """The links and ids of a page; raises ValueError where an end tag closes nothing."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
    OPTIONAL = frozenset("p li dt dd td th tr thead tbody tfoot option colgroup rt rp html head body".split())

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.links |= {told[name] for name in ("href", "src") if name in told}
        self.ids.update([told["id"]] if "id" in told else [])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in self.OPTIONAL:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing")


def faults(site: Path) -> Iterator[str]:
    """A line for each file that does not parse, each doubled id, and each link within the site that leads nowhere."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages: dict[str, _Page] = {}
    for name in sorted(files):
        content = (site / name).read_bytes()
        try:
            match Path(name).suffix:
                case ".xml" | ".svg":
                    expat.ParserCreate().Parse(content, True)
                case ".json":
                    json.loads(content)
                case ".html":
                    pages[name] = _parsed(content.decode("utf-8"))
        except (ValueError, expat.ExpatError) as error:
            yield f"{name}: {error}"
    for name, page in pages.items():
        yield from (
            f"{name}: the id {id_!r} stands there {count} times" for id_, count in page.ids.items() if count > 1
        )
        for link in page.links:
            file, mark = _target(name, link)
            if file not in files or (mark and file in pages and mark not in pages[file].ids):
                yield f"{name}: {link} leads nowhere"


def lost(site: Path) -> set[str]:
    """The pages that a reader cannot come to from the front page by links alone.

    Those of withdrawn posts are meant to be: their addresses tell what nobody is to read. So are those that stand
    where planets had their pages once.
    """
    pages = {path.relative_to(site).as_posix(): _parsed(path.read_text("utf-8")) for path in site.rglob("*.html")}
    found, fresh = {"index.html", "404.html"}, ["index.html"]
    while fresh:
        name = fresh.pop()
        new = {_target(name, link)[0] for link in pages[name].links} & set(pages) - found
        found |= new
        fresh += new
    return set(pages) - found


def _parsed(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    return page


def _target(name: str, link: str) -> tuple[str, str]:
    """The file that a link on the page `name` leads to, and the id in it; the page itself for what is elsewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return name, ""
    path = normpath(str(Path("/", name).parent / unquote(parts.path))).lstrip("/") if parts.path else name
    return f"{path}/index.html".lstrip("/") if not path or parts.path.endswith("/") else path, unquote(parts.fragment)


def main(site: Path) -> int:
    """Prints the faults and a line of counts; 1 where there are faults."""
    kinds = Counter(path.suffix for path in site.rglob("*") if path.is_file())
    found = list(faults(site))
    print("\n".join(found), end="\n" if found else "")
    print(f"{len(lost(site))} pages to which no link leads")
    print(
        ", ".join(f"{number} {kind or 'other'}" for kind, number in kinds.most_common()), f"files; {len(found)} faults"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if len(sys.argv) == 2 else __doc__)
