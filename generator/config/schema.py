"""Check data against a JSON Schema (`problems`), in words that say what to write instead."""

import difflib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

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
def _validator(name: str) -> Any:
    import jsonschema  # only here: it takes long, and most texts were approved of before

    def pattern(_validator: Any, expression: str, instance: Any, _schema: Any) -> Iterator[Any]:
        """Check `pattern` as ECMA 262 reads it: `$` is the end, where Python's would bear a newline before it."""
        if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", expression), instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {expression!r}")

    schema = json.loads((files("generator") / "schema" / f"{name}.schema.json").read_text("utf-8"))
    validator = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]
    return validator(_flat(schema, schema["definitions"]))


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
    """What `data` has against the schema called `name`; `line` finds the line of a path in the file."""
    validator = _validator(name)
    for error in sorted(validator.iter_errors(data), key=lambda error: [str(part) for part in error.absolute_path]):
        path: KeyPath = tuple(error.absolute_path)
        if error.validator == "additionalProperties" and error.validator_value is False:
            yield from _unknown(error, file, path, line)
        elif error.validator == "required":
            yield from _missing(error, file, line(path))
        else:
            yield Problem(
                file=file, line=line(path), reason=_reason(error, path), remedy=_remedy(error, path, validator.schema)
            )


def _unknown(error: Any, file: str, path: KeyPath, line: Callable[[KeyPath], int]) -> Iterator[Problem]:
    allowed = sorted(error.schema["properties"])
    for key in sorted(error.instance.keys() - set(allowed)):
        near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.6)
        remedy = f"did you mean {near[0]!r}?" if near else f"known keys are {', '.join(allowed)}"
        yield Problem(file=file, line=line((*path, key)), reason=f"unknown key {key!r}", remedy=remedy)


def _missing(error: Any, file: str, line: int) -> Iterator[Problem]:
    for key in error.validator_value:
        if error.message.startswith(repr(key)):  # one error a key, which only its message names
            example = json.dumps(error.schema["properties"][key]["examples"][0], ensure_ascii=False)
            yield Problem(file=file, line=line, reason=f"{key!r} is missing", remedy=f"add it, like `{key}: {example}`")


def _reason(error: Any, path: KeyPath) -> str:
    where = ".".join(str(part) for part in path) or "the file"
    value = json.dumps(error.instance, ensure_ascii=False, default=str)
    value = value if len(value) < 60 else value[:57] + "…"
    limit = error.validator_value
    match error.validator:
        case "type":
            kinds = [limit] if isinstance(limit, str) else limit
            return f"{where} is {value}, but should be {' or '.join(_TYPES[kind] for kind in kinds)}"
        case "enum":
            return f"{where} is {value}, but should be one of {', '.join(map(str, limit))}"
        case "minLength" | "minItems" | "minProperties":
            return f"{where} is empty"
        case "maxLength" | "maxItems":
            return f"{where} is too long: at most {limit}"
        case "maxProperties":
            return f"{where} has more than {limit} key{'' if limit == 1 else 's'}"
        case "minimum" | "maximum":
            return f"{where} is {value}, but should be {_BOUND[error.validator]} {limit}"
    return f"{where} is {value}, which does not look right"


def _remedy(error: Any, path: KeyPath, schema: dict[str, Any]) -> str:
    example = _example(error, schema)
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if example is None or not key:
        return "see the README's table of settings"
    return f"write it like `{key}: {json.dumps(example, ensure_ascii=False)}`"


def _example(error: Any, schema: dict[str, Any]) -> Any:
    """The example nearest around the fault: the list's own where one of its items is wrong."""
    example, node = None, schema
    for part in error.absolute_schema_path:
        node = node[part]
        if isinstance(node, dict) and isinstance(node.get("examples"), list):
            example = node["examples"][0]
    return example
