"""A call → the same call in a process of its own, with all its programs, in which a fault strikes at the n-th change.

The faults are in `fault.c`, a library loaded before the C library's: so a program that uses this module starts itself
anew, once, with the library in place.
"""

import contextlib
import mmap
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PlanetError

OFF, COUNT, KILL_ALL, KILL_ONE, FULL = range(5)
KINDS = {"all": KILL_ALL, "one": KILL_ONE, "full": FULL}
DONE, EXPLAINED, CRASHED = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a call in its own process ended."""

    status: int
    """DONE, EXPLAINED (a PlanetError), CRASHED (any other), or minus the signal that ended it."""
    told: str
    changes: int
    """Calls that change a disk which its processes made, up to the fault."""


def load(module: str) -> None:
    """Starts this program anew, as `python -m module`, with the faults loaded; returns where they are."""
    if "FAULT_FILE" in os.environ:
        return
    folder = tempfile.mkdtemp(prefix="gitplanet-fault-")
    library, state = f"{folder}/fault.so", f"{folder}/state"
    source = Path(__file__).with_name("fault.c")
    subprocess.run(["cc", "-O2", "-Wall", "-shared", "-fPIC", "-o", library, str(source), "-ldl"], check=True)
    Path(state).write_bytes(bytes(24))
    env = {**os.environ, "LD_PRELOAD": library, "FAULT_FILE": state}
    os.execve(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]], env)


def strike(call: Callable[[], object], *, kind: int = OFF, at: int = 0) -> Outcome:
    """Runs the call in a group of processes of its own, and waits until the last of them has ended."""
    with Path(os.environ["FAULT_FILE"]).open("r+b") as file, mmap.mmap(file.fileno(), 24) as state:
        state[:] = bytes(24)
        inlet, outlet = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(inlet)
            os._exit(_within(call, outlet, state, struct.pack("3l", kind, at, 0)))
        os.close(outlet)
        words = _all_of(inlet)
        _, status = os.waitpid(pid, 0)
        _gone(pid)
        _, _, count = struct.unpack("3l", state[:])
        state[:] = bytes(24)
    return Outcome(status=os.waitstatus_to_exitcode(status), told=words, changes=count)


def _all_of(inlet: int) -> str:
    told = b""
    while part := os.read(inlet, 65536):
        told += part
    os.close(inlet)
    return told.decode("utf-8", "replace")


def _within(call: Callable[[], object], outlet: int, state: mmap.mmap, armed: bytes) -> int:
    os.setpgid(0, 0)
    status, told = DONE, ""
    try:
        state[:] = armed
        call()
    except PlanetError as error:
        status, told = EXPLAINED, str(error)
    except BaseException:
        status, told = CRASHED, traceback.format_exc()
    state[:8] = bytes(8)
    os.write(outlet, told.encode())
    return status


def _gone(group: int) -> None:
    """Waits for what a killed process left alive; after 20 seconds it is killed, too."""
    patience = time.monotonic() + 20
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.killpg(group, 0 if time.monotonic() < patience else signal.SIGKILL)
            time.sleep(0.005)
