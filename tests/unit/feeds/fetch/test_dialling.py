"""Which address is called, on which port and for how long, and how much is read of it: no line leaves the process."""

import io
import math
import socket
from types import SimpleNamespace
from typing import Any

import pytest

from generator.feeds.fetch import connection
from generator.feeds.fetch.connection import WIRE_LIMIT, GuardedConnection, Network
from generator.feeds.fetch.errors import FetchError

PUBLIC = ["192.88.98.1", "2600::1", "8.8.8.8"]


class Line:
    """A socket that notes what it is asked to do; `answers` are the addresses that pick up."""

    calls: list[tuple[Any, str, int, float]]
    answers: tuple[str, ...] = ()
    leads_to: str = ""
    opened: list["Line"]

    def __init__(self, family: Any, kind: Any) -> None:
        assert kind == socket.SOCK_STREAM
        self.family, self.is_open, self.patience = family, True, math.nan
        self.peer = ""
        Line.opened.append(self)

    def settimeout(self, seconds: float) -> None:
        self.patience = seconds

    def connect(self, address: tuple[str, int]) -> None:
        self.peer = Line.leads_to or address[0]
        Line.calls.append((self.family, *address, self.patience))
        if address[0] not in Line.answers:
            raise ConnectionRefusedError(111, "Connection refused")

    def getpeername(self) -> tuple[str, int]:
        return self.peer, 0

    def close(self) -> None:
        self.is_open = False


@pytest.fixture(autouse=True)
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, str, int, float]]:
    """What was called; the clock stands still."""
    Line.calls, Line.opened, Line.answers, Line.leads_to = [], [], (), ""
    monkeypatch.setattr(connection.socket, "socket", Line)
    monkeypatch.setattr(connection, "time", SimpleNamespace(monotonic=lambda: 1000.0))
    return Line.calls


def guarded(*addresses: str, allow: tuple[str, ...] = (), seconds: float = 30) -> GuardedConnection:
    network = Network(resolver=lambda name: list(addresses))
    return GuardedConnection(seconds=seconds, allow_networks=allow, network=network)


@pytest.mark.parametrize("port", [1, 22, 25, 79, 81, 442, 444, 8080, 65535])
def test_other_ports_than_those_of_the_web_are_not_called(port: int, dialled: list[Any]) -> None:
    with pytest.raises(FetchError, match=rf"^The planet does not call on port {port}; "):
        guarded(*PUBLIC).connect("blog.example", port)
    assert dialled == []


@pytest.mark.parametrize("port", [80, 443])
def test_addresses_are_called_in_turn_each_for_its_share_of_the_time(port: int, dialled: list[Any]) -> None:
    Line.answers = ("8.8.8.8",)
    line = guarded(*PUBLIC)
    assert not line.connected
    found = line.connect("blog.example", port)
    assert line.connected
    assert dialled == [
        (socket.AF_INET, "192.88.98.1", port, 10),
        (socket.AF_INET6, "2600::1", port, 15),
        (socket.AF_INET, "8.8.8.8", port, 30),
    ]
    assert [other.is_open for other in Line.opened] == [False, False, True]
    assert found is Line.opened[-1]
    assert Line.opened[-1].patience == 30


def test_where_nobody_picks_up_that_is_said_and_nothing_stays_open(dialled: list[Any]) -> None:
    line = guarded(*PUBLIC)
    with pytest.raises(FetchError, match="does not take calls at this address"):
        line.connect("blog.example", 443)
    assert len(dialled) == 3
    assert not line.connected
    assert not any(other.is_open for other in Line.opened)


@pytest.mark.parametrize("place", range(3))
def test_one_forbidden_address_is_enough_to_call_none(place: int, dialled: list[Any]) -> None:
    addresses = PUBLIC[:2]
    addresses.insert(place, "10.0.0.1")
    Line.answers = tuple(addresses)
    with pytest.raises(FetchError, match=r"^blog\.example leads to .*, where the planet does not go; use the feed's"):
        guarded(*addresses).connect("blog.example", 443)
    assert dialled == []


def test_a_line_that_leads_elsewhere_is_not_used() -> None:
    Line.answers, Line.leads_to = ("8.8.8.8",), "10.0.0.1"
    line = guarded("8.8.8.8")
    with pytest.raises(FetchError, match="where the planet does not go"):
        line.connect("blog.example", 443)
    assert not line.connected
    assert not Line.opened[0].is_open


def test_an_allowed_network_is_called_on_any_port(dialled: list[Any]) -> None:
    Line.answers = ("10.0.0.1",)
    guarded("10.0.0.1", allow=("10.0.0.0/8",)).connect("intern.example", 8080)
    assert [call[1:3] for call in dialled] == [("10.0.0.1", 8080)]


def test_a_host_with_no_address_or_none_that_a_name_can_have_is_no_host() -> None:
    for host in ("blog.example", "a" * 300 + ".example"):
        with pytest.raises(FetchError, match=r"There is no host named .*; check the spelling, or wait"):
            guarded().connect(host, 443)


def test_when_the_time_is_over_nobody_is_asked(dialled: list[Any]) -> None:
    assert guarded(seconds=0.5).remaining() == 0.5
    for seconds in (0, -1):
        with pytest.raises(FetchError):
            guarded(*PUBLIC, seconds=seconds).connect("blog.example", 443)
    assert dialled == []


class Endless(io.RawIOBase):
    """Gives as many bytes as are asked for."""

    def readinto(self, buffer: Any) -> int:
        return len(buffer)


def test_five_megabytes_of_the_wire_are_read_and_not_a_byte_more() -> None:
    assert WIRE_LIMIT == 5 * 2**20
    line, buffer, count = guarded(), memoryview(bytearray(70_000)), 0
    socket_ = Line(None, socket.SOCK_STREAM)
    with pytest.raises(FetchError, match="larger than 5 MB on the wire; offer a shorter one"):  # noqa: PT012
        while True:
            count += line.read_from(socket_, Endless(), buffer)
    assert count == WIRE_LIMIT
    assert socket_.patience == 30


@pytest.mark.parametrize(
    ("host", "called"),
    [("8.8.8.8", "8.8.8.8"), ("[2600::1]", "2600::1"), ("134744072", "8.8.8.8"), ("0x8.0x8.2056", "8.8.8.8")],
)
def test_an_address_in_any_spelling_is_called_without_asking_for_a_name(
    host: str, called: str, dialled: list[Any]
) -> None:
    Line.answers = (called,)
    guarded("10.0.0.1").connect(host, 443)
    assert [call[1] for call in dialled] == [called]


class Reader:
    """Gives a chunk, then fails."""

    def __init__(self, fault: Exception | None) -> None:
        self.fault, self.chunks, self.is_open = fault, [b"chunk"], True

    def read1(self, size: int) -> bytes:
        if not self.chunks and self.fault:
            raise self.fault
        return self.chunks.pop() if self.chunks else b""

    def close(self) -> None:
        self.is_open = False


@pytest.mark.parametrize(
    ("fault", "seconds", "is_fault"),
    [
        (None, 30, False),
        (TimeoutError(), 30, False),
        (FetchError("too large"), 30, True),
        (FetchError("too slow"), 0, False),
        (FetchError("too slow"), -1, False),
    ],
)
def test_what_comes_behind_the_end_is_read_until_the_time_is_over(
    fault: Exception | None, seconds: float, is_fault: bool
) -> None:
    line = guarded(seconds=seconds)
    line.reader = Reader(fault)
    chunks = line.surplus()
    assert next(chunks) == b"chunk"
    if is_fault:
        with pytest.raises(FetchError, match="too large"):
            next(chunks)
    else:
        assert list(chunks) == []
    line.close()
    assert not line.reader.is_open


def test_a_line_without_an_answer_has_nothing_behind_its_end() -> None:
    line = guarded()
    assert list(line.surplus()) == []
    line.close()


def test_silence_behind_the_end_is_waited_for_a_second() -> None:
    line, socket_ = guarded(), Line(None, socket.SOCK_STREAM)
    list(line.surplus())
    line.read_from(socket_, Endless(), memoryview(bytearray(9)))
    assert socket_.patience == 1


def test_the_end_of_a_line_is_noted_and_it_is_closed_with_what_reads_it() -> None:
    raw = io.BytesIO(b"abc")
    metered = connection.Metered(raw, Line(None, socket.SOCK_STREAM), guarded())
    assert metered.readable()
    assert metered.read(2) == b"ab"
    assert not metered.ended
    assert (metered.read(2), metered.read(2), metered.ended) == (b"c", b"", True)
    metered.close()
    assert raw.closed
    assert metered.closed
