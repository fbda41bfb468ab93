"""A judge of bytes and a few seeds → a coverage-guided search for bytes that the judge does not bear, by atheris.

atheris is no dependency of the project: `pip install atheris` beside it, on Linux, for as long as you hunt.
"""

import argparse
import hashlib
import importlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

SECONDS = 1.0
"""What one input may take, of this process' processor time."""
MEGABYTES = 300
"""How much the process may grow above its start, whatever it reads."""

Judge = Callable[[bytes], None]
"""Raises where it meets something that must not be."""


def hunt(about: str, module: str, make: Callable[[], Judge], seeds: Mapping[str, bytes], words: Iterable[bytes]) -> int:
    """What the command line asks for: judges the named files, or searches. `make` imports what is searched."""
    asked = _arguments(about)
    if asked.files:
        return _replay(asked.files, _strict(make()))
    folder = asked.corpus or Path(tempfile.mkdtemp(prefix="gitplanet-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, seed in seeds.items():
        (folder / name).write_bytes(seed)
    dictionary = folder.with_suffix(".dict")
    dictionary.write_text("".join('"' + "".join(rf"\x{byte:02x}" for byte in word) + '"\n' for word in words))
    print(f"corpus and findings: {folder}*", flush=True)
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        print("atheris is not here: `pip install atheris` (Linux, Python 3.11), then again")
        return 1
    with atheris.instrument_imports(include=["feedparser", "generator", "urllib3", "http", "html.parser", "sgmllib"]):
        judge = make()
    options = {
        "max_total_time": round(asked.minutes * 60), "max_len": 8192, "timeout": 60, "rss_limit_mb": 2048,
        "dict": dictionary, "artifact_prefix": f"{folder}.", "print_final_stats": 1,
    }  # fmt: skip
    atheris.Setup(
        [sys.argv[0], str(folder), *(f"-{name}={value}" for name, value in options.items())],
        _patient(judge, module, folder),
    )
    atheris.Fuzz()
    return 0


def _arguments(about: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30, metavar="N", help="how long (default: %(default)s)")
    parser.add_argument(
        "--corpus", type=Path, metavar="DIR", help="where to go on, and what to keep (default: a new one)"
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="judge these findings again, and search nothing"
    )
    return parser.parse_args()


def _strict(judge: Judge) -> Judge:
    """The judge, who also looks at the clock and at the memory."""

    def measured(data: bytes) -> None:
        before, begin = _grown(), time.process_time()
        judge(data)
        seconds, grown = time.process_time() - begin, _grown() - before
        assert seconds <= SECONDS, f"{seconds:.2f} s"
        assert grown <= MEGABYTES, f"{grown} MB"

    return measured


def _patient(judge: Judge, module: str, folder: Path) -> Judge:
    """The judge, for whom slow counts only what is slow without the counting of branches: that makes all slower."""

    def measured(data: bytes) -> None:
        before, begin = _grown(), time.process_time()
        judge(data)
        if time.process_time() - begin > SECONDS or _grown() - before > MEGABYTES:
            finding = folder.with_name(f"{folder.name}.slow-{hashlib.sha256(data).hexdigest()[:8]}")
            finding.write_bytes(data)
            subprocess.run([sys.executable, "-m", module, str(finding)], check=True, stdout=subprocess.DEVNULL)
            finding.unlink()

    return measured


def _grown() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _replay(files: list[Path], judge: Judge) -> int:
    for file in files:
        judge(file.read_bytes())
        print(f"{file}: borne")
    return 0
