"""Dates as strangers write them."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.dates import format_date, format_time
from hypothesis import given
from hypothesis import strategies as st

from generator.models import written_dates
from generator.models.written_dates import names

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
        *[datetime(year, 1, 3) for year in (1970, 2199)],  # noqa: DTZ001  hypothesis wants them so
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


@pytest.mark.parametrize(
    "text",
    [
        "Nov. 2020",
        "2003",
        "2025-03",
        "March 5",
        "03/04/2020",
        "03-04-2020",
        "03/04/2020 à 10h15",
        "03/04/25",
        "25-03-05",
        "5-7 March 2025",
        "Week 5, March 2025",
        "2013-01-27-01",
        "Sun, 16 Dec 2012 1:2:3:4 GMT",
        "Mon, 30 Nov -0001 00:00:00 +0000",
        "false",
        "1 March 2025 and 2 March 2025",
        "5 March 2025 " * 100,
    ],
)
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


MORNING = datetime(2025, 3, 5, 10, 15, tzinfo=UTC)
AFTERNOON = MORNING.replace(hour=15)


@pytest.mark.parametrize(
    "text",
    [
        "1741169700",
        "1741169700.0",
        "1741169700000",
        "1741169700000000",
        "20250305T101500Z",
        "20250305T1015Z",
        "20250305101500",
        "2025-03-05T101500Z",
        "20250305T111500+0100",
        "2025-03-05T11:15:00+01:00[Europe/Paris]",
        "2025-03-05 10:15:00 +0000 UTC",
        "2025-03-05T10:15:00,123Z",
        "2025-03-05 10.15.00",
        "2025-Mar-05 10:15",
        "2025/3/5 10:15",
        "05.03.2025, 10:15 Uhr",
        "ke 5.3.2025 klo 10.15",
        "05 Mar 25 10:15 GMT",
        "5 Mar 125 10:15 GMT",
        "10:15 AM, March 5, 2025",
        "Wednesday the 5th of March 2025, 10.15am",
        "mercredi 5 mars 2025 à 10h15",
        "5 mars 2025 à 10 h 15 min 00 s",
        "quarta-feira, 5 de março de 2025 às 10h15min",
        "5 de marzo de 2025 a las 10:15 a. m.",
        "5 de març del 2025, 10:15",
        "5. maaliskuuta 2025 klo 10.15",
        "2025. március 5., szerda 10:15",
        "2025 m. kovo 5 d. 10:15",
        "2025. gada 5. martā 10:15",
        "2025(e)ko martxoaren 5(a), asteazkena (10:15:00)",
        "5 марта 2025 г. в 10:15",
        "5 Mart 2025 Çarşamba 10:15",
        "thứ tư, 5 tháng 3, 2025 10:15",
        "5 במרץ 2025, 10:15",
        "٥ مارس ٢٠٢٥، ١٠:١٥",
        "5 มีนาคม 2568 10:15 น.",
        "2025年03月05日(水) 10時15分",
        "２０２５年３月５日　１０：１５",
        "2025년 3월 5일 오전 10:15",
        "Ср, 05 Мар 2025 13:15:00 +0300",
        "ΤΕΤ, 05 ΜΑΡ 2025 10:15:00 +0000",
        "03/05/2025 - 10:15 Wednesday",
        "mercredi 05/03/2025 10:15",
        "5&nbsp;March 2025 10:15 &#43;0000",
        "<![CDATA[Wed, 05 Mar 2025 10:15:00 GMT]]>",
        '<time datetime="2025-03-05T11:15:00+01:00" class="datetime">Wed, 03/05/2025 - 11:15</time>',
        '<span property="dc:date" content="2025-03-05T10:15:00Z">last week</span>',
        "<time>5 March 2025 10:15</time>",
    ],
)
def test_a_moment_in_still_other_shapes(text: str) -> None:
    assert written_dates.read(text) == MORNING


@pytest.mark.parametrize(
    "text",
    [
        "2025年3月5日 下午3:15",
        "2025年3月5日星期三下午3:15",
        "2025/3/5 下午 03:15:00",
        "2025年3月5日 午後3時15分",
        "2025년 3월 5일 수요일 오후 3:15",
        "2025년 3월 5일 오후 3시 15분",
        "5 Μαρτίου 2025, 3:15 μ.μ.",
        "5 مارس 2025 3:15 م",
        "5 de marzo de 2025, 3:15 de la tarde",
        "5 Mac 2025, 3:15 PTG",
        "March 5th, 2025 at 3:15 p.m.",
    ],
)
def test_halves_of_the_day_in_many_languages(text: str) -> None:
    assert written_dates.read(text) == AFTERNOON


def test_an_hour_alone_and_a_late_one() -> None:
    assert written_dates.read("5 March 2025 3pm") == AFTERNOON.replace(minute=0)
    assert written_dates.read("5 mars 2025 à 15 h") == AFTERNOON.replace(minute=0)
    assert written_dates.read("2025年3月5日 晚上8:00") == datetime(2025, 3, 5, 20, tzinfo=UTC)
    assert written_dates.read("2025年3月5日 凌晨3:15") == datetime(2025, 3, 5, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("+5:30", 4.75),
        ("+0530", 4.75),
        ("UTC+2", 8.25),
        ("UTC +2", 8.25),
        ("GMT-3", 13.25),
        ("GMT+0100 (Central European Standard Time)", 9.25),
        ("(GMT+1)", 9.25),
        ("−0500", 15.25),
        ("SGT", 2.25),
        ("HKT", 2.25),
        ("JST", 1.25),
        ("CET", 9.25),
        ("MEZ", 9.25),
        ("EEST", 7.25),
        ("MSK", 7.25),
        ("NZDT", -2.75),
        ("NZST", -1.75),
        ("AEDT", -0.75),
        ("IST", 4.75),
        ("CST", 16.25),
        ("EST (-0500)", 15.25),
        ("Eastern Standard Time", 15.25),
        ("America/Argentina/Buenos_Aires", 13.25),
        ("Z", 10.25),
        ("XYZ", 10.25),
    ],
)
def test_zones(zone: str, hour: float) -> None:
    expected = datetime(2025, 3, 5, tzinfo=UTC) + timedelta(hours=hour)
    assert written_dates.read(f"Wed, 05 Mar 2025 10:15:00 {zone}") == expected


def test_words_around_the_time_are_no_zones() -> None:
    warsaw = ZoneInfo("Europe/Warsaw")
    for text in ("5. März 2025, 11:15 Uhr", "5 maart 2025 om 11.15 uur", "5 kwietnia 2025, godz. 11:15"):
        when = written_dates.read(text, warsaw)
        assert isinstance(when, datetime)
        assert when.astimezone(warsaw).hour == 11


def test_beginnings_of_months_by_the_language_of_the_weekday() -> None:
    assert written_dates.read("Ke, 30 Lok 2013 11:34:37 +0000") == datetime(2013, 10, 30, 11, 34, 37, tzinfo=UTC)
    assert written_dates.read("To, 14 Mar 2013") == date(2013, 11, 14)
    assert written_dates.read("Thu, 14 Mar 2013") == date(2013, 3, 14)
    assert written_dates.read("ma, 11 Mar 2013") == date(2013, 3, 11)
    assert written_dates.read("sri, 30 lis 2013") == date(2013, 10, 30)
    assert written_dates.read("pon, 4 lis 2024") == date(2024, 11, 4)
    assert written_dates.read("mar. 4 nov. 2025") == date(2025, 11, 4)


def test_years_of_two_digits_are_those_of_rfc_822() -> None:
    assert written_dates.read("Wed, 05 Mar 49") == date(2049, 3, 5)
    assert written_dates.read("05 Mar 99") == date(1999, 3, 5)
    assert written_dates.read("05 Mar 55") is None


def test_a_leap_second_is_the_next_minute() -> None:
    assert written_dates.read("2016-12-31T23:59:60Z") == datetime(2017, 1, 1, tzinfo=UTC)


NOTHING = [
    "",
    "0",
    "false",
    "null",
    "0000-00-00 00:00:00",
    "0001-01-01T00:00:00Z",
    "Mon, 01 Jan 0001 00:00:00 +0000",
    "Mon, 30 Nov -0001 00:00:00 +0000",
    "1970-01-01",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Thu, 01 Jan 1970 01:00:00 +0100",
    "Wed, 31 Dec 1969 19:00:00 EST",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_programs_write_for_no_date_says_nothing(text: str) -> None:
    assert written_dates.read(text) is None
    assert written_dates.says_nothing(text)


@pytest.mark.parametrize("text", ["03/04/2020", "2025-13-45", "10 January 1960", "1" * 5000])
def test_what_cannot_be_read_says_something(text: str) -> None:
    assert written_dates.read(text) is None
    assert not written_dates.says_nothing(text)


LANGUAGES = (
    *names.LANGUAGES,
    *"af be bn bs eu fil ga gl hi hy ka kk km lo mk ml mr ms my ne pa sq sw ta ur uz".split(),
)


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(["full", "long"]),
    st.datetimes(*[datetime(year, 1, 2) for year in (1971, 2099)]),  # noqa: DTZ001
)
def test_dates_as_the_cldr_writes_them_read_back(language: str, width: Literal["full", "long"], when: datetime) -> None:
    when = when.replace(microsecond=0, tzinfo=UTC)
    locale = Locale.parse(language)
    day = format_date(when, width, locale=locale)
    assert written_dates.read(day) == when.date()
    assert written_dates.read(f"{day} {format_time(when, 'medium', locale=locale)}") == when


@given(st.sampled_from(names.LANGUAGES), st.datetimes(*[datetime(year, 1, 2) for year in (2000, 2049)]))  # noqa: DTZ001
def test_short_dates_as_the_cldr_writes_them_are_read_right_or_not_at_all(language: str, when: datetime) -> None:
    day = format_date(when, "medium", locale=Locale.parse(language))
    assert written_dates.read(day) in (when.date(), None)
