"""Where the planet does not go: private addresses under any name, on any hop, and other ports."""

import contextlib
import socket
import threading
from collections.abc import Sequence

import pytest

from generator.feeds.fetch import FetchError, Network, fetch
from generator.models import FetchSettings
from tests.crash.forbidden_addresses import OUTER, POSITIONS, observed, visit
from tests.crash.forbidden_addresses import SPELLINGS as FORBIDDEN
from tests.support.servers import Server, answer

INNER = "127.0.0.2"
"""Plays the private network: the settings of these tests allow 127.0.0.1 only."""
SPELLINGS = [
    "127.0.0.2",
    "127.2",
    "0177.0.0.2",
    "0x7f.2",
    "0x7f000002",
    "2130706434",
    "017700000002",
    "[::ffff:7f00:2]",
]
SETTINGS = FetchSettings(allow_networks=("127.0.0.1/32",), timeout=5)
OPEN = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=5)


class Names:
    """A name server that says something else each time, the last answer for ever, and counts the questions."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def nobody(host: str) -> Sequence[str]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("host", SPELLINGS)
def test_the_inner_server_can_be_reached_where_settings_allow_it(host):
    with Server({"/": answer("200 OK")}, host=INNER) as inner:
        assert fetch(inner.at("/", host), settings=OPEN).status == 200
        assert inner.connections == 1


@pytest.mark.parametrize("hops", [0, 1, 4])
@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_leads_inside_on_any_hop(host, hops):
    with Server({"/": answer("200 OK")}, host=INNER) as inner, Server({}) as outer:
        targets = [*(outer.at(f"/{place}") for place in range(hops)), inner.at("/", host)]
        for place in range(hops):
            outer.behaviours[f"/{place}"] = answer("302 Found", f"Location: {targets[place + 1]}")
        with pytest.raises(FetchError, match="leads to this machine itself") as caught:
            fetch(targets[0], settings=SETTINGS)
    assert (inner.connections, len(outer.calls), caught.value.requests) == (0, hops, hops)


@pytest.mark.parametrize("position", POSITIONS)
def test_no_spelling_of_a_forbidden_address_is_called_from_any_position(position):
    with Server({}, host=OUTER) as outer, observed() as calls:
        told = {spelling: visit(spelling, position, outer) for spelling in FORBIDDEN}
    assert calls == []
    refused = ("where the planet does not go", "is not the address of a web page")
    assert {spelling: reason for spelling, reason in told.items() if not any(map(reason.__contains__, refused))} == {}


def test_the_observer_is_not_blind():
    with Server({}) as inner, observed() as calls, pytest.raises(FetchError, match="cannot be reached"):
        fetch(inner.at("/"), settings=OPEN)
    assert (len(calls), inner.connections) == (1, 0)


def test_a_name_is_resolved_once_and_the_checked_address_is_called():
    names = Names(["127.0.0.1"], [INNER])
    with Server({"/": answer("200 OK")}) as outer:
        response = fetch(outer.at("/", "blog.test"), settings=SETTINGS, network=Network(resolver=names))
        assert ("Host", f"blog.test:{outer.port}") in outer.calls[0].fields
    assert (response.status, names.asked) == (200, ["blog.test"])


@pytest.mark.parametrize("host", ["faß.test", "FAẞ.test", "xn--fa-hia.test"])
def test_an_international_name_is_asked_for_and_named_as_browsers_do(host):
    names = Names(["127.0.0.1"])
    with Server({"/": answer("200 OK")}) as outer:
        fetch(outer.at("/", host), settings=SETTINGS, network=Network(resolver=names))
        assert ("Host", f"xn--fa-hia.test:{outer.port}") in outer.calls[0].fields
    assert names.asked == ["xn--fa-hia.test"]


def test_a_name_that_turns_inside_between_two_hops_is_refused():
    network = Network(resolver=Names(["127.0.0.1"], [INNER]))
    with Server({}, host=INNER) as inner, Server({"/": answer("302 Found", "Location: /next")}) as outer:
        url = outer.at("/", "blog.test")
        with pytest.raises(FetchError, match=r"blog\.test leads to this machine itself"):
            fetch(url, settings=SETTINGS, network=network)
    assert (inner.connections, len(outer.calls)) == (0, 1)


@pytest.mark.parametrize("found", [["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["127.0.0.1", "fe80::1%lo"]])
def test_one_bad_address_among_several_is_enough(found):
    with Server({"/": answer("200 OK")}) as outer, pytest.raises(FetchError, match="leads to"):
        fetch(outer.at("/", "blog.test"), settings=SETTINGS, network=Network(resolver=Names(found)))
    assert outer.connections == 0


def test_the_next_address_is_tried_where_one_does_not_answer():
    with Server({"/": answer("200 OK")}) as outer:
        network = Network(resolver=Names(["127.0.0.9", "127.0.0.1"]))
        assert fetch(outer.at("/", "blog.test"), settings=OPEN, network=network).status == 200


@pytest.mark.parametrize("port", [22, 25, 8080, 6379])
def test_other_ports_are_refused_before_any_connection(port):
    network = Network(resolver=Names(["203.0.112.1"]))
    with pytest.raises(FetchError, match=f"port {port}") as caught:
        fetch(f"https://blog.test:{port}/", settings=SETTINGS, network=network)
    assert caught.value.requests == 0


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "https://[::1]/", "http://169.254.169.254/latest/meta-data/"])
def test_the_usual_ports_do_not_open_private_addresses(url):
    with pytest.raises(FetchError, match="use the feed's public address"):
        fetch(url, settings=FetchSettings())


def test_a_host_that_is_unknown_is_told():
    with pytest.raises(FetchError, match="no host named blog"):
        fetch("http://blog.test/", settings=SETTINGS, network=Network(resolver=nobody))


def test_a_name_server_without_an_address_is_told():
    with pytest.raises(FetchError, match="no host named blog"):
        fetch("http://blog.test/", settings=SETTINGS, network=Network(resolver=Names([])))


def test_a_port_that_nobody_serves_is_told():
    with Server({}) as server:
        url = server.at("/")
    with pytest.raises(FetchError, match="does not take calls"):
        fetch(url, settings=OPEN)


def test_a_host_that_does_not_pick_up_ends_at_the_deadline():
    """Its queue of callers is full, so that the system drops the next."""
    hasty = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=0.3)
    with contextlib.ExitStack() as stack:
        host = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(8):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(host.getsockname())
        with pytest.raises(FetchError, match="did not arrive in the time"):
            fetch(f"http://127.0.0.1:{host.getsockname()[1]}/", settings=hasty)


def test_a_host_that_cannot_be_reached_is_told():
    """The broadcast address: the machine itself refuses to connect to it."""
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch("http://255.255.255.255/", settings=FetchSettings(allow_networks=("255.255.255.255/32",), timeout=5))


def test_a_silent_name_server_ends_at_the_deadline():
    never = threading.Event()
    network = Network(resolver=lambda host: [host] * never.wait())
    hasty = FetchSettings(timeout=0.2)
    with pytest.raises(FetchError, match="Nobody could say in time"):
        fetch("http://blog.test/", settings=hasty, network=network)
    never.set()


def test_the_machines_own_resolver_is_asked():
    here = FetchSettings(allow_networks=("127.0.0.0/8", "::1/128"), timeout=5)
    with Server({"/": answer("200 OK")}) as server:
        assert fetch(server.at("/", "localhost"), settings=here).status == 200
