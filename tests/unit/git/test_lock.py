"""One run at a time, until the last process of it has ended; and what a killed one left, and nothing else, goes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.errors import RepositoryError
from generator.git import lock as lock_module
from generator.git.lock import RunLock

NOBODY = 4194304  # no process has that number


class Clock:
    """Time that passes while somebody sleeps, and only then; `then` happens at the first sleep."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []
        self.then: Callable[[], object] = lambda: None

    def monotonic(self) -> float:
        return self.now

    time = monotonic

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds
        self.slept.append(seconds)
        self.then()
        self.then = lambda: None


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(lock_module, "time", made)
    return made


def git(folder: Path, common: Path | None = None) -> Any:
    for place in (folder, common or folder):
        (place / "refs" / "heads").mkdir(parents=True, exist_ok=True)
    return SimpleNamespace(folder=folder, common=common or folder, inherited=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "planet.git"


def next_number() -> int:
    """The number that the next open file has: the same again, where none was left open."""
    file = os.open(os.devnull, os.O_RDONLY)
    os.close(file)
    return file


def test_whoever_has_it_is_alone(folder: Path) -> None:
    first, second = RunLock(git(folder)), RunLock(git(folder))
    assert first.take() is False
    free = next_number()
    with pytest.raises(RepositoryError, match=r"^another run is at work here; wait until it is done$"):
        second.take()
    first.sign()
    with pytest.raises(RepositoryError, match=rf"^another run is at work here \(process {os.getpid()}\); wait"):
        second.take()
    assert next_number() == free, "whoever is refused leaves nothing open"
    first.release(well=True)
    first.release(well=True)
    assert second.take() is False
    assert second.take() is False, "it has it"
    second.release(well=True)


@pytest.mark.parametrize("well", [True, False])
def test_the_next_run_hears_how_the_last_one_ended(folder: Path, well: bool) -> None:
    first, second = RunLock(git(folder)), RunLock(git(folder))
    first.take()
    first.sign()
    first.release(well=well)
    assert second.take() is not well
    assert second.take() is False, "it has looked already"
    second.release(well=True)
    assert first.take() is False
    first.release(well=True)


def test_a_run_that_ended_before_it_began_left_nothing(folder: Path) -> None:
    lock = RunLock(git(folder))
    lock.take()
    lock.release(well=False)
    assert lock.take() is False
    lock.release(well=True)


def test_a_lock_is_signed_with_nothing_but_the_process(folder: Path) -> None:
    folder.mkdir()
    (folder / lock_module.FILE).write_bytes(b"9999999999\n")
    lock = RunLock(git(folder))
    assert lock.take() is True
    lock.sign()
    assert (folder / lock_module.FILE).read_bytes().split() == [str(os.getpid()).encode()]
    lock.release(well=True)
    assert (folder / lock_module.FILE).read_bytes() == b""
    (folder / lock_module.FILE).write_bytes(b"7\n")
    assert lock.take() is True, "a number of one digit is a number"
    lock.release(well=True)


def test_the_lock_is_no_program_and_for_its_owner_to_write(folder: Path) -> None:
    lock = RunLock(git(folder))
    lock.take()
    assert (folder / lock_module.FILE).stat().st_mode & 0o7133 == 0
    lock.release(well=True)


def test_processes_of_a_killed_run_are_waited_for(folder: Path, clock: Clock) -> None:
    killed = git(folder)
    first = RunLock(killed)
    first.take()
    (orphan,) = map(os.dup, killed.inherited)
    first.release(well=False)
    assert killed.inherited == ()
    (folder / lock_module.FILE).write_text(f"{NOBODY}\n")
    second = RunLock(git(folder))
    with pytest.raises(RepositoryError, match="what a killed run started is still at work here; run it again in a mo"):
        second.take()
    assert 20 <= sum(clock.slept) < 21
    assert max(clock.slept) < 1
    clock.then = lambda: os.close(orphan)
    assert second.take() is True
    second.release(well=True)


@pytest.mark.parametrize(("error", "lives"), [(PermissionError, True), (ProcessLookupError, False)])
def test_a_process_of_another_person_lives(
    error: type[OSError], lives: bool, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def kill(pid: int, signal: int) -> None:
        asked.append((pid, signal))
        raise error

    monkeypatch.setattr(os, "kill", kill)
    first = RunLock(git(folder))
    first.take()
    (folder / lock_module.FILE).write_text(f"{NOBODY}\n")
    clock.then = lambda: first.release(well=False)
    if lives:
        with pytest.raises(RepositoryError, match=rf"another run is at work here \(process {NOBODY}\)"):
            RunLock(git(folder)).take()
    else:
        second = RunLock(git(folder))
        assert second.take() is True
        second.release(well=True)
    first.release(well=True)
    assert set(asked) == {(NOBODY, 0)}


def test_where_nothing_can_be_written_that_is_said(folder: Path) -> None:
    missing = SimpleNamespace(folder=folder, common=folder, inherited=())
    words = r"gitplanet\.lock cannot be written "
    lock = RunLock(missing)
    with pytest.raises(RepositoryError, match=words + r"\(No such file or directory\)$"):
        lock.take()
    with pytest.raises(RepositoryError, match=words + r"\(Bad file descriptor\)$"):
        lock.sign()


LEFT = (
    "HEAD.lock packed-refs.lock packed-refs.new shallow.lock refs/heads/main.lock refs/a/b/c.lock gitplanet-index "
    "gitplanet-index.lock"
).split()
OTHERS = "index.lock index HEAD config.lock refs/heads/main packed-refs gitplanet.lock".split()


@pytest.mark.parametrize("linked", [False, True])
def test_what_a_killed_run_left_goes_and_nothing_else(folder: Path, linked: bool, clock: Clock) -> None:
    """In a linked work tree, too, whose locks lie in two folders."""
    common = folder if not linked else folder.parent / "common.git"
    opened = git(folder, common)
    lock = RunLock(opened)
    lock.take()
    for place in {folder, common}:
        for name in (*LEFT, *OTHERS):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).touch()
            os.utime(place / name, (0, 0))
    (common / "fast_import_crash_12").touch()
    lock.clear()
    assert {path.name for path in common.glob("fast*")} == set()
    ours = {"gitplanet-index", "gitplanet-index.lock"}
    for place in {folder, common}:
        expected = {*OTHERS, *(ours if place is not folder else ())}
        assert {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()} == expected
    assert clock.slept == []
    (folder / "index.lock").unlink()
    os.link(common / lock_module.FILE, folder / "index.lock")
    lock.clear()
    assert not (folder / "index.lock").exists(), "a second name of our own lock is ours"
    lock.release(well=True)


@pytest.mark.parametrize(("age", "waits"), [(0, 2.0), (0.5, 1.5), (2, 0), (60, 0), (-60, 0)])
def test_a_young_lock_may_be_that_of_a_git_at_work(folder: Path, clock: Clock, age: float, waits: float) -> None:
    """It gives up after a second; one from the future says nothing."""
    lock = RunLock(git(folder))
    (folder / "HEAD.lock").touch()
    os.utime(folder / "HEAD.lock", (clock.now - age, clock.now - age))
    clock.then = lambda: (folder / "HEAD.lock").unlink()
    lock.clear()
    assert clock.slept == ([waits] if waits else [])
    assert not (folder / "HEAD.lock").exists()


@pytest.fixture
def taken(folder: Path) -> Iterator[RunLock]:
    lock = RunLock(git(folder))
    lock.take()
    (folder / "index").write_text("as it was")
    os.utime(folder / "index", (1_000, 1_000))
    yield lock
    lock.release(well=True)


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


AFTER = {"gitplanet.lock": "", "index": "as it was"}


def test_a_copy_takes_the_place_of_the_index_when_it_is_done(taken: RunLock, folder: Path) -> None:
    with taken.index() as index:
        assert (folder / "index.lock").samefile(folder / lock_module.FILE)
        assert index.read_text() == "as it was"
        assert index.stat().st_mtime == 1_000, "by its time git knows which files it must compare"
        index.write_text("new")
        assert (folder / "index").read_text() == "as it was"
    assert files(folder) == AFTER | {"index": "new"}


def test_a_lock_that_a_person_took_away_meanwhile_is_no_fault(taken: RunLock, folder: Path) -> None:
    with taken.index() as index:
        (folder / "index.lock").unlink()
        index.write_text("new")
    assert files(folder) == AFTER | {"index": "new"}


def test_a_first_index_is_made(taken: RunLock, folder: Path) -> None:
    (folder / "index").unlink()
    with taken.index() as index:
        assert not index.exists()
        index.write_text("new")
    assert files(folder) == AFTER | {"index": "new"}


@pytest.mark.parametrize(
    ("fault", "said"),
    [(OSError(28, "No space left"), r"^the index cannot be written \(No space left\)$"), (ValueError("x"), "x")],
)
def test_an_index_that_was_not_done_stays_as_it_was(fault: Exception, said: str, taken: RunLock, folder: Path) -> None:
    def work() -> None:
        with taken.index() as index:
            index.write_text("half")
            raise fault

    with pytest.raises((RepositoryError, ValueError), match=said):
        work()
    assert files(folder) == AFTER


def test_another_git_at_the_index_is_waited_for_a_second(taken: RunLock, folder: Path, clock: Clock) -> None:
    (folder / "index.lock").write_text("another's")
    words = r"^another git is at work here; if none is, delete .*/index\.lock and run it again$"
    with pytest.raises(RepositoryError, match=words), taken.index():
        raise AssertionError
    assert 1 <= sum(clock.slept) < 1.2
    assert len(clock.slept) > 9
    assert files(folder) == AFTER | {"index.lock": "another's"}
    clock.then = lambda: (folder / "index.lock").unlink()
    with taken.index():
        assert (folder / "index.lock").read_text() == ""
    assert files(folder) == AFTER


def test_a_lock_that_cannot_be_made_is_said(taken: RunLock, folder: Path) -> None:
    (folder / lock_module.FILE).unlink()
    with (
        pytest.raises(RepositoryError, match=r"index\.lock cannot be made \(No such file or directory\)$"),
        taken.index(),
    ):
        raise AssertionError
