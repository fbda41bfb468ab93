"""Which feeds a run asks, and what it keeps of each answer for the next run."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import PlanetError
from generator.feeds import fetch_log, state
from generator.feeds.fetch_log import FETCH_LOG, LOG_LENGTH
from generator.models import FetchRecord, Kind
from generator.models.feed_state import FeedState, PollState
from tests.support.planets import NOW, Blogs, Root, author, item, rss

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def known(root: Root, blogs: Blogs, path: str = "/feed") -> FeedState:
    return state.load(root.path).feeds[blogs.url + path]


def test_a_feed_is_left_alone_until_it_is_due(larry: Root, blogs: Blogs) -> None:
    blogs.put("/feed", rss(item(1)), Cache_Control="max-age=36000")
    larry.update(force=False)
    report = larry.update(force=False, now=NOW + 9 * HOUR)
    assert (report.planned, report.skipped, report.ok, len(blogs.log)) == (1, 1, 0, 1)
    assert larry.update(force=False, now=NOW + 10 * HOUR + timedelta(minutes=1)).unchanged == 1
    assert larry.update(now=NOW + 11 * HOUR).unchanged == 1, "--force"


def test_a_304_leaves_the_freshness_of_before(larry: Root, blogs: Blogs) -> None:
    body = blogs.pages["/feed"][1]
    blogs.put("/feed", body, Cache_Control="max-age=72000")
    larry.update(force=False)
    blogs.put("/feed", body)
    larry.update(force=False, now=NOW + 20 * HOUR + timedelta(minutes=1))
    assert known(larry, blogs).standing.due == NOW + 40 * HOUR + timedelta(minutes=1)


def test_what_the_feed_asks_for_counts_on_a_304_too(larry: Root, blogs: Blogs) -> None:
    text = rss(*(item(n, pubDate=f"Mon, 23 Nov 2026 {n:02}:00:00 GMT") for n in range(1, 12)))
    skips = "<ttl>300</ttl><skipHours><hour>17</hour><hour>18</hour></skipHours><skipDays><day>Friday</day></skipDays>"
    blogs.put("/feed", text.replace("<channel>", f"<channel>{skips}"))
    larry.update(force=False)
    assert known(larry, blogs).hints.skip_hours == ("17", "18")
    assert known(larry, blogs).hints.skip_days == ("Friday",)
    assert known(larry, blogs).standing.due == NOW.replace(hour=19)
    larry.update(force=False, now=NOW.replace(hour=20))
    assert known(larry, blogs).standing.due == NOW.replace(hour=1) + DAY
    assert len(blogs.log) == 2


def test_a_server_that_asks_for_peace_has_it_even_from_force(larry: Root, blogs: Blogs) -> None:
    blogs.put("/feed", "", status=503, Retry_After="86400")
    assert len(larry.update().failures) == 1
    report = larry.update(only="larry", now=NOW + 23 * HOUR)
    assert (report.skipped, len(blogs.log)) == (1, 1)
    assert "its server wants that" in larry.told[0]
    blogs.put("/feed", rss(item(1)))
    assert larry.update(now=NOW + 25 * HOUR).kinds[Kind.ADD] == 1


def test_a_person_who_names_an_author_hears_why_nothing_is_asked(larry: Root, blogs: Blogs) -> None:
    larry.update()
    larry.update(only="larry", force=False, now=NOW + HOUR / 2)
    assert larry.told == [f"{blogs.url}/feed is not asked before 2026-11-23 14:00 UTC; --force asks it now"]


def test_gone_on_three_days_is_gone_until_the_author_file_changes(larry: Root, blogs: Blogs) -> None:
    good = blogs.pages["/feed"][1]
    blogs.put("/feed", "", status=410)
    for day in range(5):
        larry.update(force=False, now=NOW + day * DAY * 1.2)
    assert len(blogs.log) == 3
    assert main(["status", "--root", str(larry.path)]) == 0
    blogs.put("/feed", good)
    file = larry.path / "authors/larry.yaml"
    file.write_text(file.read_text() + "    tags: [back]\n")
    larry.commit("Larry is back")
    assert larry.update(force=False, now=NOW + 7 * DAY).kinds[Kind.ADD] == 2


def test_a_page_instead_of_a_feed_is_asked_again_without_its_validators(larry: Root, blogs: Blogs) -> None:
    good = blogs.pages["/feed"][1]
    larry.update(force=False)
    tag = known(larry, blogs).etag
    blogs.put("/feed", "<html><body>Parked</body></html>", ETag='"parked"')
    larry.update(force=False, now=NOW + DAY)
    assert (known(larry, blogs).etag, known(larry, blogs).standing.failures) == (tag, 1)
    assert known(larry, blogs).read == NOW
    blogs.put("/feed", good)
    assert larry.update(force=False, now=NOW + DAY + 2 * HOUR).unchanged == 1
    assert known(larry, blogs).standing.failures == 0


def test_a_move_is_followed_at_once_and_told_after_a_week(larry: Root, blogs: Blogs) -> None:
    new = blogs.put("/new", blogs.pages["/feed"][1])
    blogs.put("/feed", "", status=301, Location="/new")
    assert larry.update(force=False).kinds[Kind.ADD] == 2
    assert larry.update(force=False, now=NOW + 6 * DAY).notes == []
    assert larry.update(force=False, now=NOW + 8 * DAY).notes == [
        f"{blogs.url}/feed has moved to {new}; write that into authors/larry.yaml"
    ]
    assert "new" not in (larry.path / "authors/larry.yaml").read_text()


def test_a_push_that_fails_keeps_the_manners_and_loses_no_post(larry: Root, blogs: Blogs, tmp_path: Path) -> None:
    blogs.put("/feed", rss(item(1)), Cache_Control="max-age=72000")
    busy = blogs.put("/busy", "", status=503, Retry_After="7200")
    (larry.path / "authors/kim.yaml").write_text(author(busy, name="Kim"))
    larry.commit("Kim joins")
    begin = larry.git("rev-parse", "HEAD").strip()
    larry.git("remote", "add", "origin", str(tmp_path / "nowhere"))
    with pytest.raises(PlanetError):
        larry.update(push=True)
    assert known(larry, blogs).validators.etag == ""
    assert known(larry, blogs).standing.due == NOW + HOUR
    assert known(larry, blogs, "/busy").standing == PollState(
        due=NOW + 2 * HOUR, held_off=True, failures=1, failing_since=NOW
    )
    larry.git("reset", "-q", "--hard", begin)
    assert larry.update(force=False, now=NOW + HOUR).kinds[Kind.ADD] == 1
    assert [path for path, _ in blogs.log].count("/busy") == 1


def test_the_last_fifty_harvests_of_a_feed_are_kept(larry: Root, blogs: Blogs) -> None:
    blogs.put("/old", "", status=302, Location="/feed")
    (larry.path / "authors/larry.yaml").write_text(author(blogs.url + "/old"))
    larry.commit("Larry moves")
    larry.update()
    blogs.put("/feed", "", status=500)
    larry.update(now=NOW + HOUR)
    first, second = fetch_log.load_records(larry.path)[blogs.url + "/old"]
    assert (first.when, first.status, first.redirects, first.reason) == (NOW, 200, 1, "")
    assert first.bytes > 100
    assert (second.status, second.reason) == (500, "The server is in trouble (500); nothing to do unless it lasts.")
    feed = blogs.url + "/feed"
    for number in range(3 * LOG_LENGTH):
        fetch_log.add_records(larry.path, {feed: FetchRecord(when=NOW, status=200, bytes=number)}, keep=[feed])
    told = fetch_log.load_records(larry.path)
    assert [one.bytes for one in told[feed]] == list(range(2 * LOG_LENGTH, 3 * LOG_LENGTH))
    assert len((larry.path / FETCH_LOG).read_text().splitlines()) <= 2 * LOG_LENGTH + 2


def test_half_a_line_of_a_killed_run_is_no_harvest(tmp_path: Path) -> None:
    fetch_log.add_records(tmp_path, {"https://larry.example/feed": FetchRecord(when=NOW, status=304)}, keep=[])
    with (tmp_path / FETCH_LOG).open("a") as file:
        file.write('{"feed": "https://larry.ex')
    assert len(fetch_log.load_records(tmp_path)["https://larry.example/feed"]) == 1


def test_status_tells_what_a_server_said_lately(larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    blogs.put("/feed", rss(item(1)).replace("Post", "<b>Post", 1))
    larry.update()
    blogs.put("/feed", "", status=403)
    larry.update(now=NOW + DAY)
    assert main(["status", "larry", "--root", str(larry.path)]) == 0
    line, feed, newest, first = capsys.readouterr().out.splitlines()
    assert "failing since 2026-11-24 12:00 UTC: The server turns the planet away (403)" in line
    assert "last read 2026-11-23 12:00 UTC; asked next from 2026-11-24 13:" in line
    assert feed == f"{blogs.url}/feed"
    assert newest.startswith("  2026-11-24 12:00 UTC  403, 0 bytes, ")
    assert "not well-formed" in first
    assert main(["status", "zoe", "--root", str(larry.path)]) == 1


def test_a_rewritten_history_forgets_what_was_read_but_not_the_manners(larry: Root, blogs: Blogs) -> None:
    begin = larry.git("rev-parse", "HEAD").strip()
    larry.update(force=False)
    blogs.put("/feed", "", status=429, Retry_After="7200")
    larry.update(force=False, now=NOW + DAY)
    larry.git("reset", "-q", "--hard", begin)
    assert larry.update(now=NOW + DAY + HOUR).skipped == 1


def test_the_command_takes_force(larry: Root, blogs: Blogs, tmp_path: Path) -> None:
    words = ["update", "--root", str(larry.path), "--report", str(tmp_path / "report.json")]
    for more, wanted in (([], "ok"), ([], "skipped"), (["--force"], "unchanged")):
        assert main([*words, *more]) == 0
        assert json.loads((tmp_path / "report.json").read_text())["feeds"][wanted] == 1
    assert subprocess.run(["git", "-C", larry.path, "status", "--porcelain"], capture_output=True).stdout == b""
