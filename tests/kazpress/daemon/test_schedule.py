"""Schedules mean what cron means, against a reading of cron that shares no code with ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kazpress.daemon.schedule import Every, read_schedule
from kazpress.errors import ConfigError
from pipeline.clock import ALMATY

_NAMES = {
    name: str(number)
    for names, first in (
        ("sun mon tue wed thu fri sat", 0),
        ("jan feb mar apr may jun jul aug sep oct nov dec", 1),
    )
    for number, name in enumerate(names.split(), first)
}
_START = datetime(2026, 3, 1, tzinfo=ALMATY)


def first(schedule: str, now: datetime) -> datetime:
    """The first due time from `now` on, in Almaty's time."""
    due = read_schedule(schedule).after(now.astimezone(UTC) - timedelta(microseconds=1))
    return due.astimezone(ALMATY)


def _numbers(field: str, low: int, high: int) -> set[int]:
    """A cron field by the words of crontab(5)."""
    numbers: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        if span == "*":
            start, end = low, high
        else:
            start = int(_NAMES.get(first.lower(), first))
            end = int(_NAMES.get(last.lower(), last)) if last else start
        numbers |= set(range(start, end + 1, int(step or 1)))
    return numbers


def _by_cron(schedule: str, now: datetime) -> datetime:
    """The first minute from `now` on that cron would choose."""
    minute, hour, day, month, weekday = schedule.split()
    minutes, hours = _numbers(minute, 0, 59), _numbers(hour, 0, 23)
    days, months = _numbers(day, 1, 31), _numbers(month, 1, 12)
    weekdays = {number % 7 for number in _numbers(weekday, 0, 7)}
    at = now.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        by_day, by_weekday = at.day in days, (at.weekday() + 1) % 7 in weekdays
        either = not (day.startswith("*") or weekday.startswith("*"))
        if at.month in months and (by_day or by_weekday if either else by_day and by_weekday):
            for h in sorted(hours):
                for m in sorted(minutes):
                    found = at.replace(hour=h, minute=m)
                    if found >= now:
                        return found
        at += timedelta(days=1)


def _field(low: int, high: int, names: str = "") -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    span = st.tuples(number, number).map(lambda two: f"{min(two)}-{max(two)}")
    steps = st.tuples(span, st.integers(1, 5)).map(lambda two: f"{two[0]}/{two[1]}")
    every = st.integers(1, 7).map(lambda step: f"*/{step}")
    single = number.map(str)
    part = st.one_of(single, span, steps, *([st.sampled_from(names.split())] if names else []))
    return st.one_of(st.just("*"), every, st.lists(part, min_size=1, max_size=3).map(",".join))


@given(
    fields=st.tuples(
        _field(0, 59), _field(0, 23), _field(1, 28),
        _field(1, 12, "jan FEB dec"), _field(0, 7, "sun mon SAT"),
    ),
    minutes=st.integers(0, 500_000),
)  # fmt: skip
@example(fields=("3-3/2", "04-4/1", "*", "feb-feb/3", "sun-Sun/2"), minutes=1)
def test_any_schedule_runs_when_cron_would(fields: tuple[str, ...], minutes: int) -> None:
    schedule, now = " ".join(fields), _START + timedelta(minutes=minutes)
    assert first(schedule, now) == _by_cron(schedule, now)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("0 9 * * 1", "Mon 2026-03-02 09:00"),
        ("0 9 * * 0", "Sun 2026-03-01 09:00"),
        ("0 9 * * 7", "Sun 2026-03-01 09:00"),
        ("0 9 * * mon-fri", "Mon 2026-03-02 09:00"),
        ("0 9 * * 5-7", "Sun 2026-03-01 09:00"),
        ("0 9 13 * 5", "Fri 2026-03-06 09:00"),
        ("0 9 */2 * 2", "Tue 2026-03-03 09:00"),
        ("0 9 2,13 * fri", "Mon 2026-03-02 09:00"),
        ("0 9 30 2 fri", "Fri 2027-02-05 09:00"),
        ("0 9 29 2 *", "Tue 2028-02-29 09:00"),
        ("0 9 * * 1-5/2", "Mon 2026-03-02 09:00"),
        ("0 9 * * 6,7", "Sun 2026-03-01 09:00"),
        ("*/15 * * * *", "Sun 2026-03-01 00:00"),
        ("5,10-12 8 29 feb *", "Tue 2028-02-29 08:05"),
        ("@hourly", "Sun 2026-03-01 00:00"),
        ("@Weekly", "Sun 2026-03-01 00:00"),
        ("@monthly", "Sun 2026-03-01 00:00"),
    ],
)
def test_schedules(schedule: str, expected: str) -> None:
    assert first(schedule, _START).strftime("%a %Y-%m-%d %H:%M") == expected


@pytest.mark.parametrize("now", [_START, datetime(2026, 12, 31, 23, 59, tzinfo=UTC)])
def test_almaty_is_five_hours_ahead(now: datetime) -> None:
    due = first("0 9 * * *", now)
    assert (due.hour, due.utcoffset()) == (9, timedelta(hours=5))
    assert read_schedule("0 9 * * *").after(now).hour == 4  # UTC


@pytest.mark.parametrize(
    ("schedule", "length"),
    [
        ("every 15 minutes", timedelta(minutes=15)),
        ("every second", timedelta(seconds=1)),
        ("Every  2 hours", timedelta(hours=2)),
        ("every 1 day", timedelta(days=1)),
    ],
)
def test_intervals(schedule: str, length: timedelta) -> None:
    assert read_schedule(schedule) == Every(length)
    assert read_schedule(schedule).after(_START) == _START + length


@pytest.mark.parametrize(
    "schedule",
    [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *",
        "* * * * 8", "* * * * 5-1", "*/0 * * * *", "* * * * */0", "soon", "every 0 minutes",
        "every minute or so", "every -1 minutes", "every 99999999999 days",
        "@reboot", "0 0 30 2 *", "0 0 31 4,6 *", "0 0 30,31 feb *", "0 0 31 4 */2",
        "* * last * *", "* * 1st * *", "* * L * *", "* * LW * *", "* * * * 5L", "* * * * mon#2",
        "-1 * * * *", "1- * * * *", "1,,2 * * * *", "*/ * * * *", "*/1/2 * * * *", "*-5 * * * *",
        "٣ * * * *", "* * * * ſun", "100 * * * *", "* * * may-jan *", f"*/{'9' * 5000} * * * *",
    ],
)  # fmt: skip
def test_what_is_no_schedule_is_refused(schedule: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_schedule(schedule)
    said = str(caught.value)
    assert said.startswith(f'schedule "{schedule}": ')
    assert said.endswith('such as "*/15 * * * *", or "every 15 minutes"')


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        ("61 * * * *", "minute"), ("* 5-30 * * *", "hour"), ("* * L * *", "day-of-month"),
        ("0 0 30 2 *", "day-of-month"), ("* * * jann *", "month"), ("* * * * 8", "day-of-week"),
    ],
)  # fmt: skip
def test_the_field_that_is_wrong_is_named(schedule: str, field: str) -> None:
    with pytest.raises(ConfigError, match=f": bad {field}; write five cron fields"):
        read_schedule(schedule)


@given(
    day=_field(28, 31),
    month=_field(1, 12, "feb APR"),
    weekday=_field(0, 7, "sun"),
)
def test_what_is_no_error_comes(day: str, month: str, weekday: str) -> None:
    """A day that never comes is found when the schedule is read, not when it is waited for."""
    try:
        read_schedule(f"0 9 {day} {month} {weekday}")
    except ConfigError:
        days, months = _numbers(day, 1, 31), _numbers(month, 1, 12)
        assert not any(_is_date(d, m) for d in days for m in months)
    else:
        assert first(f"0 9 {day} {month} {weekday}", _START) >= _START


def _is_date(day: int, month: int) -> bool:
    return day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


_BEFORE_THE_CHANGE = datetime(2024, 2, 29, 22, 45, tzinfo=ALMATY)
"""Of the clocks in Almaty, which went back from midnight, +06:00, to 23:00, +05:00."""


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("30 23 * * *", "29T23:30+06:00 01T23:30+05:00"),
        ("0,30 23 * * *", "29T23:00+06:00 29T23:30+06:00 01T23:00+05:00"),
        ("0 22,23 * * *", "29T23:00+06:00 01T22:00+05:00"),
        ("*/30 * * * *",
         "29T23:00+06:00 29T23:30+06:00 29T23:00+05:00 29T23:30+05:00 01T00:00+05:00"),
        ("0 * * * *", "29T23:00+06:00 29T23:00+05:00 01T00:00+05:00"),
        ("@hourly", "29T23:00+06:00 29T23:00+05:00 01T00:00+05:00"),
        ("@daily", "01T00:00+05:00 02T00:00+05:00"),
        ("every 45 minutes", "29T23:30+06:00 29T23:15+05:00 01T00:00+05:00"),
    ],
)  # fmt: skip
def test_the_hour_that_was_repeated(schedule: str, expected: str) -> None:
    due = _due(schedule, _BEFORE_THE_CHANGE, len(expected.split()))
    almaty = [one.astimezone(ALMATY).isoformat(timespec="minutes") for one in due]
    assert [one[len("2024-02-") :] for one in almaty] == expected.split()
    assert all(first < second for first, second in pairwise(due))


def _due(schedule: str, now: datetime, count: int) -> list[datetime]:
    """The due times, each counted from the one before."""
    found = [read_schedule(schedule).after(now)]
    while len(found) < count:
        found.append(read_schedule(schedule).after(found[-1]))
    return found


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("30 23 * * *", "2024-03-01T23:30:00+05:00"),
        ("*/5 * * * *", "2024-02-29T23:10:00+05:00"),
    ],
)
def test_what_was_due_in_the_first_of_two_hours_is_not_due_in_the_second(
    schedule: str, expected: str
) -> None:
    second = datetime(2024, 2, 29, 23, 10, tzinfo=ALMATY, fold=1)
    assert first(schedule, second).isoformat() == expected
