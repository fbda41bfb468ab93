"""Small faults that can be put into a module: one comparison, number, sign, word or branch changed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
RECKONED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.Mod: ast.Add, ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
}  # fmt: skip
TYPES = ("TypeVar", "NewType", "cast", "NamedTuple")


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """One change of a module."""

    line: int
    what: str
    place: int
    """Of the node that is changed, in the order of `ast.walk`."""
    number: int
    """Of the change, among those of the node."""


def mutations(source: str) -> list[Mutation]:
    """Every change of a module that a test might notice, in the order of its lines."""
    nodes = list(ast.walk(ast.parse(source)))
    skipped = {id(part) for node in nodes for part in _unspoken(node)}
    every = [
        Mutation(line=getattr(node, "lineno", 0), what=what, place=place, number=number)
        for place, node in enumerate(nodes)
        if id(node) not in skipped
        for number, (what, _) in enumerate(_choices(node))
    ]
    return sorted(every, key=lambda mutation: (mutation.line, mutation.place, mutation.number))


def mutated(source: str, mutation: Mutation) -> str:
    """The module with that change."""
    tree = ast.parse(source)
    node = list(ast.walk(tree))[mutation.place]
    _, change = list(_choices(node))[mutation.number]
    for name, value in change.items():
        setattr(node, name, value)
    return ast.unparse(ast.fix_missing_locations(tree))


def _unspoken(node: ast.AST) -> Iterator[ast.AST]:
    """What no test could notice: docstrings, types, doors, and what errors and threads are called."""
    parts: list[ast.AST | None] = []
    match node:
        case ast.Expr(value=ast.Constant() as docstring):
            parts.append(docstring)
        case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=annotation):
            parts.append(annotation)
        case ast.FunctionDef(returns=returns, decorator_list=decorators):
            parts += [returns, *decorators]
        case ast.ClassDef(decorator_list=decorators):
            parts += decorators
        case ast.keyword(arg="name" | "daemon", value=value):
            parts.append(value)
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.If(test=ast.Name(id="TYPE_CHECKING")):
            parts.append(node)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp() | ast.Subscript() as value) if _is_type(name):
            parts.append(value)
        case ast.Call(func=ast.Name(id=name)) if name in TYPES:
            parts += [node, *node.args[:1]]
    for part in filter(None, parts):
        yield from ast.walk(part)


def _is_type(name: str) -> bool:
    """Whether a name is written as those of types are."""
    return name[0].isupper() and not name.isupper()


def _choices(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """What can be changed about a node: in words, and the fields that change."""
    text = ast.unparse(node)[:60] if isinstance(node, ast.expr | ast.stmt) else ""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield f"{text}: {COMPARED[type(op)].__name__}", {"ops": [COMPARED[type(op)]()]}
        case ast.BinOp(op=op) if type(op) in RECKONED:
            yield f"{text}: {RECKONED[type(op)].__name__}", {"op": RECKONED[type(op)]()}
        case ast.BoolOp(op=op):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{text}: {type(other).__name__}", {"op": other}
        case ast.Constant(value=bool(value)):
            yield f"{text}: {not value}", {"value": not value}
        case ast.Constant(value=int(value) | float(value)):
            yield f"{text}: {value + 1}", {"value": value + 1}
        case ast.Constant(value=str(value)) if " " not in value:  # prose may be written anew
            yield f"{text}: another text", {"value": "XX" + value}
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"{text}: without not", {"operand": ast.UnaryOp(op=ast.Not(), operand=operand)}
        case ast.Set(elts=items) | ast.Tuple(elts=items, ctx=ast.Load()) if len(items) > 1 and _are_constants(items):
            for number, item in enumerate(items):
                yield f"{text}: without {ast.unparse(item)}", {"elts": items[:number] + items[number + 1 :]}
        case _:
            yield from _branches(node, text)


def _are_constants(items: list[ast.expr]) -> bool:
    return all(isinstance(item, ast.Constant) and isinstance(item.value, str) for item in items)


def _branches(node: Any, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield f"if {ast.unparse(test)[:60]}: never", {"test": ast.Constant(value=False)}
            if not isinstance(node, ast.While):
                yield f"if {ast.unparse(test)[:60]}: always", {"test": ast.Constant(value=True)}
        case ast.Return(value=value) if value is not None and ast.unparse(value) not in ("None", "False"):
            yield f"{text}: None", {"value": ast.Constant(value=None)}
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            other_name = "max" if name == "min" else "min"
            yield f"{text}: {other_name}", {"func": ast.Name(id=other_name, ctx=ast.Load())}
        case ast.Call(func=ast.Attribute(attr="split", value=ast.Constant(value=str(words))), args=[]):
            yield from (_without(words, word) for word in words.split())
        case ast.Call(func=ast.Attribute(attr="fullmatch", value=owner)):
            yield f"{text}: search", {"func": ast.Attribute(owner, "search", ast.Load())}
        case ast.Expr(value=ast.Call()):
            yield f"{text}: left out", {"value": ast.Constant(value=None)}
        case ast.Raise():
            yield f"{text}: other error", {"exc": ast.Name(id="ZeroDivisionError", ctx=ast.Load())}


def _without(words: str, word: str) -> tuple[str, dict[str, Any]]:
    """A list of words in a text, without that word."""
    rest = ast.Constant(value=" ".join(other for other in words.split() if other != word))
    return f"of the words: without {word}", {"func": ast.Attribute(rest, "split", ast.Load())}
