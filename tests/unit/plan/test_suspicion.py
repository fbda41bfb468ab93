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


def test_a_feed_without_posts_of_its_own_is_compared_where_it_was_read_before() -> None:
    """Its posts may have come by another address; of a feed that is new, nothing is expected."""
    known = [replace(post, feed="https://larry.example/old") for post in posts_of(entry(1), entry(2))]
    assert held(*strange(20, 21), known=known, title="Casino") == "it has become another feed (title, hosts changed)"
    assert held(*strange(20, 21), known=known, title="Casino", before=FeedIdentity()) == ""


@pytest.mark.parametrize(("new", "same", "stops"), [(1, 1, False), (2, 1, True), (3, 2, True), (2, 3, False)])
def test_a_feed_is_looked_at_where_more_than_half_of_its_entries_are_new(new: int, same: int, stops: bool) -> None:
    known = posts_of(*(entry(number) for number in range(1, 6)))
    told = [entry(number, link=f"https://casino.example/{number}") for number in range(1, same + 1)]
    assert (
        bool(held(*told, *strange(*range(20, 20 + new)), known=known, title="C", generator="W", language="x")) is stops
    )


@pytest.mark.parametrize(
    ("before", "channel", "changed"),
    [
        ({"generator": "Hugo 0.1", "title": "l  X"}, {"generator": "HUGO 10.2.3", "title": "L x"}, ""),
        ({"language": "en"}, {"language": "EN-us"}, ""),
        ({}, {"title": "M", "language": "de", "generator": "Jekyll"}, "title, generator, language"),
        ({"title": ""}, {"title": "M", "language": "de", "generator": "Jekyll"}, ""),
        ({"title": "", "hosts": ("else.example",)}, {}, "hosts"),
        ({"hosts": ("else.example", "larry.example")}, {}, ""),
        ({"title": "", "hosts": ()}, {}, ""),
        ({"hosts": ("else.example",)}, {"language": "de", "generator": "Jekyll"}, "generator, language, hosts"),
        ({"hosts": ("else.example",)}, {"language": "de"}, ""),
    ],
)
def test_what_changes_from_day_to_day_is_no_change(
    before: dict[str, object], channel: dict[str, str], changed: str
) -> None:
    known = posts_of(entry(1), entry(2))
    told = [entry(n, guid=f"x{n}", title=f"Win {n}", html=f"<p>Win {n}</p>") for n in (20, 21)]
    said = held(*told, known=known, before=replace(BEFORE, **before), **channel)  # type: ignore[arg-type]
    assert said == (f"it has become another feed ({changed} changed)" if changed else "")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([1, 2, 3, 4, 5, 6], "6 of its 6 entries are new at once, 6 of them older than its newest post here"),
        ([1, 2, 3, 4, 5, 19], ""),
        ([19] * 6, "6 of its 6 entries are new at once, 6 of them of one day"),
        ([19] * 5 + [21], ""),
        ([19] * 6 + [21], "7 of its 7 entries are new at once, 6 of them of one day"),
        ([1, 2, 3, 4, 5] + [19] * 6, "11 of its 11 entries are new at once, 6 of them of one day"),
        ([24] * 6, "6 of its 6 entries are new at once, 6 of them of one day"),
        ([20, 21, 22, 24, 25, 26], ""),
    ],
)
def test_a_flood_has_dates_that_new_posts_cannot_have(days: list[int], said: str) -> None:
    known = posts_of(entry(20))
    new = [
        entry(day, guid=f"n{n}", title=f"New {n}", link=f"https://larry.example/n{n}", html=f"<p>{n}</p>")
        for n, day in enumerate(days)
    ]
    assert held(*new, known=known) == said


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
