"""Small faults put into modules, one at a time, and those that no test notices.

A mutant is a module with one comparison, number, sign, word or branch changed. It lives in a process of its own, where
it stands in for the module; the tests that judge it run against it, and one that fails, or takes too long, notices it.

    python -m tests.property.mutants generator.plan.match     every mutant of a module
    python -m tests.property.mutants generator.git            of a package
    python -m tests.property.mutants --sample 300 --seed 7    three hundred of all, the same ones for whoever asks again
"""

import argparse
import contextlib
import importlib
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import Phase, settings

from tests.property.impostor import instate, users
from tests.property.judges import judges, modules, source_of
from tests.property.mutations import Mutation, mutated, mutations

QUIETLY = """
-x -q --tb=no -o addopts= -p no:cacheprovider -p no:cov --hypothesis-seed=0
-W ignore::pytest.PytestAssertRewriteWarning
""".split()
MISSED = 100
SIGNALS = (-signal.SIGALRM, -signal.SIGSEGV, -signal.SIGABRT)
"""How a trial may end that is no test's word: too slow, too deep, too large."""
POOR = 90
"""Per cent of the mutants that the tests must notice."""


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A mutation of a module."""

    module: str
    mutation: Mutation

    def __str__(self) -> str:
        return f"{source_of(self.module)}:{self.mutation.line}: {self.mutation.what}"


class _Patience:
    """Ends the process when one test takes too long."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def pytest_runtest_logstart(self) -> None:
        signal.alarm(self._seconds)


def _start(module: str, code: str, groups: Sequence[Sequence[str]], seconds: int, folder: Path) -> int:
    """Start a process that asks one group of tests after another, and return its number."""
    users(module)  # found out here, once
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = _trial(module, code, groups, seconds, folder / str(os.getpid()))
        finally:
            os._exit(status)
    return child


def _trial(module: str, code: str, groups: Sequence[Sequence[str]], seconds: int, folder: Path) -> int:
    """The number of the group that notices, or MISSED."""
    os.setpgid(0, 0)
    sys.modules["__main__"] = ModuleType("__main__")  # processes that are started anew would import this one
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    settings.register_profile("alone", database=None, phases=[Phase.explicit, Phase.generate])
    settings.load_profile("alone")
    instate(module, code, folder / "site")
    for number, group in enumerate(groups):
        signal.alarm(seconds)
        if pytest.main([*QUIETLY, f"--basetemp={folder / 'tests'}", *group], plugins=[_Patience(seconds)]) != 0:
            return number
    return MISSED


def _ended(folder: Path) -> tuple[int, int]:
    """Wait for a process, and return its number and its status; what it left is removed."""
    child, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    assert code >= 0 or code in SIGNALS, f"a trial ended with {code}"
    if code < 0:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    shutil.rmtree(folder / str(child), ignore_errors=True)
    return child, code


@cache
def _is_sound(module: str, group: int, seconds: int) -> bool:
    """Whether the tests of a group pass where the module is as it is."""
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            code = source_of(module).read_text("utf-8")
            os._exit(_trial(module, code, judges(module)[group : group + 1], seconds, Path(folder, "it")))
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == MISSED


def survivors(mutants: Iterable[Mutant], *, groups: int, seconds: int, jobs: int) -> list[Mutant]:
    """Those that no test of the nearest groups notices, each printed as soon as that is clear."""
    todo, running, missed = list(mutants)[::-1], dict[int, Mutant](), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while todo or running:
            while todo and len(running) < jobs:
                mutant = todo.pop()
                code = mutated(source_of(mutant.module).read_text("utf-8"), mutant.mutation)
                running[_start(mutant.module, code, judges(mutant.module)[:groups], seconds, folder)] = mutant
            child, status = _ended(folder)
            mutant = running.pop(child)
            is_fair = status in (MISSED, *SIGNALS) or _is_sound(mutant.module, status, seconds)
            if status == MISSED or not is_fair:
                missed.append(mutant)
                print(
                    mutant,
                    "" if is_fair else f"(its tests fail without it: {judges(mutant.module)[status][0]} …)",
                    flush=True,
                )
    return missed


def main() -> int:
    """Print each survivor, and a line a module; 1 where fewer than nine of ten mutants were noticed."""
    asked = _arguments()
    for name in modules():
        if name != "generator.__main__":
            importlib.import_module(name)  # children need import only what their mutant changes
    every = [
        Mutant(module=module, mutation=mutation)
        for module in modules()
        if any(module == name or module.startswith(f"{name}.") for name in asked.names)
        for mutation in mutations(source_of(module).read_text("utf-8"))
    ][asked.skip :: asked.every]
    chosen = set(random.Random(asked.seed).sample(range(len(every)), min(asked.sample or len(every), len(every))))
    mutants = [mutant for number, mutant in enumerate(every) if number in chosen]
    missed = Counter(
        mutant.module for mutant in survivors(mutants, groups=asked.groups, seconds=asked.seconds, jobs=asked.jobs)
    )
    tried = Counter(mutant.module for mutant in mutants)
    for module, count in tried.items():
        print(_line(module, count, missed[module]))
    print(_line(f"all, chosen of {len(every)}", len(mutants), missed.total()), flush=True)
    return int(100 * missed.total() > (100 - POOR) * len(mutants))


def _line(name: str, tried: int, missed: int) -> str:
    return f"{name}: {tried - missed} of {tried} noticed ({100 * (tried - missed) / max(1, tried):.1f} %)"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=["generator"], metavar="NAME", help="modules or packages")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="take N mutants by lot")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="which lot (default: %(default)s)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth mutant only")
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="and begin with this one")
    parser.add_argument("--groups", type=int, default=99, metavar="N", help="ask the N nearest groups of tests only")
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="for one test (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="mutants at once (default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
