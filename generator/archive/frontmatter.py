"""Split a post's file into front matter and body (`split`), read the front matter (`read_head`), join both (`join`).

YAML is read as YAML 1.2's core schema: `no` and `12:30:00` are strings. Duplicate keys, aliases and tags are refused,
since a reviewer and a parser would read them differently.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from generator.strict_yaml import Document, read_yaml

FENCE = "---"
_LINE = re.compile(r'([a-z_]+): (?:("(?:[^"\\]|\\.)*"|\[.*\]|true|false|\d+)|(\d{4}-\d\d-\d\d(?:T[0-9:.]+Z)?))')


def split(text: str) -> tuple[str, str]:
    """Head and body of a file that begins with `---`; a file that does not is all body."""
    if not text.startswith(FENCE + "\n"):
        return "", text
    head, fence, body = text[len(FENCE) + 1 :].partition("\n" + FENCE + "\n")
    if not fence and text.endswith("\n" + FENCE):
        return text[len(FENCE) + 1 : -len(FENCE) - 1], ""
    return (head, body.lstrip("\n")) if fence else ("", text)


def join(fields: Mapping[str, str], body: str) -> str:
    """Return the text of a file from written fields (see `quoted`) and a body."""
    head = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"{FENCE}\n{head}{FENCE}\n" + (f"\n{body}\n" if body else "")


def read_head(head: str, file: str) -> Document:
    """Return the head of a post. Lines as we write them are read fast; anything else is read as YAML.

    Raises FileError with file, line and remedy; line 1 of a file is its opening fence.
    """
    matches = [_LINE.fullmatch(line) for line in head.split("\n")]
    members = [f'"{match[1]}":' + (match[2] or f'"{match[3]}"') for match in matches if match]
    try:  # all fields at once, which takes half the time
        pairs = json.loads("{" + ",".join(members) + "}", object_pairs_hook=list)
    except ValueError:
        return _read_slowly(head, file)
    value: dict[str, Any] = dict(pairs)
    if not len(value) == len(pairs) == len(matches):  # a line that we do not write, or a key that stands there twice
        return _read_slowly(head, file)
    return Document(value=value, lines={(key,): number for number, key in enumerate(value, 2)})


def _read_slowly(head: str, file: str) -> Document:
    return read_yaml(f"\n{head}\n", file)
