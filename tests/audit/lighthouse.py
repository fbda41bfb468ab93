"""The folder of a site → Lighthouse's four marks for its front page, a post and an author, and what took points.

Fetches `lighthouse` by npm into `.cache/audit/`, and needs Node.js and a Chromium. The site is served as a static host
would; what is elsewhere is blocked, which Lighthouse does not count. Exit status 1 where a mark is below 100.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from os import environ
from pathlib import Path
from typing import Any

from tests.audit.kinds import choose
from tests.audit.served import served
from tests.audit.tools import ARGUMENTS, MissingError, chromium, explain, package, program

WANTED = ("index.html", "posts/*.html", "authors/*/index.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> int:
    """Prints the marks of each page, and each audit that took points; 1 where a mark is below 100."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.lighthouse", description=__doc__.splitlines()[0])
    parser.add_argument("site", metavar="SITE", type=Path, help="the folder of a built site")
    parser.add_argument("--page", action="append", metavar="PATH", help="these pages instead")
    parser.add_argument("--desktop", action="store_true", help="as on a desk instead of on a phone")
    arguments = parser.parse_args()
    found = choose(arguments.site, 1)
    paths = arguments.page or [found[kind][0] for kind in WANTED if kind in found]
    perfect = True
    try:
        with served(arguments.site) as address:
            for path in paths:
                report = measure(address + path, desktop=arguments.desktop)
                marks = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
                perfect = perfect and min(marks.values()) == 100
                print(f"{path}: {', '.join(f'{name} {mark}' for name, mark in marks.items())}")
                for line in lost(report):
                    print(line)
    except MissingError as error:
        return explain(error)
    return int(not perfect)


def measure(url: str, *, desktop: bool) -> dict[str, Any]:
    """Lighthouse's report on the page there. Raises MissingError."""
    node = program("node", why="install Node.js to run Lighthouse")
    program_ = package("lighthouse") / "cli" / "index.js"
    flags = " ".join([*ARGUMENTS, "--headless=new"])
    home = "/".join(url.split("/")[:3])
    with tempfile.TemporaryDirectory(prefix="gitplanet-audit-") as folder:
        out = Path(folder) / "report.json"
        command = [node, str(program_), url, "--quiet", "--output=json", f"--output-path={out}"]
        command += [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
        command += ["--preset=desktop"] if desktop else []
        command += ["--blocked-url-patterns=https://*"] if home.startswith("http:") else []
        quiet = {"CHROME_PATH": chromium(), "LIGHTHOUSE_ERROR_REPORTING": "0"}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env={**environ, **quiet})
        if not out.is_file():
            raise MissingError(f"Lighthouse gave no report: {done.stderr[-500:]}")
        report: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return report


def lost(report: dict[str, Any]) -> Iterator[str]:
    """A line for each audit that took points from a category."""
    for category in CATEGORIES:
        for one in report["categories"][category]["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                told = f"{audit['title']} {audit.get('displayValue', '')}".strip()
                items = json.dumps(audit.get("details", {}).get("items", []))[:400]
                yield f"    {category}: {one['id']} {audit['score']}: {told} {items}"


if __name__ == "__main__":
    sys.exit(main())
