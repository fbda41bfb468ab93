"""A feed whose reading takes too much time or memory costs itself only."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator import config
from generator.check import feed as check_feed
from generator.check.author_feeds import Subject, visit_feeds
from generator.feeds import discover
from generator.models import Author, FeedSource, FetchSettings
from generator.parallel import LimitError, limited_pool
from generator.update.pipeline import UpdateOptions, update
from generator.update.report import UpdateReport
from tests.support.planets import NOW, Blogs, Root, Told, author, item, rss

HERE = FetchSettings(allow_networks=("127.0.0.0/8",))


def slow(**fields: str) -> list[dict[str, str]]:
    """Entries that take many seconds to read: four million characters of small marks."""
    words = "".join(f"<p>Some <b>bold</b> words, <a href='https://x.example/{n}'>a link</a>.</p>" for n in range(250))
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
    report = run(root, read_timeout=1.0)
    assert (report.ok, [failure.feed for failure in report.failures]) == (2, [bad])
    assert "longer than 1 seconds" in report.failures[0].reason
    assert sorted(post.title for post in root.posts()) == ["Post 1", "Post 3"]


def test_an_author_with_only_such_a_feed_fails_alone(blogs: Blogs, tmp_path: Path) -> None:
    root = Root(tmp_path / "planet", {"larry": author(blogs.put("/bad", rss(*slow())))})
    report = run(root, read_timeout=1.0)
    assert (report.ok, len(report.failures), report.kinds.total()) == (0, 1, 0)


def test_what_a_member_writes_costs_nobody_who_shares_the_feed(blogs: Blogs, tmp_path: Path) -> None:
    kims = item(2, author="Kim")
    feed = blogs.put("/feed", rss(*slow(author="Larry"), kims))
    larry = author(feed) + "    authors: [Larry]\n"
    root = Root(tmp_path / "planet", {"larry": larry, "kim": author(feed, name="Kim") + "    authors: [Kim]\n"})
    report = run(root, read_timeout=1.0)
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
