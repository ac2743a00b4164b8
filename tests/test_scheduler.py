"""Schedules mean what cron means, against a reading of cron that shares no code with ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazpress.errors import ConfigError
from pipeline.clock import ALMATY
from scheduler import next_run, trigger

_NAMES = {
    name: str(number)
    for names, first in (
        ("sun mon tue wed thu fri sat", 0),
        ("jan feb mar apr may jun jul aug sep oct nov dec", 1),
    )
    for number, name in enumerate(names.split(), first)
}
_START = datetime(2026, 3, 1, tzinfo=ALMATY)


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
def test_any_schedule_runs_when_cron_would(fields: tuple[str, ...], minutes: int) -> None:
    schedule, now = " ".join(fields), _START + timedelta(minutes=minutes)
    assert next_run(schedule, now) == _by_cron(schedule, now)


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
        ("*/15 * * * *", "Sun 2026-03-01 00:00"),
        ("5,10-12 8 29 feb *", "Tue 2028-02-29 08:05"),
        ("@hourly", "Sun 2026-03-01 00:00"),
        ("@Weekly", "Sun 2026-03-01 00:00"),
        ("@monthly", "Sun 2026-03-01 00:00"),
    ],
)
def test_schedules(schedule: str, expected: str) -> None:
    assert next_run(schedule, _START).strftime("%a %Y-%m-%d %H:%M") == expected


@pytest.mark.parametrize("now", [_START, datetime(2026, 12, 31, 23, 59, tzinfo=UTC)])
def test_almaty_is_five_hours_ahead(now: datetime) -> None:
    for schedule in ("0 9 * * *", "every 15 minutes"):
        assert next_run(schedule, now).utcoffset() == timedelta(hours=5)


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
    found: Any = trigger(schedule)
    assert found.interval == length
    assert next_run(schedule, _START) == _START
    assert next_run(schedule, _START, last=_START) == _START + length
    assert next_run(schedule, _START, last=_START - 2 * length) == _START


@pytest.mark.parametrize(
    "schedule",
    [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *",
        "* * * * 8", "* * * * 5-1", "*/0 * * * *", "* * * * */0", "soon", "every 0 minutes",
        "every minute or so", "every -1 minutes", "every 99999999999 days",
        "@reboot", "0 0 30 2 *", "0 0 31 4,6 *",
        "* * last * *", "* * 1st * *",
    ],
)  # fmt: skip
def test_what_is_no_schedule_is_refused(schedule: str) -> None:
    with pytest.raises(ConfigError, match="schedule"):
        trigger(schedule)
