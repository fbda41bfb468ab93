"""Allow one run at a time in a repository, and clear what a killed run left behind. Main class: `RunLock`."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import RepositoryError
from generator.git.command import Git

FILE = "gitplanet.lock"
INDEX = "gitplanet-index"
"""Our own copy of the index, which takes its place when it is done."""
GRACE = 2.0
"""Seconds for which git holds a lock on a ref at most: it gives up waiting for another's after one second."""
ORPHANS = 20.0
"""Seconds that git's processes are given to end when the run that started them was killed."""


class RunLock:
    """Ours while `take` … `release`. Git's processes inherit it, so it is free when the last of them has ended."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._path = git.common / FILE
        self._file = -1

    def take(self) -> bool:
        """Raise RepositoryError where another run is at work. Returns whether the last run did not end well."""
        if self._file >= 0:
            return False
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise RepositoryError(f"{self._path} cannot be written ({error.strerror})") from error
        try:
            self._wait(file)
        except BaseException:
            os.close(file)
            raise
        self._file, self._git.inherited = file, (file,)
        return bool(os.pread(file, 32, 0).strip())

    def _wait(self, file: int) -> None:
        patience = time.monotonic() + ORPHANS
        while not _locked(file):
            pid = _number(os.pread(file, 32, 0))
            if not pid or _lives(pid):
                who = f" (process {pid})" if pid else ""
                raise RepositoryError(f"another run is at work here{who}; wait until it is done")
            if time.monotonic() > patience:
                raise RepositoryError("what a killed run started is still at work here; run it again in a moment")
            time.sleep(0.05)

    def sign(self) -> None:
        """Write our pid: from now on, the next run knows by it that this one did not end well."""
        try:
            os.pwrite(self._file, b"%-16d\n" % os.getpid(), 0)
        except OSError as error:
            raise RepositoryError(f"{self._path} cannot be written ({error.strerror})") from error

    def release(self, *, well: bool) -> None:
        """End the run. Where it did not end `well`, the next one looks for what it left."""
        if self._file >= 0:
            if well:
                os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file, self._git.inherited = -1, ()

    def clear(self) -> None:
        """Remove what a killed run left. Call it with the lock taken: then nothing of ours is alive."""
        for path in self._stale():
            age = time.time() - path.lstat().st_mtime if path.exists() else GRACE
            if 0 <= age < GRACE:
                time.sleep(GRACE - age)
            path.unlink(missing_ok=True)
        index = self._git.folder / "index.lock"
        for path in [index] if _same(index, self._path) else []:
            path.unlink()
        for path in (*self._git.folder.glob(f"{INDEX}*"), *self._git.common.glob("fast_import_crash_*")):
            path.unlink(missing_ok=True)

    def _stale(self) -> Iterator[Path]:
        """Git's locks on its refs. That of the index is not among them: a person's editor may hold it for long."""
        places = {self._git.folder, self._git.common}
        for place in places:
            yield from (place / name for name in ("HEAD.lock", "packed-refs.lock", "packed-refs.new", "shallow.lock"))
            yield from (place / "refs").rglob("*.lock")

    @contextmanager
    def index(self) -> Iterator[Path]:
        """Yield a copy of the index to work on, which takes its place in the end; git's own lock on it is held
        meanwhile.

        That lock is a second name of our own lock file: so a left one is known to be ours.
        """
        lock, index, copy = (self._git.folder / name for name in ("index.lock", "index", INDEX))
        self._link(lock)
        try:
            if index.exists():
                shutil.copy2(index, copy)  # with its time, by which git knows which files it must compare
            yield copy
            copy.replace(index)
        except OSError as error:
            raise RepositoryError(f"the index cannot be written ({error.strerror})") from error
        finally:
            copy.unlink(missing_ok=True)
            lock.unlink(missing_ok=True)

    def _link(self, lock: Path) -> None:
        patience = time.monotonic() + GRACE / 2
        while True:
            try:
                return os.link(self._path, lock)
            except FileExistsError as error:
                if time.monotonic() > patience:
                    raise busy(lock) from error
                time.sleep(0.05)
            except OSError as error:
                raise RepositoryError(f"{lock} cannot be made ({error.strerror})") from error


def busy(lock: Path | str) -> RepositoryError:
    """Return what to say of a lock that is not ours."""
    return RepositoryError(f"another git is at work here; if none is, delete {lock} and run it again")


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _number(text: bytes) -> int:
    """Return the pid in a lock; 0 in one that its run has not signed yet."""
    return int(text) if text.strip().isdigit() else 0


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
