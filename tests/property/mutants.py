"""Small faults put into a room, one at a time → those that its tests do not notice: `python -m
tests.property.mutants --help`.

A mutant is the room with one comparison, number, sign, word or branch changed. It lives in a process of its own, where
it stands in for the room; the tests that are named run against it, and one that fails, or takes too long, notices it.
"""

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOMS = {
    "generator.feeds.fetch.networks": ["tests/unit/feeds/fetch/test_networks.py"],
    "generator.feeds.schedule": ["tests/unit/feeds/test_schedule.py"],
    "generator.feeds.fetch.connection": [
        "tests/unit/feeds/fetch/test_connection.py",
        "tests/unit/feeds/fetch/test_request.py",
        "tests/unit/feeds/fetch/test_hostile_servers.py",
    ],
    "generator.feeds.fetch.request": [
        "tests/unit/feeds/fetch/test_request.py",
        "tests/unit/feeds/fetch/test_connection.py",
    ],
}
"""Rooms where a fault would be dear, and the tests that know them."""
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
RECKONED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.Mod: ast.Add, ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
}  # fmt: skip
QUIETLY = """
-x -q --noconftest --tb=no -o addopts= -p no:cacheprovider -p no:xdist -p no:cov
-W ignore::pytest.PytestAssertRewriteWarning
""".split()
NOTICED, MISSED = 10, 11


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A room with one fault."""

    line: int
    what: str
    code: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    skipped = {id(part) for node in nodes for part in _unspoken(node)}
    for place, node in enumerate(nodes):
        if id(node) in skipped:
            continue
        for number, what in enumerate(_changes(node)):
            other = copy.deepcopy(tree)
            victim = list(ast.walk(other))[place]
            list(_changes(victim, only=number))
            code = ast.unparse(ast.fix_missing_locations(other))
            yield Mutant(line=getattr(node, "lineno", 0), what=what, code=code)


def _unspoken(node: ast.AST) -> Iterator[ast.AST]:
    """What no test could notice: types, docstrings, and what errors and threads are called."""
    parts: list[ast.AST | None] = []
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        parts.append(node.value)
    if isinstance(node, ast.AnnAssign | ast.arg):
        parts.append(node.annotation)
    if isinstance(node, ast.FunctionDef):
        parts += [node.returns, *node.decorator_list]
    if isinstance(node, ast.ClassDef):
        parts += node.decorator_list
    if isinstance(node, ast.keyword) and node.arg in ("name", "daemon"):
        parts.append(node.value)
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id[0].isupper():
        parts += [node.value] if isinstance(node.value, ast.BinOp | ast.Subscript) else []
    for part in filter(None, parts):
        yield from ast.walk(part)


def _changes(node: Any, *, only: int = -1) -> Iterator[str]:
    """Says what can be changed about a node; with `only`, changes that."""
    for number, (what, change) in enumerate(_choices(node)):
        if number == only:
            for name, value in change.items():
                setattr(node, name, value)
        yield what


def _choices(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    said = ast.unparse(node)[:60] if isinstance(node, ast.expr | ast.stmt) else ""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield f"{said}: {COMPARED[type(op)].__name__}", {"ops": [COMPARED[type(op)]()]}
        case ast.BinOp(op=op) if type(op) in RECKONED:
            yield f"{said}: {RECKONED[type(op)].__name__}", {"op": RECKONED[type(op)]()}
        case ast.BoolOp(op=op):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{said}: {type(other).__name__}", {"op": other}
        case ast.Constant(value=bool(value)):
            yield f"{said}: {not value}", {"value": not value}
        case ast.Constant(value=int(value) | float(value)):
            yield f"{said}: {value + 1}", {"value": value + 1}
        case ast.Constant(value=str(value)) if " " not in value:  # prose may be written anew
            yield f"{said}: another text", {"value": "XX" + value}
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"{said}: without not", {"op": ast.Not(), "operand": ast.UnaryOp(op=ast.Not(), operand=operand)}
        case _:
            yield from _branches(node, said)


def _branches(node: Any, said: str) -> Iterator[tuple[str, dict[str, Any]]]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield f"if {ast.unparse(test)[:60]}: never", {"test": ast.Constant(value=False)}
            if not isinstance(node, ast.While):
                yield f"if {ast.unparse(test)[:60]}: always", {"test": ast.Constant(value=True)}
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            yield f"{said}: None", {"value": ast.Constant(value=None)}
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            other_name = "max" if name == "min" else "min"
            yield f"{said}: {other_name}", {"func": ast.Name(id=other_name, ctx=ast.Load())}
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="fullmatch")):
            yield f"{said}: search", {"func": ast.Attribute(ast.Name("re", ast.Load()), "search", ast.Load())}
        case ast.Expr(value=ast.Call()):
            yield f"{said}: left out", {"value": ast.Constant(value=None)}
        case ast.Raise():
            yield f"{said}: other error", {"exc": ast.Name(id="ZeroDivisionError", ctx=ast.Load())}


class _Impostor(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a mutant to whoever imports the room."""

    def __init__(self, room: str, code: str) -> None:
        self._room, self._code = room, code

    def find_spec(self, name: str, *_: Any) -> Any:
        return importlib.util.spec_from_loader(name, self) if name == self._room else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._code, f"<mutant of {self._room}>", "exec"), module.__dict__)


def noticed(room: str, code: str, tests: list[str], seconds: float) -> bool:
    """Whether the tests notice it; a child process that does not come back in time has."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os._exit(_trial(room, code, tests))
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            told = os.waitstatus_to_exitcode(status)
            assert told in (NOTICED, MISSED), f"the trial itself ended with {told}"
            return told == NOTICED
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _trial(room: str, code: str, tests: list[str]) -> int:
    import pytest

    sys.meta_path.insert(0, _Impostor(room, code))
    with contextlib.redirect_stdout(io.StringIO()):
        told = pytest.main([*QUIETLY, *tests])
    return MISSED if told == 0 else NOTICED


def _load() -> None:
    """All that children need, but none of the project's own rooms: those they import themselves."""
    for name in ("pytest", "hypothesis", "requests", "babel", "tests.support.servers"):
        importlib.import_module(name)


def main() -> int:
    """Prints each survivor, and a line a room; 1 where fewer than nine of ten mutants were noticed."""
    asked = _arguments()
    _load()
    poor = 0
    for room in asked.rooms:
        path = Path(room.replace(".", "/") + ".py")
        found = list(mutants(path.read_text("utf-8")))[asked.skip :: asked.every]
        assert not noticed(room, path.read_text("utf-8"), ROOMS[room], 600), f"the tests of {room} fail as it is"
        missed = []
        for mutant in found:
            if not noticed(room, mutant.code, ROOMS[room], asked.seconds):
                missed.append(mutant)
                print(f"{path}:{mutant.line}: {mutant.what}", flush=True)
        share = 100 * (1 - len(missed) / max(1, len(found)))
        print(f"{room}: {len(found) - len(missed)} of {len(found)} noticed ({share:.1f} %)", flush=True)
        poor += share < 90
    return 1 if poor else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "rooms", nargs="*", default=list(ROOMS), choices=[[], *ROOMS], metavar="ROOM", help=", ".join(ROOMS)
    )
    parser.add_argument("--seconds", type=float, default=60, metavar="N", help="for one mutant (default: %(default)s)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth mutant only")
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="and begin with this one")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
