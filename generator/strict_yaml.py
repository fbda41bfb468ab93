"""Read YAML as people write it: the core schema of YAML 1.2, with line numbers; no duplicates, aliases or tags.

Main function: `read_yaml`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generator.errors import FileError, Problem

KeyPath = tuple[str | int, ...]
MAX_DEPTH = 10
_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class _Loader(yaml.CSafeLoader):
    """Plain scalars are strings, unless they are true, false, null or a decimal number."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  PyYAML's own way to say it


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(0|[1-9][0-9]{0,17})$"), list("-0123456789"))


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a YAML text says, and on which line each part of it says so."""

    value: Any
    lines: Mapping[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """Return the line of a value, else of the nearest thing around it; counted from 1."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def quoted(value: str | Sequence[str | Mapping[str, str]]) -> str:
    """Return a string, or a list of strings and maps, as JSON on one line: every version of YAML reads it alike."""
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def read_yaml(text: str, file: str) -> Document:
    """Return a YAML text as dicts, lists, strings, whole numbers, booleans and None. Raises FileError."""
    lines: dict[KeyPath, int] = {}
    try:
        _refuse_tricks(text, file)
        node = yaml.compose(text, Loader=_Loader)
        value = None if node is None else _value(node, (), lines, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if "nesting depth" in (error.problem or ""):  # the C library's own limit, from PyYAML 6.0.4 on
            raise _too_deep(file, mark.line if mark else 0) from error
        reason = f"this is not YAML: {error.problem or 'it cannot be read'}"
        raise _fault(file, mark.line if mark else 0, reason, "check the indentation and quote the text") from error
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0))
        raise _fault(file, line, "a character that YAML does not allow", "delete it") from error
    return Document(value=value, lines=lines)


def _fault(file: str, line: int, reason: str, remedy: str) -> FileError:
    return FileError((Problem(file=file, line=line + 1, reason=reason, remedy=remedy),))


def _refuse_tricks(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _fault(
                file, line, "anchors and aliases (& and *) are not allowed", "write the value out, or quote it"
            )
        if getattr(event, "tag", None):
            raise _fault(file, line, "tags (!) are not allowed", "write the plain value, or quote it")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _too_deep(file, line)


def _too_deep(file: str, line: int) -> FileError:
    return _fault(file, line, "this is nested too deeply", "write it flat")


def _value(node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], file: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines, file) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, file)
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: KeyPath, lines: dict[KeyPath, int], file: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in node.value:
        line = key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise _fault(file, line, "a key must be a word", "write `key: value`")
        if key.value in result:
            raise _fault(file, line, f"the key {key.value!r} stands here twice", "keep one of them")
        result[key.value] = _value(item, (*path, key.value), lines, file)
        lines[(*path, key.value)] = line + 1
    return result


def _scalar(node: yaml.Node) -> str | int | bool | None:
    kind = node.tag.rpartition(":")[2]
    if kind == "bool":
        return bool(node.value == "true")
    if kind == "null":
        return None
    return int(node.value) if kind == "int" else str(node.value)
