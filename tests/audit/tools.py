"""The name of a tool → where it lies on this machine, or a plain word on what is missing.

Packages of npm are named by exact version and fetched into `.cache/audit/` when they are first asked for; npm compares
what it fetched with the integrity that its registry tells.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parents[2] / ".cache" / "audit"
VERSIONS = {"vnu-jar": "26.9.27", "axe-core": "4.14.1", "lighthouse": "12.8.2"}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that asks nobody for anything that no page asked for."""
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""One for which there is no other host than this one."""


class MissingError(Exception):
    """A tool is not there; its words say what to install."""


def program(*names: str, why: str) -> str:
    """The first of these programs that is on PATH. Raises MissingError."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise MissingError(f"{' or '.join(names)} is not on PATH: {why}")


def chromium() -> str:
    """The path of a Chromium. Raises MissingError."""
    return program("chromium", "chromium-browser", "google-chrome", why="install a Chromium to run this")


def have(name: str) -> Path | None:
    """The folder of a package of npm, if that version was fetched before."""
    folder = HERE / "node_modules" / name
    manifest = folder / "package.json"
    return folder if manifest.is_file() and f'"version": "{VERSIONS[name]}"' in manifest.read_text("utf-8") else None


def package(name: str) -> Path:
    """The folder of a package of npm, fetched where it is not there. Raises MissingError."""
    if found := have(name):
        return found
    npm = program("npm", why=f"install Node.js, with which {name} {VERSIONS[name]} is fetched")
    wanted = [f"{one}@{version}" for one, version in VERSIONS.items() if one == name or have(one)]
    quiet = ["--silent", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    HERE.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([npm, "install", *quiet, "--prefix", str(HERE), *wanted], check=False)
    if done.returncode or not (found := have(name)):
        raise MissingError(f"npm could not fetch {name} {VERSIONS[name]}: is its registry within reach?")
    return found


@contextmanager
def browser(*arguments: str) -> Iterator[Browser]:
    """A Chromium that is open, with further arguments. Raises MissingError."""
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *arguments])
        try:
            yield opened
        finally:
            opened.close()


def explain(error: MissingError) -> int:
    """Says what is missing; 2, as for a wrong command line."""
    print(error, file=sys.stderr)
    return 2
