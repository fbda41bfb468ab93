"""A command → what it took: seconds of the wall and of the processors, and memory; of `gitplanet update` its report."""

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

PAGE = os.sysconf("SC_PAGE_SIZE")
PR_SET_CHILD_SUBREAPER = 36
"""Of Linux: see prctl(2)."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one run took; its child processes are included."""

    wall: float
    processors: float
    """Seconds, user and system."""
    megabytes: float
    """The most that all its processes held at once; what several share counts once."""
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def feeds(self) -> str:
        """How they fared, in a few words."""
        return ", ".join(f"{count} {name}" for name, count in self.report["feeds"].items() if count)


def update(root: Path, now: datetime, *words: str) -> Taken:
    """Runs it as people do, in a process of its own."""
    told = root / ".cache" / "report.json"
    told.parent.mkdir(exist_ok=True)
    taken = gitplanet("update", "--root", str(root), "--report", str(told), "--now", now.isoformat(), *words)
    return replace(taken, report=json.loads(told.read_text()))


def gitplanet(*words: str) -> Taken:
    """Runs one of its commands."""
    return run([sys.executable, "-m", "generator", *words])


def run(command: Sequence[str], *, folder: Path | None = None) -> Taken:
    """Runs a command, in that folder or here. What it says is shown where it fails.

    Python may keep what it compiles, as it does for users: a first run is for that.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    os.sync()  # what was written before shall not be waited for now
    _adopt_orphans()
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
        scale = _Scale(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode == 0, f"{command} ended with {process.returncode}: {said.read().decode()[-2000:]}"
    return Taken(
        wall=wall,
        processors=used.ru_utime + used.ru_stime + _left_behind(process.pid),
        megabytes=max(scale.most(), used.ru_maxrss / 1024),
    )


def _adopt_orphans() -> None:
    """Processes that a run leaves behind shall be ours: what they took of the processors counts, too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _left_behind(group: int) -> float:
    """Seconds of processor of all others in that group of processes, when they have ended."""
    seconds = 0.0
    while True:
        try:
            _, _, used = os.wait4(-group, 0)
        except ChildProcessError:
            return seconds
        seconds += used.ru_utime + used.ru_stime


class _Scale:
    """Weighs a process and all below it."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def most(self) -> float:
        """Megabytes."""
        self._over.set()
        self._thread.join()
        return self._most

    def _weigh(self) -> None:
        pause = 0.1
        while not self._over.wait(pause):
            family = list(_family(self._pid))
            weigh, pause = (_resident, 0.1) if len(family) == 1 else (_own, 0.5)  # to part what is shared takes long
            self._most = max(self._most, sum(map(weigh, family)) / 1024 / 1024)


def _family(pid: int) -> Iterable[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
    except OSError:  # it has ended
        return


def _own(pid: int) -> int:
    """Bytes of a process, of each shared page its part: PSS in proc(5)."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text().split()
        return int(told[told.index("Pss:") + 1]) * 1024
    except (OSError, ValueError):
        return 0


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What a run may take at most; 0: as much as it likes."""

    wall: float = 0
    processors: float = 0

    def holds(self, taken: Taken) -> bool:
        """Whether it did not take more."""
        return taken.wall <= (self.wall or taken.wall) and taken.processors <= (self.processors or taken.processors)


def verdict(rows: Sequence[tuple[str, Sequence[Taken], Limit]]) -> int:
    """Prints a table, the best of the rounds of each row; 1 where none of them kept a limit."""
    print(f"\nload before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; the best of {len(rows[0][1])}")
    print(f"{'run':34} {'wall':>9} {'at most':>8} {'CPU':>9} {'at most':>8} {'memory':>8}  feeds")
    missed = 0
    for name, rounds, limit in rows:
        best = min(rounds, key=lambda taken: taken.wall)
        missed += not any(limit.holds(taken) for taken in rounds)
        most = [f"{seconds:.0f} s" if seconds else "" for seconds in (limit.wall, limit.processors)]
        print(
            f"{name:34} {best.wall:7.2f} s {most[0]:>8} {best.processors:7.2f} s {most[1]:>8}"
            f" {best.megabytes:5.0f} MB  {best.feeds}"
        )
    return 1 if missed else 0
