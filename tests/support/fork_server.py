"""A process that has the program in memory and forks for each call: a test of many commands waits for imports once.

`warm.py serve SOCKET` waits for calls; `warm.py SOCKET WORD…` is one, and ends as the program would.
"""

import array
import json
import os
import socket
import sys
from pathlib import Path


def serve(path: str) -> None:
    from generator.build import server as build_server  # noqa: F401
    from generator.build.pipeline import build  # noqa: F401
    from generator.cli import COMMANDS, load, main
    from generator.setup import demo  # noqa: F401

    for name in COMMANDS:
        load(name)

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        print("ready", flush=True)
        while True:
            line, _ = server.accept()
            told, fds, _, _ = socket.recv_fds(line, 1_000_000, 2)
            child = os.fork()
            if child == 0:
                call = json.loads(told)
                os.chdir(call["cwd"])
                os.environ.clear()
                os.environ.update(call["env"])
                for own, theirs in enumerate(fds, start=1):
                    os.dup2(theirs, own)
                status = 1
                try:
                    status = main(call["argv"])
                except SystemExit as error:
                    status = int(error.code or 0)
                finally:
                    sys.stdout.flush()
                    line.send(bytes([status]))
                    os._exit(status)
            os.waitpid(child, 0)
            line.close()
            for fd in fds:
                os.close(fd)


def call(path: str, argv: list[str]) -> int:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        told = json.dumps({"argv": argv, "cwd": str(Path.cwd()), "env": dict(os.environ)}).encode()
        socket.send_fds(line, [told], array.array("i", [1, 2]))
        return line.recv(1)[0]


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    sys.exit(call(sys.argv[1], sys.argv[2:]))
