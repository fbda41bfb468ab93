"""The folder of a site → whether pages of every kind can be used by keyboard alone, and read without JavaScript.

Tab goes through each page: it must reach every link, control and scrolling box once, in the order of the text, never
lose itself, and show where it is; the first key leads past the header. Without JavaScript a page must show its heading
and text and lack nothing that the others link to. Needs a Chromium. Exit status 1 where something fails.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.audit.kinds import choose
from tests.audit.served import served
from tests.audit.tools import MissingError, browser, explain
from tests.audit.visits import visit

MOST = 400
"""Presses of Tab on one page."""
_WANTED = """() => {
    const shown = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0;
    const box = one => one !== document.documentElement && one !== document.body
        && /auto|scroll/.test(getComputedStyle(one).overflowX + getComputedStyle(one).overflowY)
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    const names = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], '
        + 'audio[controls], video[controls]';
    const control = one => one.matches(names) && !one.disabled && one.tabIndex >= 0;
    const all = [...document.querySelectorAll('body *')].filter(one => shown(one) && (control(one) || box(one)));
    const radios = new Set();
    window.wanted = all.filter(one => {
        if (one.type !== 'radio') return true;
        const known = radios.has(one.name);
        radios.add(one.name);
        return !known;
    });
    return window.wanted.length;
}"""
_HERE = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const ring = parseFloat(style.outlineWidth) >= 1 && style.outlineStyle !== 'none';
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const top = document.elementFromPoint(
        Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width / 2, 20))),
        Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height / 2, 10))));
    return {
        number: window.wanted.indexOf(one), ring: ring || style.boxShadow !== 'none', inside,
        covered: inside && top !== null && !(one.contains(top) || top.contains(one)),
        html: one.outerHTML.slice(0, 120),
    };
}"""
_TOP = """() => {
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
}"""
_NAME = "number => window.wanted[number].outerHTML.slice(0, 120)"


def main() -> int:
    """Prints what fails, by what it is; 1 where something does."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.keyboard", description=__doc__.splitlines()[0])
    parser.add_argument("site", metavar="SITE", type=Path, help="the folder of a built site")
    parser.add_argument("--each", type=int, default=1, metavar="N", help="pages of each kind (default: %(default)s)")
    arguments = parser.parse_args()
    chosen = choose(arguments.site, arguments.each)
    paths = [path for some in chosen.values() for path in some]
    try:
        with browser() as opened, served(arguments.site) as address:
            faults = [*walk(opened, address, paths), *plain(opened, address, paths)]
    except MissingError as error:
        return explain(error)
    for line in _grouped(faults):
        print(line)
    print(f"{len(paths)} pages of {len(chosen)} kinds: {len(faults)} faults")
    return int(bool(faults))


def walk(
    browser: Browser, address: str, paths: Sequence[str], widths: Sequence[int] = (1280, 390)
) -> Iterator[tuple[str, str]]:
    """What fails on each page when Tab is pressed again and again: what it is, and where."""
    for width in widths:
        with visit(browser, address, viewport={"width": width, "height": 800}, reduced_motion="reduce") as seen:
            for path in paths:
                seen.page.goto(address + path)
                yield from ((what, f"{path} ({width}): {where}") for what, where in _tabs(seen.page))


def _tabs(page: Page) -> Iterator[tuple[str, str]]:
    many = page.evaluate(_WANTED)
    page.evaluate(_TOP)  # a page may have put the focus into its field
    met: list[int] = []
    for press in range(min(many + 1, MOST)):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None or (met and here["number"] == met[0]):  # past the end
            break
        if press == 0:
            yield from _skips(page, here["html"])
        met.append(here["number"])
        if here["number"] < 0:
            yield "focus on what is no control", here["html"]
        if not here["ring"]:
            yield "nothing shows the focus", here["html"]
        if not here["inside"] or here["covered"]:
            yield "the focus is out of sight", here["html"]
    known = [number for number in met if number >= 0]
    if known != sorted(known):
        yield "another order than that of the text", str(known)[:100]
    if many <= MOST:
        yield from (("not reached", page.evaluate(_NAME, number)) for number in sorted(set(range(many)) - set(met)))


def _skips(page: Page, html: str) -> Iterator[tuple[str, str]]:
    target = page.evaluate("document.activeElement.getAttribute('href') || ''")
    if not target.startswith("#") or page.locator(f"main{target}, main {target}").count() != 1:
        yield "the first key does not lead past the header", html


def plain(browser: Browser, address: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is missing on each page without JavaScript: what it is, and where."""
    with visit(browser, address, java_script_enabled=False) as seen:
        for path in paths:
            seen.page.goto(address + path)
            if seen.page.locator("h1:visible").count() != 1:
                yield "not one heading without JavaScript", path
            if len(seen.page.locator("main").inner_text().split()) < 2:
                yield "no text without JavaScript", path
            for line in seen.said:
                yield "a message without JavaScript", f"{path}: {line}"
            seen.said.clear()


def _grouped(faults: Iterable[tuple[str, str]]) -> list[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for what, where in faults:
        groups[what].append(where)
    return [
        line for what, ones in groups.items() for line in (f"{len(ones)} × {what}", *(f"    {o}" for o in ones[:5]))
    ]


if __name__ == "__main__":
    sys.exit(main())
