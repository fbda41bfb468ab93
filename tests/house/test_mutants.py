"""Every module has tests that judge its mutants, and a mutant is the module with one change."""

import ast

import pytest

from tests.property.impostor import users
from tests.property.judges import BESIDE, ROOT, judges, modules, source_of
from tests.property.mutations import mutated, mutations


def test_every_module_is_judged_by_tests_that_are_there() -> None:
    assert {f"generator.{name}" for name in BESIDE} <= set(modules())
    named = {test for tests in BESIDE.values() for test in tests.split()}
    assert [test for test in named if not (ROOT / "tests" / f"{test}.py").exists()] == []
    unjudged = [module for module in modules() if not judges(module)]
    assert unjudged == ["generator", "generator.__main__", "generator.errors"]


def test_the_nearest_tests_come_first_and_each_once() -> None:
    groups = judges("generator.feeds.fetch.request")
    assert groups[0] == ("tests/unit/feeds/fetch/test_request.py",)
    assert groups[1] == ("tests/unit/feeds/fetch/test_connection.py",)
    paths = [path for group in groups for path in group]
    assert len(paths) == len({*paths})


SOURCE = '''
"""A docstring."""
from typing import TYPE_CHECKING, Literal
if TYPE_CHECKING:
    import re
__all__ = ("a", "b")
Kind = Literal["x"] | int
WORDS = frozenset("p q".split())


@cached(size=3)
def decide(a: "int" = 1, *, b: Literal["no"]) -> "str":
    """Another."""
    items: list["int"] = []
    if not a < 2 and b:
        items.append(min(a, 4))
    return "yes"
'''


def test_what_no_test_could_notice_is_left_alone() -> None:
    assert [(mutation.line, mutation.what) for mutation in mutations(SOURCE)] == [
        (8, "of the words: without p"),
        (8, "of the words: without q"),
        (12, "1: 2"),
        (15, "if not a < 2 and b: never"),
        (15, "if not a < 2 and b: always"),
        (15, "not a < 2 and b: Or"),
        (15, "not a < 2: without not"),
        (15, "a < 2: LtE"),
        (15, "2: 3"),
        (16, "items.append(min(a, 4)): left out"),
        (16, "min(a, 4): max"),
        (16, "4: 5"),
        (17, "return 'yes': None"),
        (17, "'yes': another text"),
    ]


@pytest.mark.parametrize("module", ["generator.git.lock", "generator.markup.sanitize", "generator.plan.match"])
def test_a_mutant_differs_from_its_module_and_from_the_others(module: str) -> None:
    source = (ROOT / source_of(module)).read_text("utf-8")
    texts = [mutated(source, mutation) for mutation in mutations(source)]
    assert ast.unparse(ast.parse(source)) not in texts
    assert len({*texts}) > 0.95 * len(texts)


def test_whoever_imports_a_mutant_is_imported_anew() -> None:
    assert {"generator.plan", "generator.plan.match", "generator.update.reading"} <= users("generator.plan.match")
    assert not {"generator.models", "generator.git"} & users("generator.plan.match")
