"""The planet in figures, and by the week."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import site
from generator.site.context import gather
from generator.site.pages.digest import weeks
from generator.site.pages.statistics import MONTHS, statistics
from tests.support.sample_site import every_kind, make_planet, make_post

UTC = ZoneInfo("UTC")


def views(*posts, zone="UTC"):
    """The posts as pages show them, newest first."""
    return gather(make_planet(timezone=zone), posts, site.render_body, site.Extras()).standing


def at(*moment, number=1, **more):
    """A post of that moment, in UTC."""
    when = dt.datetime(*moment, tzinfo=dt.UTC)
    return make_post(number, **{"date": when, "first_seen": when + dt.timedelta(minutes=9), **more})


def counts(bars):
    return {bar.key: bar.count for bar in bars if bar.count}


def test_months_are_counted_without_a_gap_and_years_have_their_authors():
    found = statistics(views(at(2018, 11, 5), at(2019, 2, 1, number=2), at(2019, 2, 3, number=3, nick="ada")), UTC)
    assert [(bar.key, bar.count) for bar in found.months] == [
        (dt.date(2018, 11, 1), 1),
        (dt.date(2018, 12, 1), 0),
        (dt.date(2019, 1, 1), 0),
        (dt.date(2019, 2, 1), 2),
    ]
    assert [(year.number, year.posts, year.authors) for year in found.years] == [(2019, 2, 2), (2018, 1, 1)]
    assert found.years[0].months == (0, 2, *[None] * 10)
    assert found.years[1].months == (*[None] * 10, 1, 0)
    assert counts(found.writers) == {2018: 1, 2019: 2}
    assert (found.posts, found.authors, found.first) == (3, 2, dt.date(2018, 11, 5))


def test_a_post_that_claims_to_be_very_old_does_not_stretch_the_chart():
    found = statistics(views(at(1, 1, 1), at(2019, 2, 1, number=2)), ZoneInfo("America/New_York"))
    assert len(found.months) == MONTHS
    assert found.months[-1].count == 1
    assert [year.number for year in found.years] == [2019, 1]


def test_days_and_hours_are_those_of_the_planet_and_a_day_without_a_time_has_no_hour():
    late = at(2019, 10, 13, 23, 30)  # a Sunday in UTC
    plain = make_post(2, date=dt.date(2019, 10, 2))
    found = statistics(views(late, plain, zone="Asia/Tokyo"), ZoneInfo("Asia/Tokyo"))
    assert counts(found.hours) == {8: 1}
    assert {day.weekday(): count for day, count in counts(found.weekdays).items()} == {0: 1, 2: 1}
    assert found.timed == 1
    assert (len(found.hours), len(found.weekdays)) == (24, 7)


def test_languages_are_counted_by_what_is_spoken_and_the_most_used_comes_first():
    tags = ("de", "en-GB", "en", "", "")
    found = statistics(views(*(at(2019, 1, 1, number=n, lang=tag) for n, tag in enumerate(tags, 1))), UTC)
    assert [(bar.key, bar.count, bar.share) for bar in found.languages] == [
        ("", 2, 100),
        ("en", 2, 100),
        ("de", 1, 50),
    ]


def test_the_newest_member_is_whose_first_post_the_planet_saw_last():
    old_posts_new_here = at(2005, 1, 1, nick="newcomer", first_seen=dt.datetime(2019, 9, 1, tzinfo=dt.UTC))
    resident = [at(2019, 1, 1, number=2), at(2019, 10, 1, number=3)]
    by_hand = at(2019, 10, 2, number=4, nick="hand", first_seen=None)
    found = statistics(views(old_posts_new_here, *resident, by_hand), UTC)
    assert [author.nick for author, _ in found.newest] == ["newcomer", "mgorny"]
    assert found.newest[1][1].source == resident[0]


def test_a_post_without_a_date_counts_but_not_where_time_does():
    found = when = dt.datetime(2019, 10, 13, 12, tzinfo=dt.UTC)
    figures = statistics(views(at(2018, 1, 1), make_post(2, date=when, first_seen=found, nick="ada")), UTC)
    assert (figures.posts, figures.authors, figures.undated, figures.timed) == (2, 2, 1, 1)
    assert [year.number for year in figures.years] == [2018]
    assert sum(bar.count for bar in figures.languages) == 2
    clamped = make_post(3, date=when, first_seen=found, date_from="clamped")
    assert statistics(views(at(2018, 1, 1), clamped), UTC).undated == 0
    nothing = statistics(views(make_post(2, date=when, first_seen=found)), UTC)
    assert (nothing.months, nothing.first, nothing.posts) == ((), None, 1)


def test_an_empty_planet_has_figures_too():
    found = statistics([], UTC)
    assert (found.posts, found.first, found.months, found.years) == (0, None, (), ())


MOMENTS = st.integers(0, 2**31).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(MOMENTS, st.sampled_from(["amy", "bob"])), max_size=20))
def test_every_post_is_counted_once_in_each_chart_and_in_one_week(told):
    posts = views(*(make_post(n, date=when, nick=nick) for n, (when, nick) in enumerate(told, 1)))
    found = statistics(posts, UTC)
    for bars in (found.weekdays, found.hours, found.languages):
        assert sum(bar.count for bar in bars) == len(posts)
        assert all(0 <= bar.share <= 100 for bar in bars)
    assert sum(year.posts for year in found.years) == len(posts)
    found = weeks(posts)
    assert [post for week in found for post in week.posts] == posts
    assert len({week.path for week in found}) == len(found)
    assert all(week.first <= post.day <= week.last for week in found for post in week.posts)


@pytest.mark.parametrize(
    ("day", "path", "first"),
    [
        ((2018, 12, 31), "digest/2019/2019-W01.html", (2018, 12, 31)),
        ((2017, 1, 1), "digest/2016/2016-W52.html", (2016, 12, 26)),
        ((2020, 12, 31), "digest/2020/2020-W53.html", (2020, 12, 28)),
        ((1, 1, 1), "digest/0001/0001-W01.html", (1, 1, 1)),
        ((9999, 12, 31), "digest/9999/9999-W52.html", (9999, 12, 27)),
    ],
)
def test_a_week_is_counted_in_the_year_of_its_thursday(day, path, first):
    (week,) = weeks(views(make_post(date=dt.date(*day))))
    assert (week.path, week.first) == (path, dt.date(*first))
    assert week.last >= week.first


def test_a_week_tells_its_posts_by_author_and_when_the_newest_was_seen():
    late = replace(at(2019, 10, 15, number=2), first_seen=dt.datetime(2019, 11, 1, tzinfo=dt.UTC))
    posts = views(at(2019, 10, 14), late, at(2019, 10, 16, nick="amina", number=3))
    (week,) = weeks(posts)
    assert [(run.author.nick, len(run.posts)) for run in week.authors] == [("mgorny", 2), ("amina", 1)]
    assert week.authors[0].posts[0].published < week.authors[0].posts[1].published
    assert week.seen == late.first_seen


def test_posts_of_every_kind_have_their_week():
    shown = views(*(post for post in every_kind() if not post.withdrawn))
    assert sum(len(week.posts) for week in weeks(shown)) == len(shown)
