"""Suites of payloads → how many run a script as raw pages, and how many in the pages that the planet makes of them.

The payloads go through everything: feeds on 127.0.0.1, `update`, `build`, a Chromium. A page is loaded, then every
element in it is clicked, focused and told of every event that it listens to. The planet's pages are seen with their
Content Security Policy and without it; an element in them that only could run something counts too. Exit status 1 where
one of them runs a script, or where the raw pages run too few for the harness to be trusted.

SUITES holds `dompurify/payloads.json`, `html5sec/payloads.json` and `loofah_html5lib_sanitizer/tests1.json`.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.audit import hostile
from tests.audit.kinds import pages
from tests.audit.served import served
from tests.audit.tools import ALONE, MissingError, browser, explain

ENOUGH = 100
"""Raw pages that must run their payload."""
_PATIENCE = 40
"""Milliseconds for what the events set off; a script that comes later is a script that ran on another page."""
_MARK = "RAN "
_WATCH = """(() => {
    const tell = what => console.debug('RAN ' + what);
    for (const name of ['alert', 'confirm', 'prompt', 'print']) {
        window[name] = (...words) => { tell(name + ' ' + words.map(String).join(' ').slice(0, 60)); };
    }
    document.addEventListener('securitypolicyviolation', one => {
        if (/^script/.test(one.effectiveDirective)) tell('but for the policy: ' + one.effectiveDirective);
    });
})()"""
_TRIGGER = """() => setTimeout(() => {
    const runs = address => /^[\\s\\0-\\x1f]*(javascript|data|vbscript):/i.test(address || '');
    const address = one => one && (one.getAttribute('href') ?? one.getAttribute('xlink:href') ?? '');
    addEventListener('click', event => {
        const link = event.target.closest && event.target.closest('a, area');
        if (link && !runs(address(link))) event.preventDefault();
    }, true);
    addEventListener('submit', event => {
        const button = event.submitter;
        const action = (button && button.getAttribute('formaction')) || event.target.getAttribute('action');
        if (!runs(action)) event.preventDefault();
    }, true);
    const common = ['mouseover', 'mouseenter', 'mousedown', 'mouseup', 'keydown', 'input', 'change', 'toggle',
                    'animationstart', 'animationend', 'transitionend', 'pointerover', 'scroll', 'wheel', 'error',
                    'load'];
    for (const one of [...document.querySelectorAll('*')]) {
        const own = [...one.attributes].map(it => it.name).filter(name => /^on/i.test(name)).map(name => name.slice(2));
        try { one.focus && one.focus(); one.blur && one.blur(); } catch {}
        for (const name of new Set([...common, ...own])) {
            try { one.dispatchEvent(new Event(name, {bubbles: false, cancelable: true})); } catch {}
        }
        try { one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})); } catch {}
        try { if (one.tagName === 'DETAILS') one.open = !one.open; } catch {}
    }
}) && undefined"""
_COULD = """() => {
    const strange = one =>
        ['iframe', 'object', 'embed', 'base', 'math', 'style', 'template'].includes(one.localName)
        || one.localName === 'form' && one.closest('article')
        || one.localName === 'script' && new URL(one.src || 'a:b', location).host !== location.host;
    const risky = it => /^on|^style$|^srcdoc$/i.test(it.name)
        || /href|src|action|data/i.test(it.name) && /^[\\s\\0-\\x1f]*(javascript|vbscript|data:text)/i.test(it.value);
    return [...document.querySelectorAll('*')].flatMap(one => [
        ...(strange(one) ? [one.localName] : []),
        ...[...one.attributes].filter(risky).map(it => `${one.localName} ${it.name}`),
    ]).map(what => `could: ${what}`);
}"""


class Watch:
    """A tab that goes from page to page and says what ran there."""

    def __init__(self, browser: Browser, *, policy: bool, strict: bool) -> None:
        self._strict = strict
        self._context: BrowserContext = browser.new_context(bypass_csp=not policy)
        self._context.add_init_script(_WATCH)
        self._context.on("console", lambda message: self._hear(message.text))
        self._context.on("dialog", lambda dialog: (self._hear(f"{_MARK}{dialog.type}"), dialog.dismiss()))
        self._said: list[str] = []
        self._page: Page | None = None

    def _hear(self, text: str) -> None:
        if text.startswith(_MARK):
            self._said.append(text.removeprefix(_MARK))

    def look(self, address: str) -> list[str]:
        """What ran on that page, loaded and played with."""
        self._said = []
        if self._page is None or self._page.is_closed():
            self._page = self._context.new_page()
            self._page.set_default_timeout(5000)
        try:
            self._page.goto(address)
            if self._strict:
                self._said += self._page.evaluate(_COULD)
            for frame in self._page.frames:
                frame.evaluate(_TRIGGER)
            self._page.wait_for_timeout(_PATIENCE)
        except Error:  # the payload led the tab elsewhere, or holds it
            self._renew()
        if len(self._context.pages) > 1:
            self._renew()
        return self._said

    def _renew(self) -> None:
        for page in self._context.pages:
            page.close()
        self._page = None

    def close(self) -> None:
        """Closes the tab."""
        self._context.close()


def run(
    browser: Browser, address: str, paths: Sequence[str], *, policy: bool, strict: bool = True
) -> dict[str, list[str]]:
    """What ran on each page below the address on which something did; if strict, also what only could have."""
    watch = Watch(browser, policy=policy, strict=strict)
    try:
        return {path: said for path in paths if (said := watch.look(address + path))}
    finally:
        watch.close()


def main() -> int:
    """Prints the figures and every page that ran something; 1 where one did, or the raw ones were too tame."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.scripts", description=__doc__.splitlines()[0])
    parser.add_argument("suites", metavar="SUITES", type=Path, help="a folder of suites of payloads")
    parser.add_argument("--most", type=int, metavar="N", help="only the first so many payloads")
    arguments = parser.parse_args()
    texts = hostile.payloads(arguments.suites)[: arguments.most]
    try:
        with browser(ALONE) as opened, tempfile.TemporaryDirectory(prefix="gitplanet-audit-") as folder:
            return _measure(opened, texts, Path(folder))
    except MissingError as error:
        return explain(error)


def _measure(opened: Browser, texts: Sequence[str], folder: Path) -> int:
    names = hostile.write_raw(texts, folder / "raw")
    with served(folder / "raw") as address:
        raw = run(opened, address, names, policy=True, strict=False)
    print(f"{len(raw)} of {len(texts)} payloads run as raw pages", flush=True)
    site, told = hostile.write_site(texts, folder)
    print(told, flush=True)
    paths = pages(site)
    found = {}
    with served(site) as address:
        for policy in (True, False):
            ran = run(opened, address, paths, policy=policy)
            print(
                f"{len(ran)} of {len(paths)} pages run one {'with' if policy else 'without'} their policy", flush=True
            )
            found.update(ran)
    for path, said in found.items():
        print(f"    {path}: {'; '.join(said[:3])}")
    return int(bool(found) or len(raw) < min(ENOUGH, len(texts) // 3))


if __name__ == "__main__":
    sys.exit(main())
