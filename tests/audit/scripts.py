"""Suites of payloads → how many run a script as raw pages, and how many in the pages that the planet makes of them.

The payloads go through everything: feeds on 127.0.0.1, `update`, `build`, a Chromium. A page is loaded, then every
element in it is clicked, focused and told of every event that it listens to. The planet's pages are seen with their
Content Security Policy and without it; an element in them that only could run something counts too. Exit status 1 where
one of them runs a script, or where the raw pages run too few for the harness to be trusted.

SUITES holds `dompurify/payloads.json`, `html5sec/payloads.json` and `loofah_html5lib_sanitizer/tests1.json`.
"""

import argparse
import asyncio
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Dialog, Error, async_playwright

from tests.audit import hostile
from tests.audit.kinds import pages
from tests.audit.served import served
from tests.audit.tools import ALONE, ARGUMENTS, MissingError, chromium, explain

ENOUGH = 100
"""Raw pages that must run their payload."""
_PATIENCE = 150
"""Milliseconds for what the events set off; a script that comes later is a script that ran on another page."""
_LONGEST = 15
"""Seconds for a page that does not let go of its tab."""
_PATIENCES = (1, 4, 9)
"""How much longer it may take at each try: a machine may be busy, and a page long."""
_TABS = 4
_EVERY = 4
"""With their policy, which only forbids more, one page in so many is seen."""
_TAME = re.compile(r"(authors|status)/r\d+/")
"""Pages of members whose payloads stand in their posts alone."""
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
        ['iframe', 'object', 'embed', 'base', 'style', 'template'].includes(one.localName)
        || one.closest('math') && !one.namespaceURI.endsWith('/MathML')
        || one.localName === 'form' && one.closest('article')
        || one.localName === 'script' && one.type !== 'application/ld+json'
            && new URL(one.src || 'a:b', location).host !== location.host;
    const risky = it => /^on|^style$|^srcdoc$/i.test(it.name)
        || /href|src|action|data/i.test(it.name) && /^[\\s\\0-\\x1f]*(javascript|vbscript|data:text)/i.test(it.value);
    return [...document.querySelectorAll('*')].flatMap(one => [
        ...(strange(one) ? [one.localName] : []),
        ...[...one.attributes].filter(risky).map(it => `${one.localName} ${it.name}`),
    ]).map(what => `could: ${what}`);
}"""


class _Tab:
    """A tab that goes from page to page and hears what runs there."""

    def __init__(self, browser: Browser, *, policy: bool, strict: bool) -> None:
        self._browser, self._policy, self._strict = browser, policy, strict
        self._context: BrowserContext | None = None
        self._said: list[str] = []

    def _hear(self, text: str) -> None:
        if text.startswith(_MARK):
            self._said.append(text.removeprefix(_MARK))

    async def _answer(self, dialog: Dialog) -> None:
        self._hear(f"{_MARK}{dialog.type}")
        await dialog.dismiss()

    async def look(self, address: str) -> list[str]:
        """What ran on that page, loaded and played with."""
        self._said = []
        for times in _PATIENCES if self._strict else _PATIENCES[:1]:
            try:
                async with asyncio.timeout(_LONGEST * times):
                    await self._play(address)
                    return self._said
            except (Error, TimeoutError):  # the payload led the tab elsewhere, or holds it
                await self.close()
        return self._said or (["it holds the tab"] if self._strict else [])

    async def _play(self, address: str) -> None:
        if self._context is None:
            self._context = await self._browser.new_context(bypass_csp=not self._policy)
            await self._context.add_init_script(_WATCH)
            self._context.on("console", lambda message: self._hear(message.text))
            self._context.on("dialog", self._answer)
        page = self._context.pages[0] if self._context.pages else await self._context.new_page()
        await page.goto(address)
        if self._strict:
            self._said += await page.evaluate(_COULD)
        for frame in page.frames:
            await frame.evaluate(_TRIGGER)
        await page.wait_for_timeout(_PATIENCE)
        if len(self._context.pages) > 1:
            await self.close()

    async def close(self) -> None:
        """Closes the tab, or leaves it where it cannot be closed."""
        context, self._context = self._context, None
        try:
            async with asyncio.timeout(_LONGEST):
                await context.close() if context else None
        except (Error, TimeoutError):
            pass


async def run(
    browser: Browser, address: str, paths: Sequence[str], *, policy: bool, strict: bool = True
) -> dict[str, list[str]]:
    """What ran on each page below the address on which something did; if strict, also what only could have."""
    left, found = list(reversed(paths)), {}

    async def work() -> None:
        tab = _Tab(browser, policy=policy, strict=strict)
        while left:
            path = left.pop()
            if said := await tab.look(address + path):
                found[path] = said
        await tab.close()

    await asyncio.gather(*(work() for _ in range(_TABS)))
    return found


def main() -> int:
    """Prints the figures and every page that ran something; 1 where one did, or the raw ones were too tame."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.scripts", description=__doc__.splitlines()[0])
    parser.add_argument("suites", metavar="SUITES", type=Path, help="a folder of suites of payloads")
    parser.add_argument("--most", type=int, metavar="N", help="only the first so many payloads")
    arguments = parser.parse_args()
    texts = hostile.payloads(arguments.suites)[: arguments.most]
    with tempfile.TemporaryDirectory(prefix="gitplanet-audit-") as folder:
        try:
            return asyncio.run(_measure(texts, Path(folder), chromium()))
        except MissingError as error:
            return explain(error)


async def _measure(texts: Sequence[str], folder: Path, path: str) -> int:
    names = hostile.write_raw(texts, folder / "raw")
    site, told = hostile.write_site(texts, folder)
    paths = [path for path in pages(site) if not _TAME.match(path)]
    print(told, flush=True)
    found: dict[str, list[str]] = {}
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, ALONE])
        with served(folder / "raw") as address:
            raw = {name.split("-")[0] for name in await run(opened, address, names, policy=True, strict=False)}
        print(f"{len(raw)} of {len(texts)} payloads run as raw pages", flush=True)
        with served(site) as address:
            for policy in (True, False):
                some = [path for number, path in enumerate(paths) if number % _EVERY == 0 or "/" not in path]
                seen = some if policy else paths
                ran = await run(opened, address, seen, policy=policy)
                how = "with" if policy else "without"
                print(f"{len(ran)} of {len(seen)} pages run one {how} their policy", flush=True)
                found.update(ran)
        await opened.close()
    for name, said in found.items():
        print(f"    {name}: {'; '.join(said[:3])}")
    return int(bool(found) or len(raw) < min(ENOUGH, len(texts) // 5))


if __name__ == "__main__":
    sys.exit(main())
