"""The folder of a site → what the Nu HTML checker says of every page, stylesheet and drawing in it, by message.

Fetches the checker (`vnu-jar`) by npm into `.cache/audit/`, and needs Java 17. What it says of the Content Security
Policy is left out: it reads files, for which 'self' is no host, and takes data for scripts. Exit status 1 where there
is an error.
"""

import argparse
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.audit.kinds import pages
from tests.audit.tools import MissingError, explain, package, program

_QUOTED = re.compile(r"“[^”]*”")
_PLACES = 3
_POLICY = "violates Content Security Policy"


def main() -> int:
    """Prints each message once, with how often it was said and where first; 1 where there is an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit.nu", description=__doc__.splitlines()[0])
    parser.add_argument("site", metavar="SITE", type=Path, help="the folder of a built site")
    parser.add_argument("--warnings", action="store_true", help="tell warnings too")
    arguments = parser.parse_args()
    try:
        messages = check(arguments.site)
    except MissingError as error:
        return explain(error)
    errors = [one for one in messages if one["type"] != "info"]
    said = messages if arguments.warnings else errors
    for line in grouped(said):
        print(line)
    wrong = len({one.get("url") for one in errors})
    print(
        f"{len(pages(arguments.site))} pages: {len(errors)} errors on {wrong}, {len(messages) - len(errors)} warnings"
    )
    return int(bool(errors))


def check(site: Path) -> list[dict[str, Any]]:
    """All messages of the checker on a folder, or a file. Raises MissingError."""
    java = program("java", why="install Java 17 to run the Nu HTML checker")
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    options = ["--stdout", "--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    options += ["--skip-non-html"] if site.is_dir() else []
    done = subprocess.run(
        [java, "-Xss64m", "-jar", str(jar), *options, str(site)], check=True, capture_output=True, text=True
    )
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [one for one in messages if _POLICY not in one.get("message", "")]


def grouped(messages: list[dict[str, Any]]) -> list[str]:
    """A line for each message, whatever it quotes, the most frequent first, and some places below it."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in messages:
        sort = one.get("subType", one["type"])
        groups[f"{sort}: {_QUOTED.sub('“…”', one.get('message', ''))}"].append(one)
    lines = []
    for text, ones in sorted(groups.items(), key=lambda group: -len(group[1])):
        lines.append(f"{len(ones)} × {text}")
        for one in ones[:_PLACES]:
            place = unquote(urlsplit(one.get("url", "")).path)
            lines.append(f"    {place}:{one.get('lastLine', '')} {one['message'][:200]!r} {one.get('extract', '')!r}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
