"""A piece of HTML → what Chromium shows of it and knows of it, read by no parser of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Route

from tests.audit import tools

URL = "https://words.example/"
POLICY = "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'"
"""A page without scripts that loads nothing and cannot be sent elsewhere."""
LOOK = r"""htmls => htmls.map(html => {
    document.body.innerHTML = html;
    const all = selector => [...document.querySelectorAll(selector)];
    for (const one of all('details')) one.open = true;
    for (const one of all('object')) one.replaceWith(...one.childNodes);
    for (const one of all('sup')) one.before(' '), one.after(' ');
    const references = all('sup[id^="fnref-"]').map(one => one.textContent);
    const formulas = new Set(all('math').map(one => one.closest('.katex') ?? one));
    const scripts = all('script[type^="math/tex"]'), sources = [...all('annotation[encoding*=tex i]'), ...scripts];
    const seen = document.body.innerText;
    for (const one of formulas) one.style.display = 'none';
    const undrawn = document.body.innerText;
    const tex = sources.map(one => one.textContent), alternatives = all('img').map(one => one.alt);
    for (const one of all('script, style')) one.remove();
    const pieces = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) pieces.push(walker.currentNode.data);
    const whole = document.body.textContent;
    const texts = [seen, undrawn, references, tex, alternatives, pieces, whole];
    return [...texts.map(one => [one].flat().join('\n')), formulas.size];
})"""
"""Nothing can be loaded: of an object its fallback is seen, which a browser would show a moment later.

What stands higher is no part of the word before it.
"""


@dataclass(frozen=True, kw_only=True)
class View:
    """What a browser knows of a piece of HTML."""

    text: str
    """What is seen of it."""
    undrawn: str = ""
    """The same without the formulas that MathML draws."""
    references: str = ""
    """The numbers by which it refers to footnotes, in the form that our record has."""
    tex: str = ""
    """The TeX that formulas carry."""
    alternatives: str = ""
    """What stands for its pictures."""
    pieces: str = ""
    """Its text, whether it is seen or not, with a line for each piece between two tags."""
    whole: str = ""
    """The same as if there were no tags."""
    formulas: int = 0
    """How many formulas MathML draws."""


class Screen:
    """A page of a browser that shows one piece of HTML after the other."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def show(self, *pieces: str) -> list[View]:
        """What is seen of each."""
        return [_view(*found) for found in self._page.evaluate(LOOK, pieces)]


def _view(*found: Any) -> View:
    return View(**dict(zip(View.__dataclass_fields__, found, strict=True)))


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
