"""Who runs a command, as git and the CI service say."""

from pathlib import Path

import pytest

from generator.git import Person, Repository
from tests.support.planets import Root


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path / "planet", {})


def person(root: Root) -> Person | None:
    with Repository(root.path) as repository:
        return repository.person


def test_nobody_is_guessed(root: Root) -> None:
    assert person(root) is None
    root.git("config", "user.name", "Jane")
    assert person(root) is None


def test_whom_git_would_name(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    root.git("config", "user.name", "Jane Ünï <x>")
    root.git("config", "user.email", "jane@example.org")
    monkeypatch.setenv("GITHUB_ACTOR", "somebody")
    assert person(root) == Person(name="Jane Ünï x", email="jane@example.org")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Joan")
    assert person(root) == Person(name="Joan", email="jane@example.org")


def test_the_account_that_started_the_run(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTOR", "jane-doe")
    assert person(root) == Person(name="jane-doe", email="jane-doe@users.noreply.github.com")
