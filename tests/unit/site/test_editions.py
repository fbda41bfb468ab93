"""What an edition shows, and in which order."""

import datetime as dt
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import Edition, EditionFilter
from generator.models.dates import day_in, moment_in
from generator.site import editions
from tests.support.sample_site import make_post

UTC = ZoneInfo("UTC")
ZONES = st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Marquesas"]).map(
    ZoneInfo
)
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2019, 1, 6))
MOMENTS = st.builds(dt.datetime.combine, DAYS, st.times(), tzinfo=st.just(dt.UTC))


@given(st.lists(DAYS | MOMENTS, max_size=12), ZONES, st.randoms())
def test_days_are_whole_whatever_the_zone_and_the_precision(dates, zone, random):
    posts = [make_post(1, date=date, path=f"posts/x/{number}.md") for number, date in enumerate(dates)]
    ordered = editions.newest_first(posts, zone)
    shuffled = random.sample(posts, len(posts))

    assert editions.newest_first(shuffled, zone) == ordered
    days = [day for day, _ in groupby(ordered, key=lambda post: day_in(post.date, zone))]
    assert days == sorted(set(days), reverse=True)


@given(st.dates() | st.datetimes(timezones=st.just(dt.UTC)), ZONES)
def test_every_date_of_the_calendar_has_a_day_and_a_moment(date, zone):
    day = date.date() if isinstance(date, dt.datetime) else date
    assert abs((day_in(date, zone) - day).days) <= 1
    assert abs((moment_in(date, zone).date() - day).days) <= 1


def test_a_plain_date_is_its_own_day_in_every_zone():
    assert day_in(dt.date(2019, 10, 13), ZoneInfo("America/New_York")) == dt.date(2019, 10, 13)
    assert day_in(dt.datetime(2019, 10, 13, 2, tzinfo=dt.UTC), ZoneInfo("America/New_York")) == dt.date(2019, 10, 12)


@pytest.mark.parametrize(
    ("post", "shown"),
    [
        (make_post(), True),
        (make_post(editions=("planet",)), True),
        (make_post(editions=("universe",)), False),
        (make_post(lang="en-GB"), True),
        (make_post(lang="EN_us"), True),
        (make_post(lang="de"), False),
        (make_post(lang="enm"), False),
        (make_post(lang=""), True),
        (make_post(withdrawn=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), False),
    ],
)
def test_an_edition_shows_what_belongs_to_it(post, shown):
    edition = Edition(key="planet", title="Planet", path="", filter=EditionFilter(languages=("en",)))
    assert editions.select(edition, [post]) == ([post] if shown else [])


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("date", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar_are_days_too(zone, date):
    there = ZoneInfo(zone)
    for time in (dt.time.min, dt.time.max):
        moment = dt.datetime.combine(date, time, dt.UTC)
        assert abs((day_in(moment, there) - date).days) <= 1
    assert abs((moment_in(date, there).date() - date).days) <= 1
