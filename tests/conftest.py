"""Fixtures that many tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.planets import Blogs, Root, author, item, rss


@pytest.fixture
def blogs() -> Iterator[Blogs]:
    """A server without pages."""
    with Blogs() as running:
        yield running


@pytest.fixture
def larry(blogs: Blogs, tmp_path: Path) -> Root:
    """A planet of one author, whose feed at /feed has two posts."""
    feed = blogs.put("/feed", rss(item(1), item(2)))
    return Root(tmp_path / "planet", {"larry": author(feed)})
