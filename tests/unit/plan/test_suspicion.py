"""A feed that has become another one, or floods."""

from dataclasses import replace

import pytest

from generator.models import Entry, FeedIdentity, Post
from generator.plan import Plan, Terms, facts, plan
from tests.support.entries import LARRY, NOW, SOURCE, entry, feed, posts_of

BEFORE = FeedIdentity(title="L", generator="Hugo 0.1", language="en", hosts=("larry.example",))


def held(*told: Entry, known: list[Post], before: FeedIdentity = BEFORE, **channel: str) -> str:
    channel = {"generator": "Hugo 0.2", "language": "en-GB"} | channel
    told_feed = replace(feed(*told), **channel)  # type: ignore[arg-type]
    found = plan(LARRY, [(SOURCE, told_feed)], known, NOW, Terms(before={SOURCE.url: before}))
    assert not found.stops or found.held == len(told)
    return found.stops[0].reason if found.stops else ""


def strange(*numbers: int) -> list[Entry]:
    link = "https://casino.example/{}"
    return [entry(n, guid=f"x{n}", link=link.format(n), title=f"Win {n}", html=f"<p>Win {n}</p>") for n in numbers]


def test_a_feed_that_became_another_one() -> None:
    known = posts_of(entry(1), entry(2))
    assert held(*strange(20, 21), known=known, title="Casino") == "it has become another feed (title, hosts changed)"
    assert held(*strange(20, 21), known=known, before=FeedIdentity()) == "it has become another feed (hosts changed)"
    assert held(*strange(20, 21), known=known) == ""  # the blog has moved and begun anew
    assert held(*strange(20, 21), known=known, title="Casino", generator="W", language="xx").count(",") == 3
    assert held(*strange(20, 21), known=[]) == ""  # a new member


def test_one_known_entry_speaks_for_a_feed_unless_everything_else_changed() -> None:
    known, told = posts_of(entry(1), entry(2)), [entry(1), *strange(20, 21)]
    assert held(*told, known=known, title="Casino", generator="W", language="xx") == ""
    far = [replace(told[0], link="https://casino.example/1"), *told[1:]]
    assert "title, generator, language, hosts" in held(*far, known=known, title="Casino", generator="W", language="xx")


@pytest.mark.parametrize(("new", "stops"), [(5, False), (6, True)])
def test_more_than_five_old_ones_and_more_than_half(new: int, *, stops: bool) -> None:
    known = posts_of(*(entry(number) for number in range(20, 23)))
    past = [
        entry(n, guid=f"old{n}", title=f"Old {n}", link=f"https://larry.example/o{n}", html="") for n in range(1, 9)
    ]
    assert bool(held(entry(20), *past[:new], known=known)) is stops
    known = posts_of(*(entry(number) for number in range(10, 23)))
    assert held(*(entry(number) for number in range(10, 20)), *past, known=known) == ""


def test_recognised_posts_are_not_new_whatever_their_guids() -> None:
    known = posts_of(*(entry(number) for number in range(10, 20)))
    moved = [entry(number, guid=f"moved{number}") for number in range(10, 20)]
    past = [
        entry(n, guid=f"old{n}", title=f"Old {n}", link=f"https://larry.example/o{n}", html="") for n in range(1, 9)
    ]
    assert held(*moved, *past, known=known) == ""
    assert held(*moved[:6], *past, known=known)


def test_a_feed_s_stop_is_not_its_author_s() -> None:
    other = replace(SOURCE, url="https://larry.example/other")
    known = posts_of(entry(1), entry(2))
    feeds = [(SOURCE, feed(*strange(20, 21))), (other, feed(entry(3)))]
    found = plan(LARRY, feeds, known, NOW, Terms(before={SOURCE.url: replace(BEFORE, title="M")}))
    assert [stop.feed for stop in found.stops] == [SOURCE.url]
    assert [change.post.title for change in found.changes] == ["Post 3"]


def test_the_same_entries_say_nothing_new() -> None:
    told = feed(entry(1), entry(2))
    said = {SOURCE.url: facts(told)}
    assert plan(LARRY, [(SOURCE, replace(told, title="M"))], [], NOW, Terms(before=said)) == Plan()
    assert len(plan(LARRY, [(SOURCE, feed(entry(1), entry(3)))], [], NOW, Terms(before=said)).changes) == 2
    assert len(plan(LARRY, [(SOURCE, told)], [], NOW).changes) == 2
