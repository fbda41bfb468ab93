"""A test that needs what is not there: skipped for whoever has no browser, a failure in CI."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDY = {
    "a fixture that skips": "tests/unit/markup/cleaning/test_formulas.py::TestInABrowser::test_it_draws_what_is_kept",
    "a tool that is missing": "tests/house/test_corpus_tools.py::test_entries_that_differ_are_counted",
    "a mark that skips": "tests/unit/feeds/fetch/test_tls.py::test_a_self_signed_certificate_is_named",
    "a test that skips itself": "tests/house/test_workflows.py::test_zizmor_finds_nothing",
}
OPTIONAL = """
import pytest

@pytest.mark.{}
def test_what_is_not_there():
    pytest.skip("it is not there")
"""
PROGRAM = "import sys, pytest; sys.executable = sys.argv.pop(1); sys.exit(pytest.main(sys.argv[1:]))"


def run(path: Path, *words: str) -> tuple[int, dict[str, int]]:
    """The status and the counts of tests, in a process that finds no program but git."""
    path.mkdir(exist_ok=True)
    (path / "git").unlink(missing_ok=True)
    (path / "git").symlink_to(shutil.which("git") or "")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path / "python"), "-n0", "-p", "no:cacheprovider", *words],
        cwd=ROOT,
        env={**os.environ, "PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    counts = re.findall(r"(\d+) (passed|skipped|failed|error)", done.stdout.rstrip().rpartition("\n")[2])
    return done.returncode, {what: int(number) for number, what in counts}


def test_what_is_missing_skips_a_test_and_is_a_failure_where_nothing_may_be(tmp_path: Path) -> None:
    assert run(tmp_path, *NEEDY.values()) == (0, {"skipped": len(NEEDY)})
    status, counts = run(tmp_path, *NEEDY.values(), "--no-skips")
    assert (status, sum(counts.values()), set(counts)) == (1, len(NEEDY), {"failed", "error"})


def test_what_is_optional_may_be_skipped(tmp_path: Path) -> None:
    words = ["-c", "pyproject.toml", "--rootdir", ".", "-p", "tests.conftest", "--no-skips"]
    for mark, status in (("optional", 0), ("browser", 1)):
        (tmp_path / f"test_{mark}.py").write_text(OPTIONAL.format(mark))
        assert run(tmp_path / "bin", str(tmp_path / f"test_{mark}.py"), *words)[0] == status


def test_ci_lets_no_test_be_skipped() -> None:
    assert "make test ARGS=--no-skips\n" in (ROOT / ".ci/run").read_text()


def test_tests_that_share_a_browser_run_in_one_process() -> None:
    """Else each process starts one, and builds the site that is looked at; only `loadgroup` looks at groups."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert "--dist loadgroup" in settings["addopts"]
    for path in (ROOT / "tests").rglob("test_*.py"):
        marks = re.findall(r"\bpytest\.mark\.(browser\b|xdist_group\()", path.read_text("utf-8"))
        assert marks.count("browser") == marks.count("xdist_group("), path
