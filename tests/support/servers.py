"""A web server on this machine that does to each path exactly what its behaviour says, lies included."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self


class Call:
    """One connection: what the client sent, and what may be said to it."""

    def __init__(self, line: socket.socket, head: str, over: threading.Event) -> None:
        self.line, self.over = line, over
        request, *fields = head.split("\r\n")
        self.path = request.split(" ")[1]
        self.version = request.split(" ")[2]
        self.fields = [tuple(field.split(": ", 1)) for field in fields]

    def say(self, data: bytes) -> None:
        self.line.sendall(data)

    def hold(self) -> None:
        """Keep silent until the server closes."""
        self.over.wait()

    def drip(self, data: bytes, pause: float = 0.02) -> None:
        """Say it again and again, slowly, until the client hangs up."""
        while not self.over.wait(pause):
            self.say(data)

    def pour(self, data: bytes) -> None:
        """Say it again and again until the client hangs up."""
        while not self.over.is_set():
            self.say(data)


Behaviour = bytes | Callable[[Call], None]


def answer(status: str, *fields: str, body: bytes = b"") -> bytes:
    """A whole response with its true length."""
    head = [f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(body)}"]
    return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + body


class Server(socketserver.ThreadingTCPServer):
    """Behaviours by path (`/feed`); what was called is in `calls`, every connection counts in `connections`.

    The greeting is said before the client has said anything.
    """

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(
        self,
        behaviours: Mapping[str, Behaviour],
        *,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
        greeting: bytes = b"",
    ) -> None:
        self.behaviours, self.host, self.tls, self.greeting = dict(behaviours), host, tls, greeting
        self.calls: list[Call] = []
        self.connections = 0
        self.over = threading.Event()
        super().__init__((host, 0), _Handler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def at(self, path: str, host: str = "") -> str:
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{host or self.host}:{self.port}{path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()


class _Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        self.server.connections += 1
        try:
            if self.server.tls:
                self.request = self.server.tls.wrap_socket(self.request, server_side=True)
            self._serve()
        except OSError:
            pass  # the client hung up

    def _serve(self) -> None:
        self.request.sendall(self.server.greeting)
        head = b""
        while b"\r\n\r\n" not in head:
            data = self.request.recv(4096)
            if not data:
                return
            head += data
        call = Call(self.request, head.split(b"\r\n\r\n")[0].decode("latin-1"), self.server.over)
        self.server.calls.append(call)
        behaviour = self.server.behaviours.get(call.path, answer("404 Not Found"))
        if isinstance(behaviour, bytes):
            call.say(behaviour)
        else:
            behaviour(call)

    def finish(self) -> None:
        self.request.close()
