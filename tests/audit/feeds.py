"""The folder of a site → what is wrong with its feeds, in the rules that the W3C's feed validator knows.

Atom 1.0 with paging, RSS 2.0, RSS 1.0, JSON Feed 1.1, OPML 2.0, OpenSearch and sitemaps are read; other XML must be
well-formed. The rules are of our own writing, as that validator is no package of Python 3: `--suite` says how far they
agree with its own test cases, which it takes from a folder with `expectations.json`. Exit status 1 where there is an
error.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from tests.audit import feed_atom, feed_other, feed_rss
from tests.audit.feed_words import Fault, error

_ROOTS: dict[str, tuple[str, Callable[[Element], Iterator[Fault]]]] = {
    f"{feed_atom.ATOM}feed": ("Atom", feed_atom.check),
    f"{feed_atom.ATOM}entry": ("Atom", feed_atom.check),
    "rss": ("RSS 2.0", feed_rss.check_2),
    f"{feed_rss.RDF}RDF": ("RSS 1.0", feed_rss.check_1),
    "opml": ("OPML", feed_other.check_opml),
    f"{feed_other.OPENSEARCH}OpenSearchDescription": ("OpenSearch", feed_other.check_search),
    f"{feed_other.SITEMAP}urlset": ("sitemap", feed_other.check_sitemap),
    f"{feed_other.SITEMAP}sitemapindex": ("sitemap", feed_other.check_sitemap),
}
_PLACES = 3
_COMMON = ("to itself", "without a guid")
"""What is wrong with nearly all of the validator's own test cases, whatever they are about."""


def main() -> int:
    """Prints the faults by their words; 1 where there is an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.feeds", description=__doc__.splitlines()[0])
    parser.add_argument("site", metavar="SITE", type=Path, help="the folder of a built site, or of test cases")
    parser.add_argument("--suite", action="store_true", help="SITE holds the W3C feed validator's own test cases")
    arguments = parser.parse_args()
    return _agree(arguments.site) if arguments.suite else _check(arguments.site)


def check(path: Path) -> tuple[str, list[Fault]]:
    """What kind of file it is, and its faults; an empty kind for what is no feed."""
    content = path.read_bytes()
    if path.suffix == ".json":
        return _check_json(content)
    try:
        root = fromstring(content)
    except (ParseError, ValueError, LookupError) as fault:
        return "XML", [error(f"not well-formed: {fault}")]
    if root.tag == f"{feed_rss.RDF}RDF" and root.find(f"{feed_rss.RSS1}channel") is None and path.name != "rss10.xml":
        return "RDF", []
    kind, rules = _ROOTS.get(root.tag, ("XML", lambda _: iter(())))
    return kind, list(rules(root))


def _check_json(content: bytes) -> tuple[str, list[Fault]]:
    try:
        told: Any = json.loads(content)
    except ValueError as fault:
        return "JSON", [error(f"no JSON: {fault}")]
    if isinstance(told, dict) and "version" in told and "items" in told:
        return "JSON Feed", list(feed_other.check_json(told))
    return "JSON", []


def feeds(site: Path) -> list[Path]:
    """All files that may be feeds."""
    return sorted(path for ending in ("xml", "opml", "json", "rdf") for path in site.rglob(f"*.{ending}"))


def _check(site: Path) -> int:
    groups: dict[str, list[str]] = defaultdict(list)
    kinds: Counter[str] = Counter()
    errors = 0
    for path in feeds(site):
        kind, faults = check(path)
        kinds[kind] += 1
        errors += sum(not fault.warning for fault in faults)
        for fault in faults:
            sort = "warning" if fault.warning else "error"
            groups[f"{sort}: {kind}: {fault.words.split(': ')[0]}"].append(
                f"    {path.relative_to(site)} {fault.place}: {fault.words}"
            )
    for words, places in sorted(groups.items(), key=lambda group: -len(group[1])):
        print(f"{len(places)} × {words}", *places[:_PLACES], sep="\n")
    warnings = sum(map(len, groups.values())) - errors
    print(", ".join(f"{count} {kind}" for kind, count in kinds.items()), f"files: {errors} errors, {warnings} warnings")
    return int(bool(errors))


def _agree(suite: Path) -> int:
    """Prints, by folder of cases, how many faulty ones are found faulty, and how many clean ones without error."""
    cases = json.loads((suite / "expectations.json").read_text("utf-8"))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        folder, expected = case["file"].split("/")[1], case["expect"]
        kind, faults = check(suite / case["file"])
        faults = [one for one in faults if not one.words.endswith(_COMMON) or expected.startswith("Missing")]
        if (kind == "XML" and not faults) or folder not in ("atom", "rss", "rss20", "opml", "opensearch"):
            continue
        if expected.startswith("!Error"):
            found[folder]["clean"] += 1
            found[folder]["agreed"] += not [fault for fault in faults if not fault.warning]
            if [fault for fault in faults if not fault.warning]:
                print(f"    {case['file']}: {faults[0].words}")
        elif not expected.startswith(("!", "Valid")):
            found[folder]["faulty"] += 1
            found[folder]["found"] += bool(faults)
            found[folder][f"missed {expected.split('{')[0]}"] += not faults
    for folder, counts in found.items():
        missed = ", ".join(f"{name.split()[1]} {n}" for name, n in counts.most_common() if name[0] == "m" and n)
        print(
            f"{folder}: {counts['found']} of {counts['faulty']} faulty cases found, {counts['agreed']} of "
            f"{counts['clean']} clean ones without error; missed: {missed or 'none'}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
