"""When each source is crawled: a schedule a source, each crawl a child process of its own.

`python scheduler.py` is the same as `kazpress daemon`.
"""

import re
import sys
from datetime import datetime
from typing import Any

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from kazpress.errors import ConfigError
from pipeline.clock import ALMATY

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EVERY = re.compile(
    r"every\s+(?:(?P<count>\d{1,5})\s+)?(?P<unit>second|minute|hour|day)s?", re.IGNORECASE
)
_SHORT = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


def trigger(schedule: str) -> Any:
    """The APScheduler trigger of a schedule: `every 15 minutes`, or cron as cron means it.

    Weekdays count from Sunday = 0 = 7; where both day fields are restricted, either fits; times
    are Almaty's. Raises ConfigError with the schedule.
    """
    text = schedule.strip()
    if every := _EVERY.fullmatch(text):
        count = int(every["count"] or 1)
        if count == 0:
            raise ConfigError(f'schedule "{schedule}": every 0 {every["unit"]}s is never')
        return IntervalTrigger(**{f"{every['unit'].lower()}s": count}, timezone=ALMATY)
    fields = _SHORT.get(text.lower(), text).split()
    if len(fields) != 5:
        raise ConfigError(
            f'schedule "{schedule}": write five cron fields, such as "*/15 * * * *", '
            'or "every 15 minutes"'
        )
    try:
        return _cron(*fields)
    except ValueError as error:
        raise ConfigError(f'schedule "{schedule}": {error}') from error


def next_run(schedule: str, now: datetime, last: datetime | None = None) -> datetime:
    """When a source is due next, after `now`; for an interval, counted from the last crawl."""
    found = trigger(schedule)
    if isinstance(found, IntervalTrigger):
        due: datetime = now if last is None else last + found.interval
        return max(due, now).astimezone(ALMATY)
    moment: datetime = found.get_next_fire_time(None, now)
    return moment.astimezone(ALMATY)


def _cron(minute: str, hour: str, day: str, month: str, weekday: str) -> Any:
    """The trigger of five fields. APScheduler gets lists of numbers and names alone: its own
    grammar counts weekdays from Monday = 0 and knows words that cron does not.
    """
    days, months = _numbers(day, 1, 31), _numbers(month, 1, 12, _MONTHS)
    weekdays = {number % 7 for number in _numbers(weekday, 0, 7, _DAYS)}
    common = {
        "minute": _list(_numbers(minute, 0, 59)),
        "hour": _list(_numbers(hour, 0, 23)),
        "month": _list(months),
        "timezone": ALMATY,
    }
    names = ",".join(_DAYS[number] for number in sorted(weekdays))
    if not (day.startswith("*") or weekday.startswith("*")):
        by_day = CronTrigger(day=_list(days), **common)
        return OrTrigger([by_day, CronTrigger(day_of_week=names, **common)])
    if all(min(days) > _LONGEST_MONTHS[number - 1] for number in months):
        raise ValueError(f"there is no day {day} in month {month}")
    return CronTrigger(day=_list(days), day_of_week=names, **common)


def _numbers(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> set[int]:
    """What a cron field allows. Raises ValueError with the part that is none."""
    numbers: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, dash, last = span.partition("-")
        if span == "*":
            start, end = low, high
        else:
            start = _number(first, low, high, names)
            end = _number(last, low, high, names) if dash else high if step else start
        if start > end:
            raise ValueError(f"{part} runs backwards")
        if part.endswith("/") or (step and not re.fullmatch(r"0*[1-9]\d*", step, re.ASCII)):
            raise ValueError(f"{part} has no step above 0")
        numbers |= set(range(start, end + 1, int(step or 1)))
    return numbers


def _number(text: str, low: int, high: int, names: tuple[str, ...]) -> int:
    if text.lower() in names:
        return names.index(text.lower()) + low
    if re.fullmatch(r"\d{1,2}", text, re.ASCII) and low <= int(text) <= high:
        return int(text)
    known = f", or {names[0]} to {names[-1]}" if names else ""
    raise ValueError(f'"{text}" is none of {low} to {high}{known}')


def _list(numbers: set[int]) -> str:
    return ",".join(str(number) for number in sorted(numbers))


if __name__ == "__main__":
    from kazpress.cli import main

    sys.exit(main(["daemon", *sys.argv[1:]]))
