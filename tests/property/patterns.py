"""Every regular expression that a package's code holds, read from its syntax, with `patterns`."""

import ast
import importlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
CALLS = {f"re.{name}" for name in ("compile", *METHODS)}


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A regular expression, and how the code uses it."""

    module: str
    line: int
    name: str
    """Of the constant that holds it; empty where the call itself has the text."""
    compiled: re.Pattern[Any]
    uses: tuple[str, ...]
    """Methods of `re.Pattern`."""

    @property
    def key(self) -> str:
        """Module and name, or module and the first characters of its text."""
        text = self.compiled.pattern
        return f"{self.module}:{self.name or (text if isinstance(text, str) else text.decode('latin-1'))[:40]}"


def patterns(folder: Path) -> list[Pattern]:
    """Return every pattern below the folder of a package; a text that only a run makes, with a word in its place."""
    trees = {_module(path, folder): ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}
    trees = {name: tree for name, tree in trees.items() if not name.endswith("__main__")}
    uses = _uses(trees)
    unique = {}
    every = [pattern for name, tree in trees.items() for pattern in _of_module(name, tree, uses)]
    for pattern in (*every, *_of_schemas(folder)):
        unique.setdefault((*_identity(pattern.compiled), pattern.uses), pattern)
    return list(unique.values())


def _module(path: Path, folder: Path) -> str:
    return ".".join(path.relative_to(folder.parent).with_suffix("").parts).removesuffix(".__init__")


def _uses(trees: Mapping[str, ast.Module]) -> dict[tuple[str, str], set[str]]:
    """How each name is used, by module and name; `""` stands for names of a function's own."""
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module, tree in trees.items():
        origin = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                base = node.value.id if isinstance(node.value, ast.Name) else ast.unparse(node.value).rpartition(".")[2]
                uses[origin.get(base, (module, base))].add(node.attr)
                uses[module, "" if base.islower() and base != "re" else base].add(node.attr)
    return uses


def _of_module(module: str, tree: ast.Module, uses: Mapping[tuple[str, str], set[str]]) -> Iterator[Pattern]:
    space = vars(importlib.import_module(module))
    names = {_identity(value): name for name, value in space.items() if isinstance(value, re.Pattern)}
    others = uses.get((module, ""), set()) - {"split"} or {"search", "fullmatch"}  # texts have `split`, too
    targets = _targets(tree)
    seen: set[tuple[Any, int]] = set()
    for call in _calls(tree):
        try:
            compiled = re.compile(_text(call.args[0], space), _flags(call, space))
        except LookupError:
            continue
        method = ast.unparse(call.func).removeprefix("re.")
        name = names.get(_identity(compiled), "") or targets.get(id(call), "")
        used = {method} if method != "compile" else uses.get((module, name)) or others
        seen.add(_identity(compiled))
        yield Pattern(module=module, line=call.lineno, name=name, compiled=compiled, uses=tuple(sorted(used)))
    for compiled in _held(space):
        if _identity(compiled) not in seen:
            seen.add(_identity(compiled))
            used = uses.get((module, names.get(_identity(compiled), "-"))) or others
            yield Pattern(module=module, line=0, name="", compiled=compiled, uses=tuple(sorted(used)))


def _of_schemas(folder: Path) -> Iterator[Pattern]:
    """The patterns of JSON schemas, which are searched for."""
    for path in sorted(folder.rglob("*.schema.json")):
        todo = [json.loads(path.read_bytes())]
        while todo:
            value = todo.pop()
            if isinstance(value, dict) and isinstance(value.get("pattern"), str):
                compiled = re.compile(value["pattern"])
                yield Pattern(module="generator.schema", line=0, name="", compiled=compiled, uses=("search",))
            todo += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []


def _targets(tree: ast.Module) -> dict[int, str]:
    """The names to which calls are assigned, by the call's id."""
    return {
        id(call): ast.unparse(node.targets[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        for call in ast.walk(node.value)
    }


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls of the module `re` that are given a pattern."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in CALLS:
            yield node


def unread(folder: Path) -> list[str]:
    """Return the calls whose pattern stands nowhere in the code, as `module: pattern`."""
    calls = []
    for path in sorted(folder.rglob("*.py")):
        module = _module(path, folder)
        for call in _calls(ast.parse(path.read_text("utf-8"))):
            try:
                _text(call.args[0], vars(importlib.import_module(module)))
            except LookupError:
                calls.append(f"{module}: {ast.unparse(call.args[0])}")
    return calls


def _identity(compiled: re.Pattern[Any]) -> tuple[Any, int]:
    return compiled.pattern, compiled.flags


def _held(space: Mapping[str, Any]) -> Iterator[re.Pattern[Any]]:
    """Patterns in the tables of a module."""
    todo = [value for name, value in space.items() if not name.startswith("__")]
    for _ in range(4):
        deeper: list[Any] = []
        for value in todo:
            if isinstance(value, re.Pattern):
                yield value
            elif isinstance(value, dict):
                deeper += value.values()
            elif isinstance(value, tuple | list | frozenset):
                deeper += value
        todo = deeper


def _flags(call: ast.Call, space: Mapping[str, Any]) -> int:
    """The flags of a call: the keyword, or the last argument that names some."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    given += [part for part in call.args[1:] if re.match(r"re\.[A-Z]", ast.unparse(part))]
    return int(eval(ast.unparse(given[0]), dict(space))) if given else 0


def _text(node: ast.expr, space: Mapping[str, Any]) -> Any:
    """The text of a pattern; LookupError where nothing of it is written there."""
    try:
        return eval(compile(ast.Expression(node), "", "eval"), dict(space))
    except NameError:
        pass
    match node:
        case ast.JoinedStr(values=values):
            return "".join(_part(value, space) for value in values)
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            parts = [_part(side, space) for side in (left, right)]
            return (
                b"".join(p.encode() if isinstance(p, str) else p for p in parts)
                if bytes in map(type, parts)
                else "".join(parts)
            )
        case ast.BinOp(left=left, right=right, op=ast.Mod()):
            sides = right.elts if isinstance(right, ast.Tuple) else [right]
            text = _text(left, space)
            parts = [_part(side, space) for side in sides]
            return text % tuple(p.encode() if isinstance(text, bytes) and isinstance(p, str) else p for p in parts)
    raise LookupError(ast.unparse(node))


def _part(node: ast.expr, space: Mapping[str, Any]) -> Any:
    """A part of a text: what it is, or a word where only a run can say."""
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    try:
        return _text(inner, space)
    except LookupError:
        return "word"
