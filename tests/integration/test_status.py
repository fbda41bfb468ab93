"""How each feed is, as `gitplanet status` tells it: a line a feed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from generator.cli import main
from generator.feeds import state
from generator.models import Doubt
from generator.models.feed_state import FeedState, PollState
from tests.support.planets import NOW, Blogs, Root, author, item, rss

DAY = timedelta(days=1)
FEED = "https://larry.example/feed"


def status(root: Root, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The lines of the command."""
    capsys.readouterr()
    assert main(["status", *words, "--root", str(root.path)]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_feed_that_said_gone_on_three_days(
    larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """On two it is failing and asked again; on three it is asked no more, until a person touches the author file."""
    feed, good = f"{blogs.url}/feed", blogs.pages["/feed"][1]
    larry.update()
    blogs.put("/feed", "", status=410)
    reason = "The feed is gone for good (410); put the new address into the author file, or take this one out."
    for day in (1, 2):
        larry.update(force=False, now=NOW + day * DAY)
    posts = f"larry  {feed}  2 posts, newest 2026-11-02  "
    (line,) = status(larry, capsys)
    assert line.startswith(
        f"{posts}failing since 2026-11-24 12:00 UTC: {reason[:-1]}, last read 2026-11-23 12:00 UTC; "
    )
    assert "; asked next from 2026-11-2" in line
    larry.update(force=False, now=NOW + 3.5 * DAY)
    assert status(larry, capsys) == [f"{posts}gone, not asked any more: {reason}"]
    assert status(larry, capsys, "larry")[:2] == [f"{posts}gone, not asked any more: {reason}", feed]
    larry.update(force=False, now=NOW + 30 * DAY)
    assert len(blogs.log) == 4, "it is asked no more"
    blogs.put("/feed", good)
    larry.update(now=NOW + 31 * DAY)
    assert status(larry, capsys)[0].startswith(f"{posts}ok, read 2026-12-24 12:00 UTC")


READ = FeedState(read=NOW)
DOUBT = Doubt(path="posts/larry/2026/2026-11-01-a.md", digest="2:a", since=NOW)
STATES = {
    "": None,
    "not read yet, or not since the cache was lost": FeedState(),
    "ok, read 2026-11-23 12:00 UTC": READ,
    "ok, read 2026-11-23 12:00 UTC; asked next from 2026-11-24 12:00 UTC on": replace(
        READ, standing=PollState(due=NOW + DAY)
    ),
    "ok, read 2026-11-23 12:00 UTC; has moved to https://new.example/: write that into authors/larry.yaml": replace(
        READ, standing=PollState(moved_to="https://new.example/", moved_since=NOW)
    ),
    "failing: It is not there": FeedState(outcome="It is not there."),
    "failing since 2026-11-23 12:00 UTC: It is not there, last read 2026-11-23 12:00 UTC": replace(
        READ, outcome="It is not there.", standing=PollState(failures=1, failing_since=NOW, gone_dates=("a", "b"))
    ),
    "held: 9 posts; see it, then run `gitplanet release larry`": replace(READ, outcome="held: 9 posts"),
    "gone, not asked any more: It is gone.": FeedState(
        outcome="It is gone.", standing=PollState(due=NOW, failing_since=NOW, gone_dates=("a", "b", "c"))
    ),
}


@pytest.mark.parametrize(("said", "feed"), STATES.items())
def test_the_state_of_a_feed(
    said: str, feed: FeedState | None, larry: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    (larry.path / "authors/larry.yaml").write_text(author(FEED))
    state.save(larry.path, state.Cache(feeds={FEED: feed} if feed else {}))
    said = said or "not read yet, or not since the cache was lost"
    assert status(larry, capsys) == [f"larry  {FEED}  no posts  {said}"]


@pytest.mark.parametrize(
    ("doubts", "said"), [(1, "1 text has lost most of its words"), (2, "some texts have lost most of their words")]
)
def test_words_that_a_feed_took_away_are_to_be_confirmed(
    doubts: int, said: str, larry: Root, capsys: pytest.CaptureFixture[str]
) -> None:
    (larry.path / "authors/larry.yaml").write_text(author(FEED))
    later = [replace(DOUBT, since=NOW + number * DAY) for number in range(doubts)]
    state.save(larry.path, state.Cache(feeds={FEED: replace(READ, doubts=tuple(later))}))
    (line,) = status(larry, capsys)
    assert line.endswith(f"; {said}, which is to be confirmed after {later[-1].until:%Y-%m-%d %H:%M} UTC")


def test_who_is_paused_and_whose_file_is_wrong(larry: Root, blogs: Blogs, capsys: pytest.CaptureFixture[str]) -> None:
    """Their feeds are not read, whatever is remembered of them; nor does one author's line need another's file."""
    blogs.put("/feed", rss(item(1)))
    larry.update()
    (larry.path / "authors/kim.yaml").write_text(author(FEED, name="Kim", more="status: paused\n"))
    (larry.path / "authors/lee.yaml").write_text("name: Lee\nfeeds: soon\n")
    state.save(larry.path, state.Cache(feeds={FEED: READ}))
    lines = status(larry, capsys)
    assert f"kim  {FEED}  no posts  paused" in lines
    assert any("lee.yaml" in line for line in lines)
    assert any(line.startswith(f"larry  {blogs.url}/feed  1 post, newest 2026-11-01  ") for line in lines)
