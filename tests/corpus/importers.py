"""Other planets' lists → a table of what `gitplanet import` carried over: python -m tests.corpus.importers CORPUS
[--lost]

Each list is imported into a planet of its own, which then has to be right. `--lost` prints what was lost of each.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from generator import config
from generator.errors import PlanetError
from generator.setup.importers import Source, bring


def lists(corpus: Path) -> Iterator[Path]:
    """The lists that the corpus has: planets', listparser's and Venus' own test data."""
    suites = corpus / "suites"
    yield from (p for p in sorted(suites.glob("planet_lists/*")) if p.is_file() and p.suffix != ".json")
    yield from sorted(suites.glob("listparser/tests/files/**/*.xml"))
    venus = suites / "venus/tests/data"
    yield from sorted(p for p in venus.rglob("*") if p.suffix in (".ini", ".foaf", ".csv") or p.name == "opml.xml")


def expected(path: Path) -> str:
    """How many feeds somebody else found in the list."""
    norm = path.with_name(path.name + ".norm.json")
    return str(len({feed["url"] for feed in json.loads(norm.read_text("utf-8"))})) if norm.is_file() else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--lost", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.corpus / "suites").is_dir():
        parser.error(f"{arguments.corpus} has no suites/")
    crashes = refused = 0
    print(f"{'list':70} {'shape':24} {'theirs':>6} {'feeds':>6} {'authors':>7} {'paused':>6} {'lost':>5} {'s':>5}")
    for path in lists(arguments.corpus):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                told = list(bring(Path(folder), [Source(path=path)]))
                planet = config.load(Path(folder))
            except PlanetError as error:
                refused += 1
                print(f"{path.name[:70]:70} refused: {str(error)[:160]}")
                continue
            except Exception as error:
                crashes += 1
                print(f"{path.name[:70]:70} CRASH {error!r}")
                continue
        feeds = sum(len(author.feeds) for author in planet.authors)
        paused = sum(author.status == "paused" for author in planet.authors)
        start = told.index("could not be carried over:") if "could not be carried over:" in told else len(told)
        shape = told[0].rpartition(": ")[2].partition(",")[0]
        print(
            f"{path.name[:70]:70} {shape:24} {expected(path):>6} {feeds:6} {len(planet.authors):7} {paused:6}"
            f" {max(0, len(told) - start - 1):5} {time.monotonic() - began:5.1f}"
        )
        if arguments.lost:
            print("\n".join(f"    {line[:300]}" for line in told[start + 1 :]))
    print(f"{crashes} crashes, {refused} refused")
    return 1 if crashes else 0


if __name__ == "__main__":
    raise SystemExit(main())
