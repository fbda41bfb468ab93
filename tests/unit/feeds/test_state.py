"""What may be lost, and what must add up."""

from pathlib import Path

import pytest

from generator.feeds import state
from generator.feeds.state import Cache
from generator.models.feed_state import FeedState


def test_the_cache_reads_back(tmp_path: Path) -> None:
    kept = Cache(commit="abc", feeds={"https://larry.example/feed": FeedState(etag='W/"1"', body="00")})
    state.save(tmp_path, kept)
    assert state.load(tmp_path) == kept
    assert [path.name for path in (tmp_path / ".cache").iterdir()] == ["feeds.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 99}', '{"version": 1, "commit": "", "feeds": {"x": 1}}'])
def test_a_cache_that_cannot_be_read_is_no_cache(tmp_path: Path, text: str) -> None:
    assert state.load(tmp_path) == Cache(feeds={})
    (tmp_path / ".cache").mkdir()
    (tmp_path / state.FILE).write_text(text)
    assert state.load(tmp_path) == Cache(feeds={})
