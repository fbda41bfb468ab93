"""Random tests: the same examples for whoever runs the suite, others for whoever searches."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.property import search

ROOT = Path(__file__).parents[2]
SUITE = [
    path
    for name in ("unit", "integration", "house", "browser", "support")
    for path in (ROOT / "tests" / name).rglob("*.py")
]
PROBE = """
from hypothesis import given, settings
from hypothesis import strategies as st

SEEN = []

@settings(max_examples=20)
@given(st.integers())
def test_numbers(number):
    SEEN.append(number)

def test_they_are_seen():
    print("seen", SEEN)
"""


def numbers(folder: Path, *words: str) -> str:
    """What a random test was given in a run of its own."""
    (folder / "test_probe.py").write_text(PROBE)
    alone = [
        "-c",
        "pyproject.toml",
        "--rootdir",
        ".",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        "-n0",
        "-s",
        "-q",
    ]
    command = [sys.executable, "-m", "pytest", *alone, *words, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return next(line for line in done.stdout.splitlines() if "seen [" in line).partition("seen ")[2]


def test_the_suite_tries_the_same_examples_each_time_and_the_search_those_of_its_seed(tmp_path: Path) -> None:
    same = numbers(tmp_path)
    assert numbers(tmp_path) == same
    one, other = (numbers(tmp_path, "--hypothesis-profile=search", f"--hypothesis-seed={seed}") for seed in (1, 2))
    assert len({same, one, other}) == 3


def test_the_search_ends_with_the_first_round_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    def run(tests: list[str], seed: int) -> int:
        rounds.append(seed)
        assert len(rounds) < 9
        return int(len(rounds) == 3)

    monkeypatch.setattr(search, "run", run)
    assert search.search(["tests/unit"], 3600) == 1
    assert len(set(rounds)) == 3
    assert search.search(["tests/unit"], 0) == 0
    assert len(rounds) == 4


def test_no_test_draws_what_nobody_can_draw_again() -> None:
    """Chance has a seed, and hypothesis the profile of `tests/conftest.py`."""
    wild = re.compile(r"\bRandom\(\)|\bSystemRandom\b|use_true_random=True|\bderandomize=")
    found = {path.name for path in SUITE if wild.search(path.read_text("utf-8")) and path != Path(__file__)}
    assert found == set()
    assert settings.get_profile("patient").derandomize
    assert not settings.get_profile("search").derandomize
