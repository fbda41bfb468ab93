"""Many feeds at once: each address once, two calls per host, and one feed's trouble stays its own."""

import threading
from collections import Counter

import pytest

from generator.errors import FeedError
from generator.feeds.fetch import FetchError, FetchRequest, Network, fetch_all
from generator.models import FetchSettings, Response, Validators
from tests.support.servers import Behaviour, Call, Server, answer

SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=20, parallel=8)
OK = answer("200 OK", 'ETag: "new"', body=b"<rss/>")
KNOWN = Validators(etag='"old"')


class Meeting:
    """Answers when so many calls are there at the same time, and remembers the largest crowd."""

    def __init__(self, size: int) -> None:
        self.barrier = threading.Barrier(size)
        self.lock = threading.Lock()
        self.present = self.most = 0

    def __call__(self, call: Call) -> None:
        with self.lock:
            self.present += 1
            self.most = max(self.most, self.present)
        self.barrier.wait(timeout=10)
        call.over.wait(0.02)  # room for one that should not come
        with self.lock:
            self.present -= 1
        call.say(OK)


class Names:
    """Every host of the form `<anything>.test` lives on this machine."""

    def __call__(self, host: str) -> list[str]:
        if host == "crash.test":
            raise KeyError(host)
        return ["127.0.0.1"]


NETWORK = Network(resolver=Names())


def everything(
    asks: list[FetchRequest], settings: FetchSettings = SETTINGS
) -> dict[FetchRequest, Response | FeedError]:
    found = list(fetch_all(asks, settings, network=NETWORK))
    assert Counter(ask for ask, _ in found) == Counter(asks)
    return dict(found)


def test_nothing_to_ask():
    assert everything([]) == {}


def test_each_ask_gets_its_own_outcome():
    with Server({"/good": OK, "/same": answer("304 Not Modified")}) as server:
        asks = [FetchRequest(url=server.at(path), validators=KNOWN) for path in ("/good", "/same", "/none")]
        asks.append(FetchRequest(url="http://["))
        outcomes = everything(asks)
    good, same, none, bad = (outcomes[ask] for ask in asks)
    assert isinstance(good, Response)
    assert isinstance(same, Response)
    assert (good.status, good.body, same.status) == (200, b"<rss/>", 304)
    assert isinstance(none, FetchError)
    assert none.status == 404
    assert isinstance(bad, FeedError)


def test_one_request_for_one_address_however_often_it_is_asked():
    with Server({"/feed": OK}) as server:
        asks = [
            FetchRequest(url=server.at("/feed")),
            FetchRequest(url=server.at("/feed")),
            FetchRequest(url=server.at("/feed#top")),
        ]
        found = list(fetch_all(asks, SETTINGS))
    assert [ask for ask, _ in found] == asks
    assert [outcome.url for _, outcome in found if isinstance(outcome, Response)] == [ask.url for ask in asks]
    assert len(server.calls) == 1


@pytest.mark.parametrize(("second", "sent"), [(KNOWN, True), (Validators(), False)])
def test_one_request_is_conditional_only_where_all_who_ask_know_the_same(second, sent):
    with Server({"/feed": OK}) as server:
        everything(
            [
                FetchRequest(url=server.at("/feed"), validators=KNOWN),
                FetchRequest(url=server.at("/feed#"), validators=second),
            ]
        )
    assert (("If-None-Match", '"old"') in server.calls[0].fields) == sent


def test_at_most_two_at_once_at_one_host():
    meeting = Meeting(2)
    with Server(dict.fromkeys(map("/{}".format, range(10)), meeting)) as server:
        outcomes = everything([FetchRequest(url=server.at(f"/{number}")) for number in range(10)])
    assert all(isinstance(outcome, Response) for outcome in outcomes.values())
    assert meeting.most == 2


def test_at_most_two_at_once_at_the_host_that_all_redirect_to():
    meeting = Meeting(2)
    with Server({}) as server:
        for number in range(8):
            server.behaviours[f"/from/{number}"] = answer(
                "302 F", "Location: " + server.at(f"/to/{number}", "hub.test")
            )
            server.behaviours[f"/to/{number}"] = meeting
        asks = [FetchRequest(url=server.at(f"/from/{number}", f"blog{number}.test")) for number in range(8)]
        outcomes = everything(asks)
    assert all(isinstance(outcome, Response) and outcome.requests == 2 for outcome in outcomes.values())
    assert meeting.most == 2


def test_as_many_hosts_at_once_as_the_settings_say():
    meeting = Meeting(8)
    with Server({"/feed": meeting}) as server:
        everything([FetchRequest(url=server.at("/feed", f"blog{number}.test")) for number in range(16)])
    assert meeting.most == 8


def test_slow_hosts_do_not_keep_the_others_waiting():
    """Twenty feeds of one silent host and six threads: the good ones come first, in the order of completion."""
    settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=20, parallel=6)
    with Server({"/feed": OK, **{f"/{number}": Call.hold for number in range(20)}}) as server:
        silent = [FetchRequest(url=server.at(f"/{number}")) for number in range(20)]
        good = [FetchRequest(url=server.at("/feed", f"blog{number}.test")) for number in range(30)]
        outcomes = fetch_all(silent + good, settings, network=NETWORK)
        first = [next(outcomes) for _ in range(30)]
        outcomes.close()
    assert {ask for ask, _ in first} == set(good)


def test_the_run_ends_at_its_deadline_and_tells_who_had_no_turn():
    settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=20, run_timeout=0.4, parallel=2)
    with Server({f"/{number}": Call.hold for number in range(9)}) as server:
        outcomes = everything([FetchRequest(url=server.at(f"/{number}")) for number in range(9)], settings)
    reasons = Counter(str(outcome) for outcome in outcomes.values())
    assert sorted(reasons.values()) == [2, 7]
    assert len(server.calls) == 2
    assert any("did not get its turn" in reason for reason in reasons)


def test_a_crash_is_one_feeds_fault_and_keeps_its_cause():
    with Server({"/feed": OK}) as server:
        crash, good = FetchRequest(url=server.at("/feed", "crash.test")), FetchRequest(url=server.at("/feed"))
        outcomes = everything([crash, good])
    assert isinstance(outcomes[good], Response)
    fault = outcomes[crash]
    assert isinstance(fault, FetchError)
    assert "KeyError" in str(fault)
    assert isinstance(fault.__cause__, KeyError)


def test_closing_the_iterator_begins_nothing_more():
    def behaviour(call: Call) -> None:
        call.say(OK)

    with Server({f"/{number}": behaviour for number in range(100)}) as server:
        outcomes = fetch_all([FetchRequest(url=server.at(f"/{number}")) for number in range(100)], SETTINGS)
        next(outcomes)
        outcomes.close()
        assert next(outcomes, None) is None
    assert len(server.calls) < 100


def test_a_slow_reader_keeps_few_bodies_waiting():
    """Nobody takes a body: the crew stops by itself, and goes on when somebody does."""
    with Server({f"/{number}": OK for number in range(60)}) as server:
        settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=20, parallel=4)
        asks = [FetchRequest(url=server.at(f"/{number}", f"blog{number}.test")) for number in range(60)]
        outcomes = fetch_all(asks, settings, network=NETWORK)
        taken = 0
        for _ in outcomes:
            taken += 1
            assert len(server.calls) <= taken + settings.parallel
    assert taken == 60


def test_hostile_and_good_feeds_in_one_run():
    settings = FetchSettings(allow_networks=("127.0.0.0/8",), timeout=1, parallel=32)
    hostile: dict[str, Behaviour] = {"/silent": Call.hold, "/drip": lambda call: call.drip(b"x"), "/broken": b"\x00"}
    with Server({**hostile, "/feed": OK}) as server:
        bad = [FetchRequest(url=server.at(path, f"bad{number}.test")) for number in range(20) for path in hostile]
        good = [FetchRequest(url=server.at("/feed", f"good{number}.test")) for number in range(60)]
        outcomes = everything([ask for pair in zip(bad, good, strict=True) for ask in pair], settings)
    assert all(isinstance(outcomes[ask], FetchError) for ask in bad)
    assert all(isinstance(outcomes[ask], Response) for ask in good)
