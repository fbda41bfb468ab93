"""Fixtures that many tests share."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.planets import Blogs, Root, author, item, rss

# A busy machine is slow, and that is no fault of what is tested. `make test` tries the same examples each time, so that
# a change is to blame for what fails; `make search` (`tests/property/search.py`) tries others each time.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("search", settings.get_profile("patient"), derandomize=False, database=None, print_blob=True)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where all that tests need is there, as it is in CI, a test that is skipped is a test that is lost."""
    parser.addoption("--no-skips", action="store_true", help="fail where a test is skipped that is not optional")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a failure of a skip that may not be."""
    report = yield
    if report.skipped and item.config.getoption("--no-skips") and not item.get_closest_marker("optional"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{reason} (and --no-skips is given)"
    return report


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests, and where: git does not know them."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in (
        "GITHUB_ACTOR",
        "EMAIL",
        *(f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")),
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True, scope="session")
def compiled() -> Iterator[None]:
    """Compiled templates in one place for all planets of the tests: they are nearly always the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.build.theme.COMPILED", Path(__file__).parents[1] / ".cache" / "templates")
        yield


@pytest.fixture
def blogs() -> Iterator[Blogs]:
    """A server without pages."""
    with Blogs() as running:
        yield running


@pytest.fixture
def larry(blogs: Blogs, tmp_path: Path) -> Root:
    """A planet of one author, whose feed at /feed has two posts."""
    feed = blogs.put("/feed", rss(item(1), item(2)))
    return Root(tmp_path / "planet", {"larry": author(feed)})
