"""Make strangers' text harmless for commit messages and for what a workflow prints. Main function: `inert`."""

import json
import re

_INERT = (
    (re.compile("://"), ": "),
    (re.compile(r"www\.", re.IGNORECASE), "www "),
    (re.compile(r"#(?=\s*\w)"), "№"),
    (re.compile(r"\bGH-(?=\d)", re.IGNORECASE), "GH "),
    (re.compile(r"@(?=[\w-])"), "(at)"),
    (re.compile(r"[\[\]]"), "|"),
    (re.compile(r"\*{3,}"), "*"),
    (re.compile(r"skip-checks", re.IGNORECASE), "skip checks"),
)


def inert(text: str) -> str:
    """Return one printable line in which a forge finds nothing to link, mention, close or skip."""
    line = "".join(character if character.isprintable() else " " for character in text)
    for pattern, harmless in _INERT:
        line = pattern.sub(harmless, line)
    return re.sub(r"\s+", " ", line).strip()


def as_json(data: object) -> str:
    """JSON whose lines no CI service takes for commands, so that nothing in them has to be altered when printed."""
    return json.dumps(data, indent=2).replace("::", ":\\u003a").replace("##[", "#\\u0023[")
