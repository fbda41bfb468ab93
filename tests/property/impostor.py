"""A mutant in the place of its module, in this process and in those that it starts."""

import ast
import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.property.judges import ROOT, modules, source_of

CHANGES = {"generator.feeds.parse.xml": "feedparser generator.feeds.parse.handlers"}
"""Modules that change a library when they are imported: that is imported anew with them, and who else builds on it."""
SITE = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.property.impostor import Impostor
sys.path.remove({root!r})
sys.meta_path.insert(0, Impostor({module!r}, Path(__file__).with_name("mutant.txt").read_text("utf-8")))
"""


class Impostor(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a mutant to whoever imports the module."""

    def __init__(self, module: str, code: str) -> None:
        self._module, self._code = module, code

    def find_spec(self, name: str, *_: Any) -> Any:
        if name != self._module:
            return None
        path = ROOT / source_of(name)
        folders = [str(path.parent)] if path.stem == "__init__" else None
        return importlib.util.spec_from_file_location(name, path, loader=self, submodule_search_locations=folders)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._code, f"<mutant of {self._module}>", "exec"), module.__dict__)


def instate(module: str, code: str, folder: Path) -> None:
    """Put the mutant in the place of the module, for all that is imported from now on; `folder` is for its use."""
    for name in _with_changed(users(module)):
        package, _, last = name.rpartition(".")
        if sys.modules.pop(name, None) and package in sys.modules:
            delattr(sys.modules[package], last)
    sys.meta_path.insert(0, Impostor(module, code))
    folder.mkdir(parents=True)
    (folder / "mutant.txt").write_text(code, "utf-8")
    (folder / "sitecustomize.py").write_text(SITE.format(root=str(ROOT), module=module), "utf-8")
    os.environ["PYTHONPATH"] = str(folder)


def _with_changed(names: set[str]) -> set[str]:
    """The modules, and what builds on a library that one of them changes."""
    others = {other for name, others in CHANGES.items() if name in names for other in others.split()}
    loaded = {name for name in sys.modules if name.partition(".")[0] in others}
    return names.union(loaded, *map(users, others))


@cache
def users(module: str) -> set[str]:
    """The module, and those that import it, however indirectly."""
    found, todo = set[str](), [module]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [user for user, used in _imports().items() if name in used]
    return found


@cache
def _imports() -> dict[str, set[str]]:
    """By module, the modules that it imports, early or late, and the packages around them and itself."""
    every = set(modules())
    used = {name: {name.rpartition(".")[0], *(_module(other, every) for other in _used(name))} for name in every}
    return {name: {outer for other in others for outer in _around(other)} for name, others in used.items()}


def _around(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[: number + 1]) for number in range(len(parts)))


def _used(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / source_of(name)).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module(name: str, every: set[str]) -> str:
    """The module in which that name stands."""
    while name and name not in every:
        name = name.rpartition(".")[0]
    return name
