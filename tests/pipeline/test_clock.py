"""Time: stamps that sort, Almaty as it is, and dates of other tools."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.clock import ALMATY, almaty_day, almaty_minute, end_of, moment, seconds_stamp, stamp

MOMENTS = st.datetimes(
    min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29),  # noqa: DTZ001 (as it asks)
    timezones=st.sampled_from([UTC, ALMATY, timezone(timedelta(hours=-11))]),
)  # fmt: skip


@given(MOMENTS, MOMENTS)
def test_stamps_sort_as_the_moments_do(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one.astimezone(UTC) < other.astimezone(UTC))


@given(MOMENTS)
def test_a_stamp_is_read_back_to_the_microsecond(time: datetime) -> None:
    assert moment(stamp(time)) == time.astimezone(UTC)
    assert moment(seconds_stamp(time)) == time.astimezone(UTC).replace(microsecond=0)


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [("2026-03-04T12:00:00Z", 0), ("2026-03-04T12:00:00.5Z", 500_000),
     ("2026-03-04T12:00:00.123456789Z", 123_456), ("2026-03-04T17:00:00+05:00", 0),
     ("2026-03-04T12:00:00", 0)],
)  # fmt: skip
def test_dates_of_other_tools_are_utc(text: str, microsecond: int) -> None:
    assert moment(text) == datetime(2026, 3, 4, 12, 0, 0, microsecond, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "20260304120000", "2026-02-30T00:00:00Z"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment(text)


def test_almaty_went_back_by_an_hour_on_the_first_of_march_2024() -> None:
    before, after = (datetime(2024, month, 20, tzinfo=ALMATY).utcoffset() for month in (2, 3))
    assert (before, after) == (timedelta(hours=6), timedelta(hours=5))
    assert datetime(2026, 7, 1, tzinfo=ALMATY).utcoffset() == timedelta(hours=5)


def test_a_day_in_almaty_begins_at_its_own_midnight() -> None:
    midnight = datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
    assert almaty_day(midnight) == date(2026, 3, 4)
    assert almaty_day(midnight - timedelta(microseconds=1)) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026-03-04", "2026-03-04T18:59:59.999999Z"),
        ("2024-02-29", "2024-02-29T18:59:59.999999Z"),
        ("2024-02-28", "2024-02-28T17:59:59.999999Z"),
        ("2024-02-29 23:30", "2024-02-29T18:30:59.999999Z"),
        ("2026-03-04t18:00", "2026-03-04T13:00:59.999999Z"),
        (" 2026-03-04T18:00:30\n", "2026-03-04T13:00:30.999999Z"),
        ("2026-03-04T18:00:30.25Z", "2026-03-04T18:00:30.250000Z"),
        ("2026-03-04T18:00-03:00", "2026-03-04T21:00:59.999999Z"),
    ],
)
def test_the_end_of_a_day_or_minute_is_its_last_moment_in_almaty(text: str, end: str) -> None:
    assert stamp(end_of(text)) == end


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-3-4", "2026-02-30", "9999-12-31", "2026-03-04T24:30"]
)
def test_what_is_no_time_has_no_end(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        end_of(text)


_SEEN = st.datetimes(
    min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1),  # noqa: DTZ001 (as it asks)
    timezones=st.just(UTC),
)  # fmt: skip


@given(_SEEN)
@example(datetime(2024, 2, 29, 17, 30, 30, tzinfo=UTC))
@example(datetime(2024, 2, 29, 18, 30, 30, tzinfo=UTC))
def test_a_moment_lies_before_the_end_of_the_minute_that_is_shown_of_it(time: datetime) -> None:
    assert time <= end_of(almaty_minute(time))
