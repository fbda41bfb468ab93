"""Dates as strangers write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import written_dates

NOON = datetime(2019, 10, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 13 Oct 2019 12:00:00 GMT",
        "Sun, 13 Oct 2019 12:00:00 +0000",
        "Sun, 13 Oct 2019 14:00:00 +0200",
        "13 Oct 2019 08:00:00 EDT",
        "13 October 2019 12:00 UT",
        "Sunday, 13-Oct-19 12:00:00 GMT",
        "Oct 13, 2019, 12:00 PM",
        "October 13th, 2019 at 12:00 pm",
        "Sun Oct 13 12:00:00 UTC 2019",
        "Sun Oct 13 12:00:00 2019",
        "2019-10-13T12:00:00Z",
        "2019-10-13T12:00:00.123Z",
        "2019-10-13t14:00:00+02:00",
        "2019-10-13 14:00:00 +0200",
        "2019-10-13 12:00",
        "2019-10-13T14:00:00+02",
        "2019/10/13 12:00:00",
        "  Sun,  13 Oct 2019\n 12:00:00  GMT (UTC) ",
        "Sun, 13 Oct 2019 12:00:00 Z",
    ],
)
def test_a_moment_in_many_shapes(text: str) -> None:
    assert written_dates.read(text) == NOON


@pytest.mark.parametrize("text", ["2019-10-13", "13 Oct 2019", "Sun, 13 Oct 2019", "20191013", "October 13, 2019"])
def test_a_day_stays_a_day(text: str) -> None:
    assert written_dates.read(text) == date(2019, 10, 13)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "null",
        "soon",
        "2019-13-01",
        "2019-02-30",
        "0001-01-01T00:00:00Z",
        "30 Nov -0001 00:00:00 +0000",
        "Mon, 99 Oct 2019 10:00:00 GMT",
        "13 Oct 19999",
        "2019-10-13T25:00:00Z",
        "2019-10-13T10:99:00Z",
    ],
)
def test_what_is_no_date_is_nothing(text: str) -> None:
    assert written_dates.read(text) is None


def test_twenty_four_hours_is_the_next_day() -> None:
    assert written_dates.read("2019-10-13T24:00:00Z") == datetime(2019, 10, 14, tzinfo=UTC)


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_nothing(text: str) -> None:
    found = written_dates.read(text)
    assert found is None or written_dates.EARLIEST - 1 <= found.year <= written_dates.LATEST + 1


@given(
    st.datetimes(
        *[datetime(year, 1, 2) for year in (1970, 2199)],  # noqa: DTZ001  hypothesis wants them so
        timezones=st.timezones(),
    )
)
def test_iso_text_reads_back(moment: datetime) -> None:
    text = moment.replace(microsecond=0).isoformat()
    if len(text) == len("2019-10-13T12:00:00+00:00"):  # zones of long ago had seconds
        assert written_dates.read(text) == datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    [
        "dim., 13 oct. 2019 12:00:00 +0000",
        "So, 13 Okt 2019 14:00:00 +0200",
        "вс, 13 окт. 2019 15:00:00 +0300",
        "Niedziela, 13. października 2019 - 12:00",
        "2019年10月13日 12:00",
        "Sunday, October 13, 2019 - 12:00pm",
        "Oct. 13, 2019, 12:00 p.m.",
        "Sun, 13 Oct 2019 12:00:00 &#43;0000",
        "Sun, 13 Oct 2019 05:00:00 America/Los_Angeles",
        "Sun, 13 Oct 2019 05:00:00 GMT-07:00",
        "Sun, 10/13/2019 - 12:00",
        "Sun,13 Oct 2019 12:00:00 -0000",
        "1570968000",
    ],
)
def test_a_moment_in_other_words(text: str) -> None:
    assert written_dates.read(text) == NOON


@pytest.mark.parametrize("text", ["Nov. 2020", "2003", "03/04/2020", "Mon, 30 Nov -0001 00:00:00 +0000", "false"])
def test_what_can_be_read_in_two_ways_is_nothing(text: str) -> None:
    assert written_dates.read(text) is None


def test_a_weekday_decides_between_day_and_month() -> None:
    assert written_dates.read("Fri, 03/04/2020") == date(2020, 4, 3)
    assert written_dates.read("Wed, 03/04/2020") == date(2020, 3, 4)
    assert written_dates.read("Mon, 03/04/2020") is None


def test_a_time_without_a_zone_is_one_of_its_author() -> None:
    assert written_dates.read("2019-10-13 14:00", ZoneInfo("Europe/Warsaw")) == NOON
    assert written_dates.read("2019-10-13 14:00Z", ZoneInfo("Europe/Warsaw")) == NOON.replace(hour=14)
    assert written_dates.read("13 Oct 2019 12:00 Not/AZone") == NOON
