"""The folder of a site → what its pages weigh, whom they ask, and what they say to the console.

Gzipped bytes of each front page with its stylesheet and scripts (at most 100 KB), of the stylesheet (12 KB) and the
script (6 KB) alone; what pages of every kind fetch from elsewhere but pictures that stand in a post; and every message
of the console. Needs a Chromium. Exit status 1 where a limit is broken.
"""

import argparse
import gzip
import sys
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.audit.kinds import choose, pages
from tests.audit.served import served
from tests.audit.tools import MissingError, browser, explain
from tests.audit.visits import visit

LIMITS = {".css": 12_000, ".js": 6_000}
FRONT = 100_000


def main() -> int:
    """Prints the weights and what is wrong; 1 where something is."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.weight", description=__doc__.splitlines()[0])
    parser.add_argument("site", metavar="SITE", type=Path, help="the folder of a built site")
    parser.add_argument("--each", type=int, default=3, metavar="N", help="pages of each kind (default: %(default)s)")
    arguments = parser.parse_args()
    faults = [*fronts(arguments.site), *alone(arguments.site)]
    paths = [path for some in choose(arguments.site, arguments.each).values() for path in some]
    try:
        with browser() as opened, served(arguments.site) as address:
            faults += listen(opened, address, paths)
    except MissingError as error:
        return explain(error)
    print(*faults, f"{len(paths)} pages visited: {len(faults)} faults", sep="\n")
    return int(bool(faults))


class _Needs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" in told:
            self.files.append(told["src"])
        if tag == "link" and "stylesheet" in told.get("rel", "").split():
            self.files.append(told["href"])


def fronts(site: Path) -> Iterator[str]:
    """A line for each front page that is too heavy; prints the weights."""
    for path in pages(site):
        if path.count("/") > 1 or not path.endswith("index.html") or not (site / path).with_name("atom.xml").is_file():
            continue
        needs = _Needs()
        needs.feed((site / path).read_text("utf-8"))
        files = [site / path, *((site / path).parent / urlsplit(one).path for one in needs.files)]
        sizes = {file.name: _packed(file) for file in files}
        print(f"{path}: {sum(sizes.values())} bytes gzipped ({', '.join(f'{k} {v}' for k, v in sizes.items())})")
        if sum(sizes.values()) > FRONT:
            yield f"{path} weighs {sum(sizes.values())} bytes, more than {FRONT}"


def alone(site: Path) -> Iterator[str]:
    """A line for each stylesheet and script at the site's root that is too heavy; prints the weights."""
    for ending, most in LIMITS.items():
        for path in sorted(site.glob(f"*{ending}")):
            print(f"{path.name}: {_packed(path)} bytes gzipped")
            if _packed(path) > most:
                yield f"{path.name} weighs {_packed(path)} bytes, more than {most}"


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def listen(browser: Browser, address: str, paths: Sequence[str]) -> Iterator[str]:
    """A line for each message of the console, and each thing from elsewhere that is no picture of a post."""
    pictures: set[str] = set()  # of the page before, too: it may ask for one while it is left
    with visit(browser, address) as seen:
        for path in paths:
            seen.said.clear()
            seen.asked.clear()
            seen.page.goto(address + path)
            pictures |= set(seen.page.evaluate("[...document.querySelectorAll('.text img')].map(one => one.src)"))
            yield from (f"{path} says {line}" for line in seen.said if "404 (Not Found)" not in line)
            yield from (f"{path} fetches {url} ({kind})" for kind, url in seen.asked if url not in pictures)


if __name__ == "__main__":
    sys.exit(main())
