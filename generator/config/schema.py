"""Check data against a JSON Schema (`problems`), in words that say what to write instead."""

import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from generator.errors import Problem
from generator.strict_yaml import KeyPath

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a group of keys",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
_BOUND = {"minimum": "at least", "maximum": "at most"}


@cache
def _schema(name: str) -> dict[str, Any]:
    schema = json.loads((files("generator") / "schema" / f"{name}.schema.json").read_text("utf-8"))
    flat: dict[str, Any] = _flat(schema, schema["definitions"])
    return flat


@cache
def _validator(name: str) -> jsonschema_rs.Draft7Validator:
    # patterns as ECMA 262 reads them, where `$` is the end, in linear time
    return jsonschema_rs.Draft7Validator(_schema(name), pattern_options=jsonschema_rs.RegexOptions())


def _flat(node: Any, definitions: dict[str, Any]) -> Any:
    """Draft 7 ignores what stands beside a `$ref`; a reader expects both to hold, so they are merged."""
    if isinstance(node, list):
        return [_flat(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    merged = {key: value for key, value in node.items() if key != "$ref"}
    if isinstance(node.get("$ref"), str):
        merged = {**definitions[node["$ref"].rpartition("/")[2]], **merged}
    return {key: value if key == "examples" else _flat(value, definitions) for key, value in merged.items()}


def problems(data: Any, name: str, file: str, line: Callable[[KeyPath], int]) -> Iterator[Problem]:
    """Yield what `data` has against the schema called `name`; `line` finds the line of a path in the file."""
    schema = _schema(name)
    faults = _validator(name).iter_errors(_plain(data))
    for fault in sorted(faults, key=lambda fault: [str(part) for part in fault.instance_path]):
        path: KeyPath = tuple(fault.instance_path)
        facts = fault.kind.as_dict()
        if fault.kind.name == "additionalProperties":
            allowed = sorted(_node(fault, schema)["properties"])
            yield from _unknown(facts["unexpected"], allowed, file, path, line)
        elif fault.kind.name == "required":
            yield _missing(facts["property"], _node(fault, schema), file, line(path))
        else:
            yield Problem(file=file, line=line(path), reason=_reason(fault, path), remedy=_remedy(fault, path, schema))


def _plain(data: Any) -> Any:
    """Return the data as JSON can say it: a date of TOML becomes a list, which is wrong wherever a date would be."""
    if isinstance(data, dict):
        return {_plain(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode()
    return data if data is None or isinstance(data, bool | int | float) else [str(data)]


def _node(fault: jsonschema_rs.ValidationError, schema: dict[str, Any]) -> Any:
    """Return the part of the schema that the data does not meet."""
    node: Any = schema
    for part in fault.schema_path[:-1]:
        node = node[part]
    return node


def _unknown(
    keys: Iterable[str], allowed: list[str], file: str, path: KeyPath, line: Callable[[KeyPath], int]
) -> Iterator[Problem]:
    for key in sorted(keys):
        near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.6)
        remedy = f"did you mean {near[0]!r}?" if near else f"known keys are {', '.join(allowed)}"
        yield Problem(file=file, line=line((*path, key)), reason=f"unknown key {key!r}", remedy=remedy)


def _missing(key: str, node: Any, file: str, line: int) -> Problem:
    example = json.dumps(node["properties"][key]["examples"][0], ensure_ascii=False)
    return Problem(file=file, line=line, reason=f"{key!r} is missing", remedy=f"add it, like `{key}: {example}`")


def _reason(fault: jsonschema_rs.ValidationError, path: KeyPath) -> str:
    where = ".".join(str(part) for part in path) or "the file"
    value = json.dumps(fault.instance, ensure_ascii=False)
    value = value if len(value) < 60 else value[:57] + "…"
    facts = fault.kind.as_dict()
    limit = facts.get("limit")
    match fault.kind.name:
        case "type":
            return f"{where} is {value}, but should be {' or '.join(_TYPES[kind] for kind in facts['types'])}"
        case "enum":
            return f"{where} is {value}, but should be one of {', '.join(map(str, facts['options']))}"
        case "minLength" | "minItems" | "minProperties":
            return f"{where} is empty"
        case "maxLength" | "maxItems":
            return f"{where} is too long: at most {limit}"
        case "maxProperties":
            return f"{where} has more than {limit} key{'' if limit == 1 else 's'}"
        case "minimum" | "maximum":
            return f"{where} is {value}, but should be {_BOUND[fault.kind.name]} {limit}"
    return f"{where} is {value}, which does not look right"


def _remedy(fault: jsonschema_rs.ValidationError, path: KeyPath, schema: dict[str, Any]) -> str:
    example = _example(fault, schema)
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if example is None or not key:
        return "see the README's table of settings"
    return f"write it like `{key}: {json.dumps(example, ensure_ascii=False)}`"


def _example(fault: jsonschema_rs.ValidationError, schema: dict[str, Any]) -> Any:
    """Return the example nearest around the fault: the list's own where one of its items is wrong."""
    example: Any = None
    node: Any = schema
    for part in fault.schema_path:
        node = node[part]
        if isinstance(node, dict) and isinstance(node.get("examples"), list):
            example = node["examples"][0]
    return example
