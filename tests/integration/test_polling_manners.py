"""The table of polling manners, E1 to E40, a test each: whole runs against a real server, by a clock of their own."""

import gzip
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator import __version__
from generator.cli import main
from generator.errors import PlanetError
from generator.feeds import state
from generator.update.report import UpdateReport
from tests.bench.manners import simulate
from tests.bench.polling_village import Blog
from tests.support.planets import NOW, Root, author, item, rss
from tests.support.servers import Call, Server, answer

HOUR, MINUTES = 1.0, 1 / 60
DAY = 24 * HOUR
BOTH = ('ETag: W/"a  b;ü"', "Last-Modified: Thu, 1 Jan 1970 00:00:00 GMT")
ETAG = 'ETag: "1"'


def feed(extra: str = "", *, gap: float = HOUR, entries: int = 12, first: int = 0) -> bytes:
    """A feed with an entry each `gap` hours, the newest `first` gaps after NOW; `extra` are elements of its channel."""
    dates = [NOW + timedelta(hours=gap * (first - place)) for place in range(entries)]
    items = [item(first - place + 100, pubDate=format_datetime(when, usegmt=True)) for place, when in enumerate(dates)]
    return rss(*items).replace("</link><item>", f"</link>{extra}<item>", 1).encode()


HOURLY = feed()


class Village:
    """A planet of one feed, and the server of that feed."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.server = server
        self.root = Root(folder / "planet", {"larry": author(server.at("/feed"))})
        self.report: UpdateReport
        self._runs = 0

    def says(self, status: str, *fields: str, body: bytes = b"", path: str = "/feed") -> None:
        """What the server answers from now on."""
        self.server.behaviours[path] = answer(status, *(_latin(field) for field in fields), body=body)

    def asked(self, hours: float = 0, *, force: bool = False, **options: Any) -> list[Call]:
        """The requests of a run that many hours after NOW, and some seconds: an answer takes a while."""
        before = len(self.server.calls)
        self._runs += 1
        now = NOW + timedelta(hours=hours, seconds=10 * self._runs)
        self.report = self.root.update(now=now, force=force, **options)
        return self.server.calls[before:]

    def times(self, hours: Iterable[float]) -> list[float]:
        """At which of these hours after NOW the feed was asked, once for each request."""
        return [hour for hour in hours for _ in self.asked(hour)]

    def waits(self, start: float) -> Iterator[float]:
        """The hours for which the feed is left alone after a request at `start`, and after each that follows."""
        for hours in (1, 2, 4, 8, 16, 24, 24):
            assert self.asked(start + hours - 5 * MINUTES) == []
            assert len(self.asked(start + 1.1 * hours + 5 * MINUTES)) == 1
            start += 1.1 * hours + 5 * MINUTES
            yield hours


def _latin(field: str) -> str:
    return field.encode().decode("latin-1")


def sent(call: Call) -> dict[str, str]:
    """The conditions of a request."""
    conditions = ("If-None-Match", "If-Modified-Since")
    return {name: value.encode("latin-1").decode() for name, value in call.fields if name in conditions}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    with Server({}) as server:
        found = Village(tmp_path, server)
        found.says("200 OK", ETAG, body=HOURLY)
        yield found


def test_e01_the_first_fetch_is_one_request_without_conditions(village: Village) -> None:
    (call,) = village.asked()
    assert sent(call) == {}


def test_e02_both_validators_are_echoed_byte_for_byte(village: Village) -> None:
    village.says("200 OK", *BOTH, body=HOURLY)
    village.asked()
    (call,) = village.asked(2)
    assert sent(call) == {"If-None-Match": 'W/"a  b;ü"', "If-Modified-Since": "Thu, 1 Jan 1970 00:00:00 GMT"}


@pytest.mark.parametrize(
    ("fields", "conditions"),
    [((BOTH[0],), {"If-None-Match"}), ((BOTH[1],), {"If-Modified-Since"}), ((), set())],
)
def test_e03_a_validator_that_was_not_given_is_not_invented(
    village: Village, fields: tuple[str, ...], conditions: set[str]
) -> None:
    village.says("200 OK", *fields, body=HOURLY)
    village.asked()
    (call,) = village.asked(25)
    assert sent(call).keys() == conditions


def test_e04_new_validators_of_the_same_body_are_kept(village: Village) -> None:
    village.asked()
    village.says("200 OK", 'ETag: "2"', "Last-Modified: yesterday", body=HOURLY)
    village.asked(2)
    assert (village.report.ok, village.report.unchanged) == (0, 1)
    (call,) = village.asked(4)
    assert sent(call) == {"If-None-Match": '"2"', "If-Modified-Since": "yesterday"}


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        (('ETag: "2"', BOTH[1]), {"If-None-Match": '"2"', "If-Modified-Since": BOTH[1].partition(": ")[2]}),
        ((BOTH[0], "Last-Modified: now"), {"If-None-Match": 'W/"a  b;ü"', "If-Modified-Since": "now"}),
        (('ETag: "2"',), {"If-None-Match": '"2"'}),
        (("Last-Modified: now",), {"If-Modified-Since": "now"}),
    ],
)
def test_e05_both_validators_are_those_of_the_latest_answer(
    village: Village, fields: tuple[str, ...], wanted: dict[str, str]
) -> None:
    village.says("200 OK", *BOTH, body=HOURLY)
    village.asked()
    village.says("200 OK", *fields, body=feed(first=1))
    village.asked(2)
    (call,) = village.asked(4)
    assert sent(call) == wanted


def test_e06_not_modified_freshens_what_is_known(village: Village) -> None:
    village.says("200 OK", *BOTH, body=HOURLY)
    village.asked()
    village.says("304 Not Modified", 'ETag: "2"', "Cache-Control: max-age=18000")
    before = village.root.commits()
    assert len(village.asked(2)) == 1
    assert village.root.commits() == before
    assert village.times([3, 5, 6.9, 7]) == [7]
    assert sent(village.server.calls[-1]) == {"If-None-Match": '"2"', "If-Modified-Since": BOTH[1].partition(": ")[2]}


@pytest.mark.parametrize("body", [b"", b"<rss>not looked at"])
def test_e07_not_modified_reads_nothing(village: Village, body: bytes) -> None:
    village.asked()
    tip = village.root.git("rev-parse", "HEAD")
    village.says("304 Not Modified", body=body)
    village.asked(2)
    assert (village.report.ok, village.report.unchanged, village.report.bytes) == (0, 1, 0)
    assert village.root.git("rev-parse", "HEAD") == tip


def test_e08_what_cannot_be_read_leaves_no_validators_and_backs_off(village: Village) -> None:
    village.asked()
    village.says("200 OK", 'ETag: "bad"', body=b"<html>Database error</html>")
    village.asked(2)
    assert len(village.report.failures) == 1
    village.says("200 OK", 'ETag: "bad"', body=b"<html>Database error</html>")
    assert village.asked(2.9) == []
    (call,) = village.asked(3.2)
    assert sent(call) == {"If-None-Match": '"1"'}
    assert village.asked(3.2 + 1.9) == []


def test_e09_validators_of_a_run_that_was_not_pushed_are_not_kept(village: Village, tmp_path: Path) -> None:
    village.root.git("remote", "add", "origin", str(tmp_path / "nowhere"))
    with pytest.raises(PlanetError):
        village.asked(push=True)
    (call,) = village.asked(7)
    assert sent(call) == {}


def test_e10_the_cache_goes_from_machine_to_machine_and_may_be_lost(village: Village, tmp_path: Path) -> None:
    village.asked()
    other = Root.__new__(Root)
    other.path = tmp_path / "fresh"
    subprocess.run(["git", "clone", "-q", str(village.root.path), str(other.path)], check=True)
    shutil.copytree(village.root.path / state.FILE.parent, other.path / state.FILE.parent)
    village.root = other
    assert village.asked(0.5) == []
    (call,) = village.asked(2)
    assert sent(call) == {"If-None-Match": '"1"'}
    (other.path / state.FILE).unlink()
    (call,) = village.asked(4)
    assert sent(call) == {}
    assert village.report.kinds.total() == 0
    (call,) = village.asked(6)
    assert sent(call) == {"If-None-Match": '"1"'}


def test_e11_at_least_an_hour_lies_between_two_requests(village: Village) -> None:
    """For half a day, with a run every 25 minutes."""
    times = village.times(25 * MINUTES * place for place in range(30))
    assert all(later - earlier >= HOUR for earlier, later in pairwise(times))
    assert len(times) == 10
    assert all(sent(call) for call in village.server.calls[1:])


def test_e12_a_server_without_validators_is_asked_once_a_day(village: Village) -> None:
    village.says("200 OK", body=HOURLY)
    assert village.times([0, 1, 12, 23, 24, 25, 47, 48, 49]) == [0, 24, 48]


def test_e13_without_a_hint_it_is_asked_four_times_a_day(village: Village) -> None:
    village.says("200 OK", ETAG, body=rss({"guid": "1", "title": "Undated"}).encode())
    assert village.times([0, 1, 5, 6, 11, 12, 13, 18, 23, 24]) == [0, 6, 12, 18, 24]


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        (("Cache-Control: max-age=10800",), 3),
        (("Cache-Control: private, Max-Age=10800, s-maxage=60",), 3),
        (("Cache-Control: max-age=14400", "Age: 3600"), 3),
        (("Cache-Control: s-maxage=36000",), 1),
    ],
)
def test_e14_a_fresh_answer_is_not_asked_for_again(village: Village, fields: tuple[str, ...], hours: int) -> None:
    village.says("200 OK", ETAG, *fields, body=HOURLY)
    assert village.times([0, hours - 5 * MINUTES, hours]) == [0, hours]


@pytest.mark.parametrize("control", ["max-age=0", "no-cache", "no-store", "must-revalidate", "no-cache, max-age=9999"])
def test_e15_stale_at_once_means_the_usual_rhythm_and_conditions(village: Village, control: str) -> None:
    village.says("200 OK", ETAG, f"Cache-Control: {control}", body=HOURLY)
    assert village.times([0, 0.9, 1, 2]) == [0, 1, 2]
    assert sent(village.server.calls[-1]) == {"If-None-Match": '"1"'}


def http(hours: float) -> str:
    return format_datetime(NOW + timedelta(hours=hours), usegmt=True)


@pytest.mark.parametrize(("text", "hours"), [(http(3), 3), ("0", 1), ("-1", 1), ("soon", 1), (http(-900), 1)])
def test_e16_expires_is_honoured_and_nonsense_is_stale(village: Village, text: str, hours: int) -> None:
    village.says("200 OK", ETAG, f"Expires: {text}", body=HOURLY)
    assert village.times([0, hours - 5 * MINUTES, hours]) == [0, hours]
    assert village.report.failures == []


@pytest.mark.parametrize("seconds", [31_536_000, 2_591_034, 10**30])
def test_e17_an_absurd_freshness_is_a_day(village: Village, seconds: int) -> None:
    village.says("200 OK", ETAG, f"Cache-Control: max-age={seconds}", body=HOURLY)
    assert village.times([0, 12, 23, 24]) == [0, 24]


def test_e18_ttl_is_minutes(village: Village) -> None:
    village.says("200 OK", ETAG, body=feed("<ttl>180</ttl>"))
    assert village.times([0, 1, 2.9, 3, 5.9, 6]) == [0, 3, 6]


def test_e19_hours_and_days_to_skip_are_skipped(village: Village) -> None:
    """NOW is a Monday, 12 GMT: 13 to 15 are skipped, and all of Tuesday."""
    hours = "".join(f"<hour>{hour}</hour>" for hour in (13, 14, 15))
    village.says("200 OK", ETAG, body=feed(f"<skipHours>{hours}</skipHours><skipDays><day>Tuesday</day></skipDays>"))
    assert village.times([0, 1, 2, 3, 4, 5, 11, 12, 20, 35, 36, 37, 39, 40]) == [0, 4, 5, 11, 36, 37, 39, 40]


def test_e19_a_run_that_comes_late_skips_them_too(village: Village) -> None:
    """The feed is due at 12:48, the run comes at 13:06."""
    village.says("200 OK", ETAG, body=feed("<skipHours><hour>13</hour></skipHours>"))
    assert village.times([-0.2, 1.1, 2.1]) == [-0.2, 2.1]


def test_e19_all_hours_cannot_be_skipped(village: Village) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    village.says("200 OK", ETAG, body=feed(f"<skipHours>{hours}</skipHours>"))
    assert village.times([0, 0.9, 1, 2]) == [0, 1, 2]


@pytest.mark.parametrize(
    ("period", "frequency", "hours"), [("daily", "6", 4), ("hourly", "1", 1), ("yearly", "1", 24), ("daily", "0", 24)]
)
def test_e20_the_syndication_module_is_honoured(village: Village, period: str, frequency: str, hours: int) -> None:
    space = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    told = f"<sy:updatePeriod>{period}</sy:updatePeriod><sy:updateFrequency>{frequency}</sy:updateFrequency>"
    village.says("200 OK", ETAG, body=feed(told).replace(b"<rss ", f"<rss {space} ".encode(), 1))
    assert village.times([0, hours - 5 * MINUTES, hours]) == [0, hours]


@pytest.mark.parametrize("status", ["429 Slow down", "503 Busy"])
@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        (("Retry-After: 86400",), 24),
        (("Retry-After: 10",), 1),
        ((f"Retry-After: {http(5)}",), 5),
        ((f"Retry-After: {http(-43)}", f"Date: {http(-48)}"), 5),
        (("Retry-After: 315360000",), 7 * 24),
    ],
)
def test_e21_retry_after_is_obeyed_even_by_force(
    village: Village, status: str, fields: tuple[str, ...], hours: int
) -> None:
    village.says(status, *fields)
    assert len(village.asked()) == 1
    assert village.asked(hours - 5 * MINUTES, force=True) == []
    assert len(village.asked(hours)) == 1


@pytest.mark.parametrize("text", ["soon", http(-1000), "-5"])
def test_e21_a_retry_after_that_says_nothing_is_none(village: Village, text: str) -> None:
    village.says("503 Busy", f"Retry-After: {text}")
    assert len(village.asked()) == 1
    assert village.asked(0.9) == []
    assert len(village.asked(1.2)) == 1


def test_e22_too_often_without_a_time_means_a_day(village: Village) -> None:
    village.says("429 Slow down")
    assert village.times([0, 1, 12, 23.9, 27]) == [0, 27]


def break_off(call: Call) -> None:
    call.say(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss")


@pytest.mark.parametrize("behaviour", [answer("500 Oops"), answer("502 Gateway"), break_off, b"garbage"])
def test_e23_trouble_is_not_tried_again_at_once_and_backs_off_to_a_day(village: Village, behaviour: Any) -> None:
    village.asked()
    village.server.behaviours["/feed"] = behaviour
    assert len(village.asked(2)) == 1
    assert len(village.report.failures) == 1
    assert len(list(village.waits(2))) == 7
    village.says("200 OK", ETAG, body=HOURLY)
    assert len(village.asked(5 * DAY, force=True)) == 1
    assert village.report.failures == []
    assert village.times([5 * DAY + 0.9, 5 * DAY + 1]) == [5 * DAY + 1]


@pytest.mark.parametrize("status", ["401 No", "403 No", "404 No", "451 No"])
def test_e24_refusals_back_off_to_a_day_and_are_shown(village: Village, status: str) -> None:
    village.says(status)
    assert len(village.asked()) == 1
    assert status[:3] in village.report.failures[0].reason
    assert len(list(village.waits(0))) == 7
    assert len({tuple(call.fields) for call in village.server.calls}) == 1


def test_e25_gone_is_believed_on_the_third_day_and_the_posts_stay(village: Village) -> None:
    village.asked()
    kept = len(village.root.posts())
    village.says("410 Gone")
    times = village.times(2 + 6 * place for place in range(30))
    assert len({int((12 + hours) // 24) for hours in times}) == 3
    assert len(village.root.posts()) == kept
    assert len(village.asked(13 * DAY, force=True)) == 1


def moved(village: Village, *statuses: int) -> None:
    """The feed answers with redirects, one after the other, and is found at their end."""
    paths = ["/feed", *(f"/{place}" for place in range(1, len(statuses))), "/new"]
    for status, here, there in zip(statuses, paths, paths[1:], strict=False):
        village.says(f"{status} Elsewhere", f"Location: {there}", path=here)
    village.says("200 OK", ETAG, body=HOURLY, path="/new")


@pytest.mark.parametrize("statuses", [(301,), (308,), (301, 308)])
def test_e26_a_move_is_followed_at_once_and_reported_after_a_week(village: Village, statuses: tuple[int, ...]) -> None:
    moved(village, *statuses)
    file = village.root.path / "authors" / "larry.yaml"
    before = file.read_text()
    village.asked()
    assert village.report.ok == 1
    for days in (1, 6.9, 7, 8):
        calls = village.asked(days * DAY)
        told = [note for note in village.report.notes if village.server.at("/new") in note]
        assert bool(told) == (days >= 7), days
        assert sent(calls[-1]) == {"If-None-Match": '"1"'}
    assert file.read_text() == before


@pytest.mark.parametrize("statuses", [(302,), (303,), (307,), (301, 302)])
def test_e27_a_temporary_redirect_is_followed_and_never_reported(village: Village, statuses: tuple[int, ...]) -> None:
    moved(village, *statuses)
    for days in (0, 4, 8):
        assert village.asked(days * DAY)[0].path == "/feed"
        assert village.report.failures == []
        assert [note for note in village.report.notes if village.server.at("/new") in note] == []


@pytest.mark.parametrize("status", ["300 Choices", "304 Not Modified", "226 IM Used", "206 Partial"])
def test_e28_what_was_not_asked_for_is_not_taken(village: Village, status: str) -> None:
    village.says(status, body=HOURLY if status[0] == "2" else b"")
    (call,) = village.asked()
    assert len(village.report.failures) == 1
    assert village.root.posts() == []
    assert "A-IM" not in dict(call.fields)


@pytest.mark.parametrize("packed", [True, False])
def test_e29_gzip_is_offered_and_plain_is_taken(village: Village, packed: bool) -> None:
    body = gzip.compress(HOURLY) if packed else HOURLY
    village.says("200 OK", *(["Content-Encoding: gzip"] if packed else []), body=body)
    (call,) = village.asked()
    assert dict(call.fields)["Accept-Encoding"] == "gzip"
    assert (village.report.ok, village.report.bytes) == (1, len(body))


def test_e30_these_headers_are_sent_and_no_others(village: Village) -> None:
    village.says("200 OK", ETAG, "Set-Cookie: a=b", body=HOURLY)
    first, second = [*village.asked(), *village.asked(2)]
    usual = ["Host", "User-Agent", "Accept", "Accept-Encoding"]
    assert [name for name, _ in first.fields] == usual
    assert sorted(name for name, _ in second.fields) == sorted([*usual, "If-None-Match"])
    assert {(call.path, call.version) for call in village.server.calls} == {("/feed", "HTTP/1.1")}


def test_e31_the_robot_says_who_it_is(village: Village) -> None:
    for time in ("2026-11-23T12:00:00Z", "2026-11-23T14:00:00Z"):
        assert main(["update", "--root", str(village.root.path), "--now", time]) == 0
    names = {dict(call.fields)["User-Agent"] for call in village.server.calls}
    assert names == {f"gitplanet/{__version__} (+https://planet.example.org/about/)"}
    assert len(village.server.calls) == 2


def test_e32_feeds_are_asked_for(village: Village) -> None:
    (call,) = village.asked()
    assert dict(call.fields)["Accept"].startswith("application/atom+xml, application/rss+xml, application/xml;q=0.9")
    assert "html" not in dict(call.fields)["Accept"]


def test_e33_nothing_but_the_feed_is_fetched(village: Village) -> None:
    page, picture = village.server.at("/post"), village.server.at("/picture.png")
    body = f'<p>See <a href="{page}">this</a>.</p><img src="{picture}" alt="A cow">'
    village.says("200 OK", ETAG, body=rss(item(1, link=page, body=body), link=village.server.at("/")).encode())
    village.asked()
    village.asked(2)
    assert {call.path for call in village.server.calls} == {"/feed"}


def test_e34_a_feed_is_listed_once(village: Village) -> None:
    (village.root.path / "authors" / "kim.yaml").write_text(author(village.server.at("/feed"), name="Kim"))
    village.root.commit("Kim joins")
    village.asked()
    assert [call.path for call in village.server.calls].count("/feed") == 1


def test_e34_two_requests_at_once_are_a_hosts_most(village: Village) -> None:
    crowd, lock, both = [0], threading.Lock(), threading.Barrier(2)

    def answer_two(call: Call) -> None:
        with lock:
            crowd.append(crowd[-1] + 1)
        both.wait(timeout=10)
        with lock:
            crowd.append(crowd[-1] - 1)
        call.say(answer("200 OK", ETAG, body=HOURLY.replace(b"tag:larry", call.path.encode())))

    paths = [f"/{number}" for number in range(6)]
    village.server.behaviours |= dict.fromkeys(paths, answer_two)
    (village.root.path / "authors" / "larry.yaml").write_text(author(*map(village.server.at, paths)))
    village.root.commit("Larry has many blogs")
    assert sorted(call.path for call in village.asked()) == paths
    assert max(crowd) == 2


def test_e35_the_planet_is_no_crawler(village: Village) -> None:
    """It asks for what owners entered and follows no link: what robots.txt says of crawlers is not about it."""
    village.says("200 OK", body=b"User-agent: *\nDisallow: /\n", path="/robots.txt")
    assert [call.path for call in village.asked()] == ["/feed"]


def test_e36_who_is_turned_away_says_so_and_does_not_disguise_itself(village: Village) -> None:
    village.says("403 No", "Server: cloudflare", "CF-Mitigated: challenge", body=b"<title>Just a moment")
    first = village.asked()
    assert "challenge" in village.report.failures[0].reason
    again = village.asked(2)
    assert [call.fields for call in again] == [call.fields for call in first]


@pytest.mark.parametrize("skew", [-DAY, DAY])
@pytest.mark.parametrize("status", ["200 OK", "503 Busy"])
def test_e37_times_count_by_the_servers_own_clock(village: Village, status: str, skew: float) -> None:
    until = "Expires" if status == "200 OK" else "Retry-After"
    village.says(status, ETAG, f"Date: {http(skew)}", f"{until}: {http(skew + 3)}", body=HOURLY)
    assert village.times([0, 1.2, 2.9, 3]) == [0, 3]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mon, 23 Nov 2026 15:00:00 GMT", 3),
        ("Monday, 23-Nov-26 15:00:00 GMT", 3),
        ("Mon Nov 23 15:00:00 2026", 3),
        ("lundi, 23 novembre 2026 15:00:00", 1),
        ("Mon, 99 Nov 99999 99:99:99 GMT", 1),
    ],
)
def test_e38_dates_come_in_three_forms_and_junk_is_none(village: Village, text: str, hours: int) -> None:
    village.says("200 OK", ETAG, f"Expires: {text}", body=HOURLY)
    assert village.times([0, hours - 5 * MINUTES, hours]) == [0, hours]


def test_e39_a_hub_is_not_called(village: Village) -> None:
    hub = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{village.server.at("/hub")}"/>'
    village.says("200 OK", ETAG, f"Link: <{village.server.at('/hub')}>; rel=hub", body=feed(hub))
    village.asked()
    village.asked(2)
    assert {call.path for call in village.server.calls} == {"/feed"}


def test_e40_a_village_of_mixed_manners_has_nothing_to_complain_of(tmp_path: Path) -> None:
    """The small version of `python -m tests.bench.manners`: a day."""
    seen = simulate(tmp_path / "planet", feeds=40, days=1)
    assert seen.violations == {}
    assert seen.could == seen.conditional > 40
    assert seen.requests < 8 * seen.feeds


def test_e40_the_village_is_not_blind() -> None:
    blog = next(
        blog for blog in map(Blog, range(99)) if blog.validators == "both" and not blog.trouble and not blog.way
    )
    blog.answer(blog.path, {}, NOW)
    blog.answer(blog.path, {"cookie": "a=b", "if-none-match": '"made up"'}, NOW + timedelta(minutes=59))
    told = {violation.split()[0] for violation in blog.violations}
    assert told >= {"E2", "E11", "E29", "E30", "E31"}
