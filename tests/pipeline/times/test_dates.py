"""Times as printed and as markup gives them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.clock import ALMATY
from pipeline.times.dates import (
    Published,
    UnreadableDate,
    has_impossible_date,
    machine_date,
    parse_machine_date,
    parse_printed_date,
    reconcile,
)
from tests.pipeline.times.texts_with_dates import ANY_TEXT

MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "en": "January February March April May June July August September October November December",
}
FORMS = (
    ("ru", "{d} {m} {y} г. {h}:{mi:02}"),
    ("ru", "{d:02} {m} {y} года, {h:02}:{mi:02}"),
    ("ru", "{h:02}:{mi:02}, {d} {m} {y}"),
    ("kk", "{d} {m} {y} ж. {h}:{mi:02}"),
    ("kk", "{y} ж. {d} {m}, {h}:{mi:02}"),
    ("kk", "{y} жылғы {d} {m} сағат {h:02}:{mi:02}"),
    ("en", "{m} {d}, {y} at {h}:{mi:02}"),
    ("en", "{d} {m} {y}, {h:02}:{mi:02}"),
    ("en", "{d:02}.{n:02}.{y} {h:02}:{mi:02}"),
)
# Not in the hour that Almaty had twice.
minutes = st.builds(
    lambda day, minute: datetime.combine(day, time(minute // 60, minute % 60), tzinfo=ALMATY),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(0, 24 * 60 - 1),
)


@given(minutes, st.sampled_from(FORMS))
@example(datetime(2026, 3, 4, 7, 31, tzinfo=ALMATY), FORMS[0])
@example(datetime(2024, 2, 29, 23, 30, tzinfo=ALMATY), FORMS[4])  # an hour that came twice
@example(datetime(2020, 5, 8, 0, 5, tzinfo=ALMATY), FORMS[2])
def test_a_printed_time_comes_back(when: datetime, form: tuple[str, str]) -> None:
    language, pattern = form
    month = MONTHS[language].split()[when.month - 1]
    text = pattern.format(
        d=when.day, m=month, n=when.month, y=when.year, h=when.hour, mi=when.minute
    )
    found = parse_printed_date(text)
    assert found.precision == "minute"
    assert found.value == when
    assert found.day == when.date()


@given(ANY_TEXT)
@example("31.02.2026")
@example("4 auguſt 2026")  # matches `august` without regard to case, and is no month
@example("٤ марта 2026")
def test_printed_raises_nothing_but_its_own_error(text: str) -> None:
    _read_or_refused(parse_printed_date, text)


@given(ANY_TEXT | st.datetimes().map(str) | st.integers().map(str))
@example("0001-01-01T00:00:00+05:00")  # has no time in Almaty
@example("9999-12-31T23:59:59-12:00")
@example("99999999999999")
@example("2026-W10-3")
@example("Mon, 99 Foo 2026 07:31:00 +0500")
def test_machine_raises_nothing_but_its_own_error(text: str) -> None:
    _read_or_refused(parse_machine_date, text)


def _read_or_refused(parse: Callable[[str], Published], text: str) -> None:
    refused = None
    try:
        found = parse(text)
    except UnreadableDate as error:
        refused = str(error)
    else:
        assert 1899 <= found.day.year <= 2100
        assert found.text.startswith(found.day.isoformat())
    assert refused in (None, text)


SHOWN = parse_printed_date("4 марта 2026 г. 7:31")
EPOCH = int(datetime(2026, 3, 4, 2, 31, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T07:31:00+05:00",
        "2026-03-04T02:31:00Z",
        "2026-03-04T02:31:00.1234567Z",
        "2026-03-04T07:31:00Z",  # Almaty's figures with a wrong zone
        "2026-03-04T07:31:00+06:00",  # the offset of before March 2024
        "2026-03-04 07:31:00",
        "2026-03-04T7:31",
        "2026-03-04 07:31:00 +0500",
        "04.03.2026 07:31",
        "Wed, 04 Mar 2026 02:31:00 GMT",
        str(EPOCH),
        str(EPOCH * 1000),
        str(EPOCH + 5 * 3600),  # seconds counted as if Almaty were at UTC
    ],
)
def test_the_printed_time_settles_the_zone_of_the_machine_readable_one(text: str) -> None:
    assert parse_machine_date(text, beside=SHOWN).text == "2026-03-04T07:31:00+05:00"


def test_without_a_printed_time_a_zone_is_believed_and_a_naive_time_is_almatys() -> None:
    assert parse_machine_date("2026-03-04T07:31:00Z").text == "2026-03-04T12:31:00+05:00"
    assert parse_machine_date("2026-03-04T07:31:00").text == "2026-03-04T07:31:00+05:00"
    assert parse_machine_date("2024-02-29T07:31:00").text == "2024-02-29T07:31:00+06:00"
    assert parse_machine_date("2026-03-04").text == "2026-03-04"
    assert parse_machine_date("2026-03-04t07:31:00z").text == "2026-03-04T12:31:00+05:00"
    zoned = parse_machine_date("2026-03-04T07:31:00+05:00[Asia/Almaty]")
    assert zoned.text == "2026-03-04T07:31:00+05:00"


def test_a_missing_or_unreadable_machine_date_is_none() -> None:
    assert machine_date("2026-03-04T07:31:00Z", beside=SHOWN) == SHOWN
    assert machine_date(None) is machine_date("") is machine_date(" ") is None
    assert machine_date("yesterday", beside=SHOWN) is None


def test_where_both_differ_the_printed_time_stands() -> None:
    assert reconcile(parse_machine_date("2026-03-09T07:31:00Z"), SHOWN) == SHOWN
    day = parse_printed_date("4 марта 2026 г.")
    assert reconcile(SHOWN, day) == SHOWN
    assert reconcile(day, None) == day


@given(st.integers(0, 40), st.integers(0, 20), st.integers(1900, 2099))
@example(31, 2, 2026)
@example(12, 13, 2022)
def test_figures_are_their_own_day_or_none(day: int, month: int, year: int) -> None:
    texts = (f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}", f"{day}/{month}/{year}")
    try:
        meant = date(year, month, day).isoformat()
    except ValueError:
        assert all(map(has_impossible_date, texts))
        assert all(machine_date(text) is None for text in texts)
    else:
        assert not any(map(has_impossible_date, texts))
        assert all(parse_machine_date(text).text == meant for text in texts)


@pytest.mark.parametrize(
    "text", ["192.168.0.99", "версия 1.2.3", "8-12.30", "+7 7172 74-72-75", "4.5"]
)
def test_other_figures_are_no_impossible_dates(text: str) -> None:
    assert not has_impossible_date(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-04T12:28:00+05:00", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04T12:28:00.123+0600", "2026-03-04T11:28:00+05:00"),
        ("2026-03-04T07:28:00Z", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04T21:28Z", "2026-03-05T02:28:00+05:00"),
        ("2026-03-04T12:28:00", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04T12:28", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04 12:28:00 +05:00", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04 12:28 - 1345", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04 12:28 -1345", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04 12:28 Zoom", "2026-03-04T12:28:00+05:00"),
        ("2026-03-04T", "2026-03-04"),
        ("04.03.26 12:28", "2026-03-04T12:28:00+05:00"),
        ("4.03.26", "2026-03-04"),
        ("Опубликовано 04.03.26", "2026-03-04"),
        ("ср, 04.03.26", "2026-03-04"),
        ("Айгүл Омарова | 04.03.26", "2026-03-04"),
        ("Posted on 04.03.26, 12:28", "2026-03-04T12:28:00+05:00"),
        ("2026 жылдың 15 қаңтары", "2026-01-15"),
        ("2026 жылғы 15 қаңтарында, 9:05", "2026-01-15T09:05:00+05:00"),
        ("2022 жылдың 1 қыркүйегі", "2022-09-01"),
        ("среда, 4 марта 2026, 12:28", "2026-03-04T12:28:00+05:00"),
        ("4 марта 2026 (среда), 12:28", "2026-03-04T12:28:00+05:00"),
        ("2026 жылғы 4 наурыз, сәрсенбі, 12:28", "2026-03-04T12:28:00+05:00"),
        ("4 March 2026, Wednesday, 12:28", "2026-03-04T12:28:00+05:00"),
        ("12:28, ср., 04.03.2026", "2026-03-04T12:28:00+05:00"),
        ("04-03-2026 12:28", "2026-03-04T12:28:00+05:00"),
        ("2026/03/04 12:28", "2026-03-04T12:28:00+05:00"),
        ("2026.03.04", "2026-03-04"),
        ("4-наурыз 2026, 12:28", "2026-03-04T12:28:00+05:00"),
        ("4-Mar-2026", "2026-03-04"),
        ("Wednesday, 4th of March 2026", "2026-03-04"),
        ("3/4/2026 2:28 AM", "2026-03-04T02:28:00+05:00"),  # as Americans write, with their clock
        ("3/14/2026, 12:28:00 PM", "2026-03-14T12:28:00+05:00"),
        ("14/3/2026 2:28 PM", "2026-03-14T14:28:00+05:00"),
        ("3/4/2026 12:28", "2026-04-03T12:28:00+05:00"),
    ],
)
def test_a_printed_date_in_other_forms(text: str, meant: str) -> None:
    assert parse_printed_date(text).text == meant


@pytest.mark.parametrize(
    "text",
    ["192.168.10.25", "версия 1.2.26", "тел. 74.72.27", "31.02.26", "12/03/26/4", "12.03.261",
     "31-02-2026", "2026/02/31", "2026.13.04", "тел. 8-04-03-2026", "04-03-2026-12", "/2026/03/04/",
     "ГОСТ 12.01.04", "Протокол 12.03.26", "ул. Абая, 10.12.14", "IP 10.10.10",
     f"Протокол № 12.03.26 {'и другие бумаги ' * 6}"],
)  # fmt: skip
def test_other_figures_are_no_dates(text: str) -> None:
    with pytest.raises(UnreadableDate):
        parse_printed_date(text)
