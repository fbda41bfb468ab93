"""A feed whose reading takes too much time or memory costs itself only."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import config
from generator.check import feed as check_feed
from generator.check.author_feeds import Subject, visit_feeds
from generator.feeds import discover, state
from generator.models import Author, FeedSource, FetchSettings
from generator.parallel import LimitedPool, LimitError, TimeLimitError, limited_pool
from generator.plan import Plan
from generator.update import UpdateOptions, pipeline, reading_tasks, rounds, update
from generator.update.reading import AuthorReading
from generator.update.reading_tasks import ReadingTask
from generator.update.report import UpdateReport
from tests.support.planets import NOW, Blogs, Root, Told, author, item, rss

HERE = FetchSettings(allow_networks=("127.0.0.0/8",))


def slow(**fields: str) -> list[dict[str, str]]:
    """Entries that take many seconds to read: four million characters of small marks."""
    words = "".join(f"<p><b>b</b> <i>{n}</i> <a href='/{n}'>a</a></p>" for n in range(400))
    entries = (item(1, guid=f"slow {n}", link=f"https://larry.example/slow/{n}", title=f"Slow {n}") for n in range(120))
    return [entry | fields | {"body": f"<p>{entry['guid']}</p>{words}"} for entry in entries]


def many() -> list[dict[str, str]]:
    """Entries that take seconds to parse, as many as a feed may have."""
    return [item(1, guid=str(number)) for number in range(9000)]


def run(root: Root, **limits: Any) -> UpdateReport:
    planet = config.load(root.path)
    planet = replace(planet, fetch=replace(planet.fetch, **limits))
    return update(root.path, planet, UpdateOptions(force=True), now=NOW, watch=Told())


def test_a_feed_that_takes_too_long_costs_itself(blogs: Blogs, tmp_path: Path) -> None:
    good = blogs.put("/good", rss(item(1)))
    bad = blogs.put("/bad", rss(*slow()))
    kim = blogs.put("/kim", rss(item(3)))
    larry = author(good) + f"  - url: {bad}\n"
    root = Root(tmp_path / "planet", {"larry": larry, "kim": author(kim, name="Kim")})
    report = run(root, read_timeout=3.0)
    assert (report.ok, [failure.feed for failure in report.failures]) == (2, [bad])
    assert "longer than 3 seconds" in report.failures[0].reason
    assert sorted(post.title for post in root.posts()) == ["Post 1", "Post 3"]


def test_an_author_with_only_such_a_feed_fails_alone(blogs: Blogs, tmp_path: Path) -> None:
    root = Root(tmp_path / "planet", {"larry": author(blogs.put("/bad", rss(*slow())))})
    report = run(root, read_timeout=3.0)
    assert (report.ok, len(report.failures), report.kinds.total()) == (0, 1, 0)


def test_what_is_read_slowly_comes_in_a_second_round(
    blogs: Blogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed that needs more than a moment is no fault: it is recorded after all others."""
    monkeypatch.setattr(reading_tasks, "finish", late_in_the_first_round("larry"))
    kim = author(blogs.put("/kim", rss(item(3))), name="Kim")
    root = Root(tmp_path / "planet", {"larry": author(blogs.put("/slow", rss(item(1), item(2)))), "kim": kim})
    report = run(root)
    assert (report.ok, report.failures, report.kinds.total()) == (2, [], 3)
    subjects = root.git("log", "--format=%s", "--reverse", f"{report.commit}~3..").splitlines()
    assert subjects == ['Add "Post 3" (kim)', 'Add "Post 1" (larry)', 'Add "Post 2" (larry)']
    assert root.update(force=True).unchanged == 2


def test_a_run_that_is_killed_by_a_culprit_has_lost_nothing(
    blogs: Blogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the second round begins, the first is recorded, and the culprit has failed: it is left alone for an hour."""
    monkeypatch.setattr(reading_tasks, "finish", late_in_the_first_round("larry"))
    monkeypatch.setattr(rounds, "second_round", killed)
    bad, good = blogs.put("/bad", rss(item(1))), blogs.put("/kim", rss(item(3)))
    root = Root(tmp_path / "planet", {"larry": author(bad), "kim": author(good, name="Kim")})
    with pytest.raises(KeyboardInterrupt):
        run(root)
    assert [post.title for post in root.posts()] == ["Post 3"]
    states = state.load(root.path).feeds
    assert (states[good].etag != "", states[bad].standing.failures) == (True, 1)
    assert "took longer than" in states[bad].outcome
    assert states[bad].standing.due > NOW + timedelta(minutes=59)


def test_a_run_that_is_killed_while_it_reads_knows_whom_to_leave_alone(
    blogs: Blogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "first_round", killed)
    monkeypatch.setattr(pipeline, "give_up", lambda *arguments: None)  # not even time for that
    away = blogs.put("/away", "no", status=503, Retry_After="86400")
    root = Root(
        tmp_path / "planet", {"larry": author(away), "kim": author(blogs.put("/kim", rss(item(3))), name="Kim")}
    )
    with pytest.raises(KeyboardInterrupt):
        run(root)
    assert state.load(root.path).feeds[away].standing.held_off


def test_reading_ends_in_time_and_the_next_run_goes_on(blogs: Blogs, tmp_path: Path) -> None:
    root = Root(tmp_path / "planet", {"larry": author(blogs.put("/bad", rss(*slow())))})
    report = run(root, reading_timeout=0.3)
    assert (report.ok, report.failures, report.kinds.total()) == (1, [], 0)
    assert "no time left to read it" in report.notes[0]
    assert state.load(root.path).feeds[blogs.url + "/bad"].standing.failures == 0
    blogs.put("/bad", rss(item(1)))
    assert run(root).kinds.total() == 1


def late_in_the_first_round(nick: str) -> Callable[..., AuthorReading]:
    """Reading as it is, but for one author whose first takes too long."""
    finish, late = reading_tasks.finish, [nick]

    def once(pool: LimitedPool, task: ReadingTask, *arguments: Any) -> AuthorReading:
        reading = finish(pool, task, *arguments)
        if task.author.nick not in late:
            return reading
        late.clear()
        excess = TimeLimitError("Reading it took longer than 10 seconds; offer a shorter feed.")
        unreadable = tuple((fetch.source, str(excess)) for fetch in task.fetches)
        return AuthorReading(nick=nick, plan=Plan(), unreadable=unreadable, excess=excess)

    return once


def killed(*arguments: object) -> None:
    del arguments
    raise KeyboardInterrupt


def test_what_a_member_writes_costs_nobody_who_shares_the_feed(blogs: Blogs, tmp_path: Path) -> None:
    kims = item(2, author="Kim")
    feed = blogs.put("/feed", rss(*slow(author="Larry"), kims))
    larry = author(feed) + "    authors: [Larry]\n"
    root = Root(tmp_path / "planet", {"larry": larry, "kim": author(feed, name="Kim") + "    authors: [Kim]\n"})
    report = run(root, read_timeout=3.0)
    assert (report.ok, report.failures, [post.title for post in root.posts()]) == (1, [], ["Post 2"])
    (note,) = report.notes
    assert "could not be read for larry: " in note
    blogs.put("/feed", rss(item(1, author="Larry"), kims))
    assert run(root).kinds.total() == 1


def test_memory_is_bounded() -> None:
    workers = limited_pool(1, seconds=60, memory=1024**3)
    with pytest.raises(LimitError, match="more memory"):
        workers.result(workers.submit(bytearray, 2 * 1024**3))
    assert workers.result(workers.submit(len, "three")) == 5


def test_a_process_that_breaks_down_costs_its_task() -> None:
    workers = limited_pool(1, seconds=60, memory=1024**3)
    with pytest.raises(LimitError, match="broke the program"):
        workers.result(workers.submit(os.abort))
    assert workers.result(workers.submit(len, "three")) == 5


def test_what_the_work_raises_is_raised() -> None:
    workers = limited_pool(1, seconds=60, memory=1024**3)
    with pytest.raises(ZeroDivisionError):
        workers.result(workers.submit(divmod, 1, 0))


@pytest.mark.parametrize("ask", [discover.find, check_feed.visit], ids=["find", "visit"])
def test_commands_that_look_at_a_feed_are_no_slower_than_a_run(
    blogs: Blogs, ask: Callable[[str, FetchSettings], object]
) -> None:
    """`add`, `init` and the forms find feeds; `doctor` and `check` visit them."""
    feed = blogs.put("/bad", rss(*many()))
    limits = replace(HERE, read_timeout=0.1)
    with pytest.raises(LimitError, match="took longer than"):
        ask(feed, limits)


def test_doctor_reads_a_file_within_limits(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(*many()))
    with pytest.raises(LimitError, match="took longer than"):
        check_feed.open_file(tmp_path / "feed.xml", FetchSettings(read_timeout=0.1))


def test_a_proposed_feed_that_takes_too_long_to_convert_is_an_error_on_its_line(blogs: Blogs) -> None:
    larry = Author(nick="larry", name="Larry", feeds=(FeedSource(url=blogs.put("/bad", rss(*slow())), editions=()),))
    subject = Subject(file="authors/larry.yaml", author=larry, line=lambda path: 3, feeds=larry.feeds)
    (check,) = visit_feeds([subject], [], replace(HERE, read_timeout=3.0), NOW)
    (remark,) = check.remarks
    assert (remark.line, "took longer than 3 seconds" in remark.reason, check.feeds[0].posts) == (3, True, 0)
    assert "simplify" in remark.remedy
