"""The folder of a site → pictures of pages of every kind: light, dark, and on a phone. They are to be looked at.

Needs a Chromium. A picture shows at most three screens of its page.
"""

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.audit.kinds import choose
from tests.audit.served import served
from tests.audit.tools import MissingError, browser, explain
from tests.audit.visits import visit

VIEWS = {"light": ("light", 1280, 900), "dark": ("dark", 1280, 900), "phone": ("light", 390, 844)}
_SCREENS = 3


def main() -> int:
    """Takes the pictures, and prints their names."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.screens", description=__doc__.splitlines()[0])
    parser.add_argument("site", metavar="SITE", type=Path, help="the folder of a built site")
    parser.add_argument("out", metavar="OUT", type=Path, help="a folder for the pictures")
    parser.add_argument("--each", type=int, default=1, metavar="N", help="pages of each kind (default: %(default)s)")
    parser.add_argument("--page", action="append", metavar="PATH", help="these pages instead")
    arguments = parser.parse_args()
    chosen = choose(arguments.site, arguments.each).values()
    paths = arguments.page or [path for some in chosen for path in some]
    try:
        with browser() as opened, served(arguments.site) as address:
            take(opened, address, paths, arguments.out)
    except MissingError as error:
        return explain(error)
    return 0


def take(browser: Browser, address: str, paths: list[str], out: Path) -> None:
    """A PNG in `out` for each page and view."""
    out.mkdir(parents=True, exist_ok=True)
    for view, (colours, width, height) in VIEWS.items():
        options = {"color_scheme": colours, "viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
        with visit(browser, address, **options) as seen:
            for path in paths:
                seen.page.goto(address + path)
                target = out / f"{re.sub(r'[^A-Za-z0-9.-]+', '-', path).removesuffix('.html')[-80:]}-{view}.png"
                tall = min(_SCREENS * height, seen.page.evaluate("document.documentElement.scrollHeight"))
                clip = {"x": 0, "y": 0, "width": width, "height": tall}
                seen.page.screenshot(path=target, full_page=True, clip=clip)
                print(target)


if __name__ == "__main__":
    sys.exit(main())
