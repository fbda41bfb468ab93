"""Rows → tables in Markdown, with the machine and the command that made them, printed and kept in a file."""

import os
import platform
import re
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

ORDER = ("Builds", "Hourly run", "Growth")
HEAD = """# Results

What the benches of this folder found. Each section is written whole by the command that it names, and can be made again
with it. CPU is the time of all processes together, in user and system mode. Memory is the most that all processes of a
run held at once, what they share counted once (PSS, looked at twice a second; of one process alone what is resident).
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column is text, all others are numbers."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def times(one: float, other: float) -> str:
    """One in terms of the other."""
    return f"{one / other:.2f} ×" if other else ""


def machine() -> str:
    """What it was measured on, and how busy that was before; to be asked before."""
    cpu = re.search(r"model name\s*: (.*)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+) kB", _read("/proc/meminfo"))
    git = subprocess.run(["git", "--version"], check=True, capture_output=True, text=True).stdout.split()[2]
    return (
        f"{os.cpu_count()} cores ({cpu[1] if cpu else platform.machine()}), "
        f"{int(memory[1]) / 1024**2 if memory else 0:.0f} GiB of memory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, git {git}; load before: {os.getloadavg()[0]:.1f}"
    )


def command(name: str) -> str:
    """The one that is running, as a person would type it again."""
    return " ".join(["python", "-m", f"tests.bench.{name}", *sys.argv[1:]])


def add_markdown(parser: ArgumentParser) -> None:
    """The option that keeps the results."""
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the results there, too, as a section")


def tell(title: str, text: str, file: Path | None) -> None:
    """Prints a section, and replaces the one of that title in the file; its other sections stay."""
    print(f"\n## {title}\n\n{text.strip()}")
    if file is None:
        return
    before = file.read_text("utf-8") if file.exists() else ""
    parts = re.split(r"^## (.*)\n", before, flags=re.MULTILINE)[1:]
    sections = dict(zip(parts[::2], parts[1::2], strict=True)) | {title: text}
    ordered = [name for name in ORDER if name in sections]
    file.write_text(HEAD + "".join(f"\n## {name}\n\n{sections[name].strip()}\n" for name in ordered), "utf-8")


def _read(path: str) -> str:
    return Path(path).read_text("utf-8") if Path(path).exists() else ""
