"""The folder of a site → what axe finds against WCAG 2.2 AA on pages of every kind: light and dark, wide and narrow.

Fetches `axe-core` by npm into `.cache/audit/`, and needs a Chromium. Everything folded is opened first. Exit status 1
where there is a violation.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.audit.kinds import choose
from tests.audit.served import served
from tests.audit.tools import MissingError, browser, explain, package
from tests.audit.visits import visit

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEWS = tuple((colours, width) for colours in ("light", "dark") for width in (1280, 390))
_RUN = """tags => axe.run(document, {
    runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}}, resultTypes: ['violations']
}).then(found => found.violations.flatMap(rule => rule.nodes.map(node => ({
    rule: rule.id, help: rule.help, html: node.html, why: node.failureSummary, target: node.target.join(' ')
}))))"""
_OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true })"
_PLACES = 3


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One element that breaks one rule in one view."""

    page: str
    view: str
    rule: str
    html: str
    why: str


def main() -> int:
    """Prints the violations by rule; 1 where there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.axe", description=__doc__.splitlines()[0])
    parser.add_argument("site", metavar="SITE", type=Path, help="the folder of a built site")
    parser.add_argument("--each", type=int, default=3, metavar="N", help="pages of each kind (default: %(default)s)")
    parser.add_argument("--best", action="store_true", help="axe's best practices too")
    arguments = parser.parse_args()
    chosen = choose(arguments.site, arguments.each)
    paths = [path for some in chosen.values() for path in some]
    try:
        script = source()
        with browser() as opened, served(arguments.site) as address:
            found = list(check(opened, script, address, paths, [*TAGS, *(["best-practice"] * arguments.best)]))
    except MissingError as error:
        return explain(error)
    for line in grouped(found):
        print(line)
    print(f"{len(paths)} pages of {len(chosen)} kinds in {len(VIEWS)} views: {len(found)} violations")
    return int(bool(found))


def source() -> str:
    """The text of axe. Raises MissingError."""
    return (package("axe-core") / "axe.min.js").read_text("utf-8")


def check(
    browser: Browser, script: str, address: str, paths: Sequence[str], tags: list[str] = TAGS
) -> Iterator[Violation]:
    """Every violation on these pages below the address, in all views."""
    for colours, width in VIEWS:
        view: dict[str, Any] = {"color_scheme": colours, "viewport": {"width": width, "height": 900}}
        with visit(browser, address, reduced_motion="reduce", **view) as seen:
            for path in paths:
                seen.page.goto(address + path)
                seen.page.evaluate(_OPEN)
                seen.page.evaluate(script)
                for one in seen.page.evaluate(_RUN, tags):
                    yield _violation(path, f"{colours} {width}", one)


def _violation(path: str, view: str, one: dict[str, Any]) -> Violation:
    return Violation(page=path, view=view, rule=f"{one['rule']}: {one['help']}", html=one["html"], why=one["why"])


def grouped(violations: Iterable[Violation]) -> list[str]:
    """A line for each rule, and some places below it."""
    groups: dict[str, list[Violation]] = defaultdict(list)
    for one in violations:
        groups[one.rule].append(one)
    lines = []
    for rule, ones in groups.items():
        lines.append(f"{len(ones)} × {rule}")
        for one in ones[:_PLACES]:
            lines.append(f"    {one.page} ({one.view}): {one.html[:160]}")
            lines.append(f"        {' '.join(one.why.split())[:300]}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
