"""Servers that lie, drip, flood or keep silent: each as feed, as redirect target and as error page ends as one fault.

Nothing here measures time: a behaviour that were not ended would hang the test.
"""

import contextlib
import subprocess
import sys
from contextlib import ExitStack
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.feeds.fetch import FetchError, Network, fetch
from generator.models import FetchSettings, Validators
from tests.support.hostile_servers import (
    BEHAVIOURS,
    BOMB,
    MEGABYTE,
    PACKED,
    SLOW,
    TOO_MUCH,
    WRONG,
    hold_after,
    positions,
)
from tests.support.planets import SETTINGS as SMALL
from tests.support.planets import Root, author, item, rss
from tests.support.servers import Behaviour, Server, answer

SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=0.3, max_bytes=MEGABYTE)
PATIENT = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=120, max_bytes=10 * MEGABYTE)
"""For what must be ended by a limit other than time."""


def fault(behaviour: Behaviour, path: str, patience: FetchSettings) -> FetchError:
    with Server(positions(behaviour)) as server, pytest.raises(FetchError) as caught:
        fetch(server.at(path), settings=patience)
    assert str(caught.value).isprintable()
    assert str(caught.value).endswith(".")
    return caught.value


def test_there_are_enough_of_them():
    assert len(BEHAVIOURS) >= 60


@pytest.mark.parametrize("path", ["/feed", "/moved"])
@pytest.mark.parametrize("name", SLOW)
def test_slow_servers_end_at_the_deadline(name, path):
    assert "did not arrive in the time" in str(fault(SLOW[name], path, SETTINGS))


@pytest.mark.parametrize("path", ["/feed", "/moved"])
@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_ends_at_a_limit_and_not_at_the_deadline(name, path):
    assert "larger than" in str(fault(TOO_MUCH[name], path, PATIENT))


@pytest.mark.parametrize("path", ["/feed", "/moved"])
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_once(name, path):
    assert "in the time" not in str(fault(WRONG[name], path, PATIENT))


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_error_pages_end_too(name):
    error = fault(BEHAVIOURS[name], "/error", SETTINGS)
    assert error.status in (0, 101, 206, 301, 302, 503)


@pytest.mark.parametrize("status", ["503 Busy", "301 Moved"])
@pytest.mark.parametrize(
    "body",
    [b"", bytes(99), BOMB, PACKED[:-9]],
)
def test_bodies_of_errors_and_redirects_are_never_read(status, body):
    """The server claims more than it sends and then keeps silent: who reads the body waits for the deadline."""
    head = f"HTTP/1.1 {status}\r\nLocation: /end\r\nContent-Encoding: gzip\r\nContent-Length: 99999999\r\n\r\n"
    behaviours = {"/feed": hold_after(head.encode() + body), "/end": answer("404 No")}
    with Server(behaviours) as server, pytest.raises(FetchError) as caught:
        fetch(server.at("/feed"), settings=PATIENT)
    assert caught.value.status == (404 if "301" in status else 503)


STATUS = st.sampled_from([b"200 OK", b"304 No", b"302 Found", b"100 Continue", b"503 Busy"]) | st.binary(max_size=8)
FIELD = st.sampled_from([b"Content-Length", b"Transfer-Encoding", b"Content-Encoding", b"Location", b"ETag", b"X"])
VALUE = st.sampled_from([b"chunked", b"gzip", b"5", b"-1", b"9" * 20, b"/moved", b"//[", b"//x/"]) | st.binary(
    max_size=8
)
FIELDS = st.lists(st.tuples(FIELD, VALUE).map(b": ".join), max_size=4).map(b"\r\n".join)
BODY = st.sampled_from([b"", PACKED, b"5\r\nhello\r\n0\r\n\r\n", b"-1\r\nx", b"<rss/>"]) | st.binary(max_size=40)


def nobody(host: str) -> list[str]:
    raise OSError(host)


@settings(max_examples=200, deadline=None)
@given(STATUS, FIELDS, st.sampled_from([b"\r\n\r\n", b"\n\n", b"\r\n", b""]), BODY)
def test_any_answer_is_a_response_or_a_fault(status, fields, end, body):
    with Server({"/feed": b"HTTP/1.1 " + status + b"\r\n" + fields + end + body}) as server:
        url, network = server.at("/feed"), Network(resolver=nobody)
        with contextlib.suppress(FetchError):
            response = fetch(url, settings=PATIENT, validators=Validators(etag="x"), network=network)
            assert response.status in (200, 304)


READER = """
import resource, sys
from generator.feeds.fetch import FetchError, fetch
from generator.models import FetchSettings

settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=60)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for url in sys.argv[1:]:
    try:
        fetch(url, settings=settings)
    except FetchError:
        continue
    raise SystemExit(f"{url} was taken for a feed")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_no_flood_fills_the_memory():
    """In a process of its own, whose largest size is known to the system; with the limits as they come."""
    floods = {f"/{number}": flood for number, flood in enumerate(TOO_MUCH.values())}
    with Server(floods) as server:
        command = [sys.executable, "-c", READER, *map(server.at, floods)]
        grown = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert grown < 100


def test_good_feeds_are_committed_beside_hostile_ones(tmp_path):
    """The small version of `python -m tests.bench.hostile`: each behaviour once, in the positions by turns."""
    hasty = SMALL.replace("[tool.gitplanet.fetch]", "[tool.gitplanet.fetch]\ntimeout = 0.5")
    told = [item(1, guid=f"{n}", title=f"{n}", link=f"https://{n}.example/", body=f"<p>{n}</p>") for n in range(20)]
    good = {f"/{number}": answer("200 OK", body=rss(each).encode()) for number, each in enumerate(told)}
    places = cycle(["/feed", "/moved", "/error"])
    with ExitStack() as stack:
        outer = stack.enter_context(Server(good, host="127.7.0.1"))
        hosts = [f"127.7.1.{number}" for number in range(1, 17)]
        servers = [stack.enter_context(Server({}, host=host)) for host in hosts]
        bad = []
        for server, behaviour, place in zip(cycle(servers), BEHAVIOURS.values(), places, strict=False):
            paths = {f"/{len(bad)}{path}": each for path, each in positions(behaviour).items()}
            paths[f"/{len(bad)}/moved"] = answer("301 Moved", f"Location: /{len(bad)}/feed")
            server.behaviours |= paths
            bad.append(server.at(f"/{len(bad)}{place}"))
        authors = {f"good{path[1:]}": author(outer.at(path)) for path in good}
        authors |= {f"bad{number}": author(url) for number, url in enumerate(bad)}
        report = Root(tmp_path / "planet", authors, settings=hasty).update()
    assert (report.ok, len(report.failures), report.kinds.total()) == (len(good), len(bad), len(good))
