"""What feedparser mixes up is kept apart."""

from datetime import UTC, datetime

import pytest

from generator.models import When
from tests.support.documents import atom, read_entry, rss

FIRST, SECOND = (datetime(2026, 11, day, 10, tzinfo=UTC) for day in (2, 5))
PUBLISHED = "<pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>"
UPDATED = "<atom:updated>2026-11-05T10:00:00Z</atom:updated>"
DATED = "<dc:date>2026-11-02T10:00:00Z</dc:date>"


@pytest.mark.parametrize(
    ("item", "published", "updated"),
    [
        (PUBLISHED + UPDATED, FIRST, SECOND),
        (PUBLISHED + UPDATED + DATED, FIRST, SECOND),
        (DATED + UPDATED, FIRST, SECOND),
        (UPDATED + DATED, FIRST, SECOND),
        (UPDATED, SECOND, None),
        (DATED, FIRST, None),
    ],
)
def test_an_item_is_updated_when_atom_says_so(item: str, published: When, updated: When | None) -> None:
    entry = read_entry(rss(item))
    assert (entry.published, entry.updated) == (published, updated)


def test_what_lacks_its_end_holds_no_other() -> None:
    """The parser that bears everything goes on where a strict one stops."""
    files = "".join(f'<media:group><media:content url="/{number}.mp4">' for number in range(3000))
    entry = read_entry(atom(f"{files}<summary>x</summary>"))
    assert len(entry.enclosures) == 20


def test_a_picture_of_another_feed_is_none_of_the_entry() -> None:
    picture = '<media:content url="/a.png" medium="image"/>'
    assert read_entry(atom(f"<source>{picture}</source><author><name>A</name>{picture}</author>")).enclosures == ()
