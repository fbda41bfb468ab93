"""Values of a run, without a planet on a disk."""

from pathlib import Path
from unittest.mock import Mock

from generator.git import Repository
from generator.models import Author, FeedSource, FeedState, Planet, Response
from generator.update.context import RunContext, UpdateOptions
from generator.update.subscriptions import choose
from tests.support.entries import NOW
from tests.support.planets import Told

RESPONSE = Response(
    url="https://larry.example/feed",
    final_url="https://larry.example/feed",
    status=200,
    headers={"etag": "new"},
    body=b"<rss/>",
    wire_bytes=6,
)


def context(*urls: str, **options: bool) -> RunContext:
    """A run on one author's feeds at these addresses."""
    feeds = tuple(FeedSource(url=url, editions=()) for url in urls)
    larry = Author(nick="larry", name="Larry", feeds=feeds)
    planet = Planet(title="Planet", url="https://planet.example/", timezone="UTC", editions=(), authors=(larry,))
    return RunContext(
        root=Path(),
        planet=planet,
        options=UpdateOptions(**options),
        repository=Mock(spec=Repository),
        now=NOW,
        feeds=choose(planet, "", released=False),
        states={url: FeedState() for url in urls},
        last_commit="",
        watch=Told(),
    )
