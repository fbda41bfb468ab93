"""Every regular expression of the package against hostile strings of 100,000 characters made from its own parts.

Run: `python -m tests.property.regexes [--module NAME]`. It prints those that take longer than 0.2 s of this process'
processor time in one search (or match, split …, as the code uses it). Those that only meet short texts are given texts
as long as the code lets them have, by `SHORT`; those that no stranger's text reaches stand in `TRUSTED`.
"""

import argparse
import contextlib
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import generator
from tests.property.attacks import Attack, attacks
from tests.property.patterns import Pattern, patterns

LIMIT = 0.2
"""Seconds of processor time for one call."""
LENGTH = 100_000
STEPS = (1_000, 10_000, 30_000)
FOLDER = Path(generator.__file__).parent
SHORT = {
    "generator.feeds.fetch.body:_ROOT": (2000, "`_HEAD`"),
    "generator.feeds.parse.charset:*": (40, "a label is cut by `codecs_for`"),
    "generator.feeds.parse.decode:_DECLARED": (4096, "`_HEAD`"),
    "generator.feeds.parse.decode:_CHARSET": (4096, "`_HEAD`"),
    "generator.feeds.parse.excerpts:_TRAILS": (40, "`_ASIDE`"),
    "generator.feeds.parse.excerpts:_ONWARD": (100, "`_LONG`"),
    "generator.feeds.parse.mend:closing": (200, "the last of a document"),
    "generator.feeds.parse.rights:_LICENSE": (2000, "`MAX_LENGTH`"),
    "generator.forge.forms.changes:page": (4000, "a field of a form is cut by `read`"),
    "generator.markup.cleaning.counters:_COUNTS": (80, "`_LONGEST`"),
    "generator.markup.text:_PROGRAM": (6000, "20 times `MAX_TITLE`"),
    "generator.markup.text:_PAIR": (6000, "20 times `MAX_TITLE`"),
    "generator.markup.text:_SINGLE": (6000, "20 times `MAX_TITLE`"),
    "generator.plan.byline:_BETWEEN_TITLES": (300, "`MAX_TITLE` of a blog's title"),
}
"""Expressions of texts that are short: at most so many characters, and what cuts them."""
NEVER = {
    "generator.feeds.parse.mend:_COMMENT": "a text that ends with the last end of a comment: each has its end there",
    "generator.markup.markdown.engine:_NOTE": "a text that ends with the last end of a note: each has its end there",
    "generator.markup.cleaning.frames:*": "ids are matched whole; only names of services are searched for",
    "generator.setup.importers.ini:\\s*[=:]\\s*": "a comment that looks like a key: its first word stands before it",
}
"""Why an expression never meets the strings at which it is slow."""
PARAMETERS = {
    "generator.feeds.parse.charset: pattern": "those of `_FAMILIES`",
    "generator.feeds.parse.hints: name": "`<skipHours` and `<skipDays`",
    "generator.markup.cleaning.frames: shape": "those of `_SERVICES`",
    "generator.models.written_dates: short": "those of `_AT_LENGTH`",
    "generator.setup.importers.member: '[,;，；、]' if re.search('[,;，；、]', text) else '\\\\s'": "one sign",
}
"""What a call is given whose pattern stands elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The longest call seen."""

    seconds: float = 0.0
    length: int = 0
    """Characters of the string."""
    use: str = ""
    attack: Attack | None = None

    def __str__(self) -> str:
        return f"{self.use} {self.seconds:.2f} s at {self.length}: {self.attack}"


def slowest(pattern: Pattern) -> Finding:
    """Return the longest call of all attacks, or the first that is longer than `LIMIT`."""
    longest = longest_text(pattern)
    worst = Finding()
    for attack in attacks(pattern.compiled):
        for use in pattern.uses:
            seconds, length = _seconds(pattern.compiled, use, attack, longest)
            if seconds > worst.seconds:
                worst = Finding(seconds=seconds, length=length, use=use, attack=attack)
            if seconds > LIMIT:
                return worst
    return worst


def longest_text(pattern: Pattern) -> int:
    """Return how many characters the longest text has that an expression meets."""
    length, _ = SHORT.get(pattern.key) or SHORT.get(f"{pattern.module}:*") or (LENGTH, "")
    return length


def _seconds(compiled: re.Pattern[Any], use: str, attack: Attack, longest: int) -> tuple[float, int]:
    """The time at the first length where it is too long, else at the last that a shorter one makes suspicious."""
    seconds, length = 0.0, 0
    for length in (*(step for step in STEPS if step < longest), longest):
        text: Any = attack.string(length)
        data = text.encode("latin-1", "replace") if isinstance(compiled.pattern, bytes) else text
        seconds = _measure(compiled, use, data)
        for _ in range(2 if seconds > LIMIT else 0):  # the machine may be busy
            seconds = min(seconds, _measure(compiled, use, data))
        if seconds > LIMIT or (length > STEPS[0] and seconds < LIMIT * (length / LENGTH) ** 2):
            break
    return seconds, length


def _measure(compiled: re.Pattern[Any], use: str, text: Any) -> float:
    with _deadline(LIMIT * 10):
        start = time.process_time()
        with contextlib.suppress(TimeoutError):
            if use in ("sub", "subn"):
                getattr(compiled, use)(lambda _: text[:0], text)
            elif use == "finditer":
                for _ in compiled.finditer(text):
                    pass
            else:
                getattr(compiled, use)(text)
        return time.process_time() - start


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def main() -> int:
    """Print the table; 1 where an expression is slow without a reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--module", default="", metavar="NAME", help="only modules whose name begins so")
    options = parser.parse_args()
    every = [pattern for pattern in patterns(FOLDER) if pattern.module.startswith(options.module)]
    print(f"{len(every)} expressions")
    poor = 0
    for pattern in every:
        finding = slowest(pattern)
        if finding.seconds > LIMIT:
            reason = NEVER.get(pattern.key) or NEVER.get(f"{pattern.module}:*", "")
            poor += not reason
            print(f"{pattern.key} line {pattern.line}: {finding}  {reason}", flush=True)
    print(f"{poor} slow")
    return 1 if poor else 0


if __name__ == "__main__":
    sys.exit(main())
