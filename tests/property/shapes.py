"""Bodies of hostile shapes, in three sizes, through all that reads bodies: the time must grow as the body does.

Run: `python -m tests.property.shapes [--only WORD] [--step NAME] [--all]`. It prints what takes more than `SECONDS` of
this process' processor time for a MiB, or grows by more than `GROWTH` for each character from one size to the next.
"""

import argparse
import contextlib
import signal
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

from generator import markup
from tests.property.bodies import Shape, shapes

MEBIBYTE = 1_048_576
GROWTH = 1.5
SECONDS = 4.0
"""Of processor time for a body of one MiB, in one step."""
LEAST = 0.4
"""Seconds below which a time says little."""
STEEPER = {"paragraphs of text": "tags make it longer than `MAX_CHARACTERS`, and what is cut off is compared once more"}
"""Shapes for which more is done from some size on, and why."""
BASE = "https://a.example/post/"
METADATA = markup.Metadata(pages=(BASE,), home="https://a.example/", blog="Blog", authors=("A",), tags=("b",))

Step = Callable[[str], Any]
BODY: dict[str, Step] = {
    "clean": lambda body: markup.clean(body, base=BASE, title="Title", metadata=METADATA),
    "title": markup.title,
    "to_html, raw": markup.to_html,
}
"""What is given a body as a stranger wrote it."""
RECORD: dict[str, Step] = {
    "to_markdown": markup.to_markdown,
    "text": markup.text,
    "description": markup.description,
    "signature": markup.signature,
    "links": lambda html: list(markup.links(html)),
    "fold": markup.fold,
}
"""What is given HTML of record."""
STEPS = BODY | RECORD | {"to_html": markup.to_html}


def measure(shape: Shape, sizes: Sequence[int], wanted: str = "") -> dict[str, list[float]]:
    """Return the seconds of each step at each size, up to the first that is far too slow."""
    times: dict[str, list[float]] = {}
    for size in sizes:
        body = shape.body(size)
        record = _timed("clean", body, times, size)
        markdown = _timed("to_markdown", record.html, times, size) if record else None
        for name in BODY.keys() - {"clean"}:
            if wanted in name:
                _timed(name, body, times, size)
        for name in RECORD.keys() - {"to_markdown"} if record else ():
            if wanted in name:
                _timed(name, record.html, times, size)
        if markdown is not None:
            _timed("to_html", markdown, times, size)
    return times


def _timed(name: str, text: str, times: dict[str, list[float]], size: int) -> Any:
    """Run a step and note its time: the least of up to four where it is too long, for the machine may be busy."""
    row = times.setdefault(name, [])
    if row and row[-1] > 5 * SECONDS:
        return None
    seconds, result = float("inf"), None
    for _ in range(4):
        start = time.process_time()
        result = _run(lambda: STEPS[name](text))
        seconds = min(seconds, time.process_time() - start)
        if not is_slow(size, seconds, row[-1] if row else None) or seconds > 6 * SECONDS:
            break
    row.append(seconds)
    return result


def is_slow(size: int, seconds: float, before: float | None) -> bool:
    """Whether a time is too long by itself, or for what it was `before`, at a quarter of the size."""
    if seconds > max(LEAST, SECONDS * size / MEBIBYTE):
        return True
    return before is not None and seconds > LEAST and seconds > GROWTH * 4 * max(before, LEAST / 16)


def _run(call: Callable[[], Any]) -> Any:
    """The result, or None where the call takes for ever."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 15 * SECONDS)
    try:
        with contextlib.suppress(TimeoutError):
            return call()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def main() -> int:
    """Print the table; 1 where a step is slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="only shapes whose name holds it")
    parser.add_argument("--step", default="", metavar="NAME", help="only steps whose name holds it")
    parser.add_argument("--largest", type=int, default=MEBIBYTE, metavar="N", help="characters of the largest body")
    parser.add_argument("--all", action="store_true", help="print all rows, not only the slow ones")
    options = parser.parse_args()
    chosen = [shape for shape in shapes() if options.only in shape.name]
    sizes = (options.largest // 16, options.largest // 4, options.largest)
    print(f"{len(chosen)} shapes of {sizes} characters")
    poor = 0
    for shape in chosen:
        for name, row in measure(shape, sizes, options.step).items():
            slow = any(is_slow(size, *pair) for size, *pair in zip(sizes, row, [None, *row], strict=False))
            poor += slow and shape.name not in STEEPER
            if slow or options.all:
                figures = "".join(f"{seconds:9.3f}" for seconds in row)
                remark = f"  SLOW {STEEPER.get(shape.name, '')}" if slow else ""
                print(f"{shape.name[:44]:44} {name:18}{figures}{remark}", flush=True)
    print(f"{poor} slow")
    return 1 if poor else 0


if __name__ == "__main__":
    sys.exit(main())
