"""A page's address → the page open in a browser, with all that it said and asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><path fill="#999" d="M0 0h320v200H0"/></svg>'
)


@dataclass(kw_only=True)
class Visit:
    """A page that is open."""

    page: Page
    said: list[str] = field(default_factory=list)
    """Messages of the console, errors and dialogs."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """What the page fetched from elsewhere: the kind of thing, and its address."""


@contextmanager
def visit(browser: Browser, address: str, **context: Any) -> Iterator[Visit]:
    """The page at that address. Nothing leaves this machine: for other hosts a grey picture answers."""
    home = urlsplit(address).netloc
    opened = browser.new_context(**context)
    try:
        seen = Visit(page=opened.new_page())

        def answer(route: Route) -> None:
            seen.asked.append((route.request.resource_type, route.request.url))
            route.fulfill(status=200, content_type="image/svg+xml", body=_PICTURE)

        seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
        seen.page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
        seen.page.on("dialog", lambda dialog: (seen.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        opened.route(lambda url: urlsplit(url).netloc != home and not url.startswith(("data:", "about:")), answer)
        seen.page.goto(address)
        yield seen
    finally:
        opened.close()
